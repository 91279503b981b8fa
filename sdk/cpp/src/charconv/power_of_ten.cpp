#include "power_of_ten.h"

namespace std::__charconv
{

// 5^k = 5^(STEP * i) * 5^j. The first factor stands in a table, rounded down to 192 bits; the
// second one is less than 2^64. The first 128 bits of their product are those of 5^k for every k
// of the range: the error is less than 2^-189 of it, and nowhere do 60 ones follow behind the 128
// bits (checked for all of them with exact arithmetic).
enum {
    STEP = 26,
    INDEX_LEAST = -14,
    INDEX_LARGEST = 13,
    LIMBS = 34,       // of 32 bits, lowest first: 2^1087 / 5^364 still has more than 192 bits
    HALF = 1220703125 // 5^13
};

struct limbs {
    uint64_t word[3]; // highest first
};

struct big {
    uint32_t limb[LIMBS] = {};

    constexpr void multiply(uint64_t factor)
    {
        uint64_t carry = 0;
        for (uint32_t &l : limb) {
            carry += l * factor;
            l = uint32_t(carry);
            carry >>= 32;
        }
    }
    constexpr void divide(uint64_t divisor)
    {
        uint64_t rest = 0;
        for (int i = LIMBS - 1; i >= 0; i--) {
            rest = rest << 32 | limb[i];
            limb[i] = uint32_t(rest / divisor);
            rest %= divisor;
        }
    }
    // 64 bits whose highest one is bit `top`; there are none below bit 0.
    constexpr uint64_t bits(int top) const
    {
        uint64_t r = 0;
        for (int i = top; i > top - 64; i--)
            r = r << 1 | (i < 0 ? 0 : limb[i / 32] >> i % 32 & 1);
        return r;
    }
    constexpr limbs first() const
    {
        int top = LIMBS * 32 - 1;
        while (!(limb[top / 32] >> top % 32 & 1))
            top--;
        return {{bits(top), bits(top - 64), bits(top - 128)}};
    }
};

struct table {
    limbs entry[INDEX_LARGEST - INDEX_LEAST + 1];
    uint64_t small[STEP];
};

consteval table make_table()
{
    table t = {};
    big up, down; // 5^(STEP * i), and 2^n divided by it
    up.limb[0] = 1;
    down.limb[LIMBS - 1] = 1u << 31;
    for (int i = 0; i <= -INDEX_LEAST; i++) {
        if (i <= INDEX_LARGEST)
            t.entry[i - INDEX_LEAST] = up.first();
        if (i > 0)
            t.entry[-i - INDEX_LEAST] = down.first();
        up.multiply(HALF);
        up.multiply(HALF);
        down.divide(HALF);
        down.divide(HALF);
    }
    t.small[0] = 1;
    for (int j = 1; j < STEP; j++)
        t.small[j] = t.small[j - 1] * 5;
    return t;
}

static constexpr table powers = make_table();

power power_of_ten(int k)
{
    int i = (k - INDEX_LEAST * STEP) / STEP;
    const uint64_t *w = powers.entry[i].word;
    uint64_t factor = powers.small[k - (i + INDEX_LEAST) * STEP];
    u128 low = (u128)w[2] * factor;
    u128 middle = (u128)w[1] * factor + uint64_t(low >> 64);
    u128 high = (u128)w[0] * factor + uint64_t(middle >> 64);
    u128 top = high;
    uint64_t below = uint64_t(middle);
    int shift = __builtin_clzll(high >> 64 ? uint64_t(high >> 64) : uint64_t(high));
    if (!(high >> 64)) {
        top = high << 64 | below;
        below = uint64_t(low);
    }
    if (shift > 0)
        top = top << shift | below >> (64 - shift);
    bool exact = k >= 0 && k <= 55; // 5^55 < 2^128
    if (!exact)
        top++;
    return {uint64_t(top >> 64), uint64_t(top), floor_log2_of_power(k) - 127, exact};
}

} // namespace std::__charconv
