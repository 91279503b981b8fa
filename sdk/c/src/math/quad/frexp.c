/* Mantissas and exponents of binary128. */
#include "builtins/quad.h"
#include <limits.h>
#include <math.h>

long double frexpl(long double x, int *out_exponent)
{
    u128 bits = quad_bits(x), magnitude = bits & ~QUAD_SIGN;
    *out_exponent = 0;
    if (magnitude == 0 || magnitude >= QUAD_INFINITY)
        return x;
    struct quad q = quad_unpack(magnitude);
    *out_exponent = q.exponent - (QUAD_BIAS - 1);
    u128 half = (u128)(QUAD_BIAS - 1) << QUAD_FRACTION_BITS;
    return quad_from_bits((bits & QUAD_SIGN) | half | (q.mantissa & (QUAD_IMPLICIT - 1)));
}

long double scalbnl(long double x, int exponent)
{
    enum { FURTHEST = 40000 }; /* from the least number beyond the greatest */
    u128 bits = quad_bits(x), magnitude = bits & ~QUAD_SIGN;
    if (magnitude == 0 || magnitude >= QUAD_INFINITY)
        return x;
    if (exponent > FURTHEST || exponent < -FURTHEST)
        exponent = exponent < 0 ? -FURTHEST : FURTHEST;
    struct quad q = quad_unpack(magnitude);
    return __quad_pack(bits & QUAD_SIGN, q.mantissa << QUAD_EXTRA, q.exponent + exponent);
}

long double scalblnl(long double x, long exponent)
{
    return scalbnl(x, (int)exponent);
}

long double ldexpl(long double x, int exponent)
{
    return scalbnl(x, exponent);
}

int ilogbl(long double x)
{
    int exponent;
    if (x == 0)
        return FP_ILOGB0;
    if (isnan(x))
        return FP_ILOGBNAN;
    if (isinf(x))
        return INT_MAX;
    frexpl(x, &exponent);
    return exponent - 1;
}

long double logbl(long double x)
{
    if (x == 0)
        return -1 / fabsl(x);
    return isfinite(x) ? ilogbl(x) : x * x;
}

long double modfl(long double x, long double *out_integer)
{
    *out_integer = truncl(x);
    return copysignl(isinf(x) ? 0 : x - *out_integer, x);
}
