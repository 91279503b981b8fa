/* long double is IEEE 754's binary128, in software. */
#pragma once

#include <stdint.h>

typedef unsigned __int128 u128;

enum {
    QUAD_FRACTION_BITS = 112,
    QUAD_EXPONENT_MAX = 0x7fff, /* infinities and NaNs */
    QUAD_BIAS = 16383,
    QUAD_EXTRA = 3 /* bits below the fraction while computing; the last one is sticky */
};

#define QUAD_IMPLICIT ((u128)1 << QUAD_FRACTION_BITS)
#define QUAD_INFINITY ((u128)QUAD_EXPONENT_MAX << QUAD_FRACTION_BITS)
#define QUAD_NAN      (QUAD_INFINITY | QUAD_IMPLICIT >> 1)
#define QUAD_SIGN     ((u128)1 << 127)

static inline u128 quad_bits(long double q)
{
    u128 bits;
    __builtin_memcpy(&bits, &q, 16);
    return bits;
}

static inline long double quad_from_bits(u128 bits)
{
    long double q;
    __builtin_memcpy(&q, &bits, 16);
    return q;
}

/* A number that is finite and not zero: mantissa with the implicit bit, exponent as stored for
 * normal numbers. */
struct quad {
    u128 mantissa;
    int exponent;
};

static inline int quad_leading_zeros(u128 n)
{
    uint64_t high = (uint64_t)(n >> 64);
    return high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)n);
}

static inline struct quad quad_unpack(u128 magnitude)
{
    struct quad q = {magnitude & (QUAD_IMPLICIT - 1), (int)(magnitude >> QUAD_FRACTION_BITS)};
    if (q.exponent) {
        q.mantissa |= QUAD_IMPLICIT;
        return q;
    }
    int shift = quad_leading_zeros(q.mantissa) - (127 - QUAD_FRACTION_BITS);
    q.mantissa <<= shift;
    q.exponent = 1 - shift;
    return q;
}

/* n >> bits, with the last bit set if one was lost. */
static inline u128 quad_shift_sticky(u128 n, int bits)
{
    if (bits <= 0)
        return n;
    if (bits > 127)
        return n != 0;
    return n >> bits | ((n & (((u128)1 << bits) - 1)) != 0);
}

/* Rounds mantissa, which has QUAD_EXTRA bits more than usual and its leading bit in place or one
 * higher. */
long double __quad_pack(u128 sign, u128 mantissa, int exponent);
