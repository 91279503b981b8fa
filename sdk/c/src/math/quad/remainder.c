/* Remainders of binary128, exact, by long division of the mantissas. */
#include "builtins/quad.h"
#include <math.h>

/* mantissa * 2^exponent, both as in struct quad, with any number of leading zeros. */
static long double assemble(u128 sign, u128 mantissa, int exponent)
{
    if (mantissa == 0)
        return quad_from_bits(sign);
    int shift = quad_leading_zeros(mantissa) - (127 - QUAD_FRACTION_BITS);
    mantissa = shift < 0 ? mantissa >> -shift : mantissa << shift; /* no bit is lost */
    return __quad_pack(sign, mantissa << QUAD_EXTRA, exponent - shift);
}

/* a becomes the rest of a / b, which has b's exponent; the last bits of the quotient. */
static unsigned divide(struct quad *a, const struct quad *b)
{
    unsigned quotient = 0;
    for (;; a->exponent--) {
        int fits = a->mantissa >= b->mantissa;
        quotient = quotient << 1 | (unsigned)fits;
        if (fits)
            a->mantissa -= b->mantissa;
        if (a->exponent == b->exponent)
            return quotient;
        a->mantissa <<= 1;
    }
}

static int has_no_remainder(long double x, long double y)
{
    return isinf(x) || isnan(x) || isnan(y) || y == 0;
}

long double fmodl(long double x, long double y)
{
    if (has_no_remainder(x, y))
        return (x * y) / (x * y);
    if (fabsl(x) < fabsl(y))
        return x;
    struct quad a = quad_unpack(quad_bits(x) & ~QUAD_SIGN);
    struct quad b = quad_unpack(quad_bits(y) & ~QUAD_SIGN);
    divide(&a, &b);
    return assemble(quad_bits(x) & QUAD_SIGN, a.mantissa, a.exponent);
}

long double remquol(long double x, long double y, int *out_quotient)
{
    u128 sign = quad_bits(x) & QUAD_SIGN;
    unsigned quotient = 0;
    *out_quotient = 0;
    if (has_no_remainder(x, y))
        return (x * y) / (x * y);
    if (x == 0 || isinf(y))
        return x;
    struct quad a = quad_unpack(quad_bits(x) & ~QUAD_SIGN);
    struct quad b = quad_unpack(quad_bits(y) & ~QUAD_SIGN);
    if (a.exponent < b.exponent - 1) /* less than half of y */
        return x;
    if (a.exponent >= b.exponent)
        quotient = divide(&a, &b);
    else
        b.mantissa <<= 1; /* the same exponent for both */
    if (2 * a.mantissa > b.mantissa || (2 * a.mantissa == b.mantissa && (quotient & 1))) {
        a.mantissa = b.mantissa - a.mantissa;
        sign ^= QUAD_SIGN;
        quotient++;
    }
    quotient &= 7;
    *out_quotient = signbit(x) != signbit(y) ? -(int)quotient : (int)quotient;
    if (a.mantissa == 0)
        return copysignl(0, x);
    return assemble(sign, a.mantissa, a.exponent);
}

long double remainderl(long double x, long double y)
{
    int quotient;
    return remquol(x, y, &quotient);
}
