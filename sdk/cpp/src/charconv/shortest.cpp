// The algorithm is Raffaello Giulietti's ("The Schubfach way to render doubles", 2020): of the
// multiples of the largest power of ten that is not longer than the rounding interval, two are next
// to the number, and of the ten times coarser ones too; one of these four is the result. The three
// products that this takes are "rounded to odd", which keeps every comparison exact.
#include "shortest.h"
#include "c_library.h"

namespace std::__charconv
{

using u128 = unsigned __int128;

// The integer part of n * g / 2^128; the lowest bit also says whether there is a fraction.
static uint64_t round_to_odd(const power_of_ten &g, uint64_t n)
{
    u128 low = (u128)g.low * n;
    u128 high = (u128)g.high * n + uint64_t(low >> 64);
    return uint64_t(high >> 64) | (uint64_t(high) > 1); // g may be a unit too large
}

static decimal_number search(uint64_t mantissa, int exponent, bool narrow)
{
    bool open = mantissa & 1; // numbers exactly between two round to the even one
    // floor(log10(2^exponent)), or of three quarters of it
    int k = (exponent * 1262611 - (narrow ? 524031 : 0)) >> 22;
    power_of_ten g = __power_of_ten(-k);
    int shift = exponent + floor_log2_of_power(-k) + 1;
    // four times the ends of the interval and its middle, in units of 10^k
    uint64_t from = round_to_odd(g, (4 * mantissa - 2 + narrow) << shift) + open;
    uint64_t middle = round_to_odd(g, 4 * mantissa << shift);
    uint64_t to = round_to_odd(g, (4 * mantissa + 2) << shift) - open;
    uint64_t s = middle / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool down = from <= 40 * tens, up = 40 * tens + 40 <= to;
        if (down != up)
            return {tens + up, k + 1};
    }
    bool down = from <= 4 * s, up = 4 * s + 4 <= to;
    if (down == up)
        up = middle > 4 * s + 2 || (middle == 4 * s + 2 && (s & 1));
    return {s + up, k};
}

decimal_number shortest(uint64_t mantissa, int exponent, bool narrow)
{
    decimal_number d;
    if (exponent <= 0 && exponent > -53 && !(mantissa & ((1ull << -exponent) - 1)))
        d = {mantissa >> -exponent, 0}; // an integer, whose digits are all needed
    else
        d = search(mantissa, exponent, narrow);
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    return d;
}

} // namespace std::__charconv
