// The idea is Michael Eisel's and Daniel Lemire's ("Number parsing at a gigabyte per second",
// 2021): the first 19 digits times a power of ten in 128 bits. Here both ends of what the product
// can be are rounded: where they agree, that is the result.
#include "quick_scan.h"
#include "power_of_ten.h"

namespace std::__charconv
{

enum { DIGITS_MAX = 19, EXPONENT_MAX = 100000 };

namespace
{

// digits * 10^exponent, or up to one unit of `digits` more if not all of them were taken.
struct decimal_text {
    uint64_t digits = 0;
    int exponent = 0;
    bool cut = false;
};

decimal_text read(const char *p, const char *last)
{
    decimal_text t;
    int count = 0;
    bool point = false;
    for (; p != last && (*p | 32) != 'e'; p++) {
        if (*p == '.') {
            point = true;
        } else if (count < DIGITS_MAX) {
            t.digits = t.digits * 10 + unsigned(*p - '0');
            count += t.digits != 0;
            t.exponent -= point;
        } else {
            t.cut |= *p != '0';
            t.exponent += !point;
        }
    }
    if (p == last)
        return t;
    bool negative = *++p == '-';
    p += *p == '-' || *p == '+';
    int e = 0;
    for (; p != last; p++)
        if (e < EXPONENT_MAX)
            e = e * 10 + (*p - '0');
    t.exponent += negative ? -e : e;
    return t;
}

// 192 bits, a number of digits times a power.
struct product {
    u128 high;
    uint64_t low;
};
product multiply(const power &g, uint64_t n)
{
    u128 low = (u128)g.low * n;
    return {(u128)g.high * n + uint64_t(low >> 64), uint64_t(low)};
}
void subtract(product &p, uint64_t n)
{
    p.high -= p.low < n;
    p.low -= n;
}

// Rounds to `bits` bits, halves to even; a mantissa of 2^bits stands for the next power of two.
struct rounded {
    uint64_t mantissa;
    int shift;
    bool operator==(const rounded &) const = default;
};
rounded round(const product &p, int bits)
{
    int top = 127 - __builtin_clzll(uint64_t(p.high >> 64)); // the highest bit
    int drop = top + 1 - bits;
    u128 unit = (u128)1 << drop, half = unit >> 1, rest = p.high & (unit - 1);
    uint64_t m = uint64_t(p.high >> drop);
    bool up = rest > half || (rest == half && (p.low > 0 || (m & 1)));
    return {m + up, drop};
}

} // namespace

bool quick_scan(const char *first, const char *last, int bits, int least_exponent,
                int largest_exponent, binary_float &v)
{
    if (bits > 53)
        return false;
    decimal_text t = read(first, last);
    if (t.digits == 0)
        return true; // zero
    if (t.exponent < POWER_LEAST || t.exponent > POWER_LARGEST)
        return false;
    power g = power_of_ten(t.exponent);
    int lead = __builtin_clzll(t.digits);
    uint64_t n = t.digits << lead, step = 1ull << lead;
    if (t.cut && n > ~step)
        return false;
    product least = multiply(g, n), most = least;
    if (t.cut)
        most = multiply(g, n + step);
    if (!g.exact)
        subtract(least, n);
    rounded r = round(least, bits);
    if (r != round(most, bits))
        return false;
    int exponent = r.shift + 64 + g.exponent - lead;
    if (exponent < least_exponent || exponent + bits + int(r.mantissa >> bits) > largest_exponent)
        return false;
    v.low = r.mantissa;
    v.exponent = exponent;
    if (r.mantissa >> bits) {
        v.low >>= 1;
        v.exponent++;
    }
    return true;
}

} // namespace std::__charconv
