/* Rounding binary128 to integers. */
#include "builtins/quad.h"
#include <math.h>

long double truncl(long double x)
{
    u128 bits = quad_bits(x);
    int exponent = (int)(bits >> QUAD_FRACTION_BITS & QUAD_EXPONENT_MAX) - QUAD_BIAS;
    if (exponent >= QUAD_FRACTION_BITS) /* infinities and NaNs too */
        return x;
    if (exponent < 0)
        return quad_from_bits(bits & QUAD_SIGN);
    return quad_from_bits(bits & ~((QUAD_IMPLICIT - 1) >> exponent));
}

long double floorl(long double x)
{
    long double t = truncl(x);
    return t > x ? t - 1 : t;
}

long double ceill(long double x)
{
    long double t = truncl(x);
    return t < x ? t + 1 : t;
}

long double roundl(long double x)
{
    long double t = truncl(x);
    return fabsl(x - t) >= 0.5L ? t + copysignl(1, x) : t;
}

/* To nearest, ties to even: what addition does when the last bit of the sum is worth 1. */
long double rintl(long double x)
{
    long double big = copysignl(0x1p112L, x);
    if (!(fabsl(x) < 0x1p112L))
        return x;
    return copysignl(x + big - big, x);
}

long double nearbyintl(long double x)
{
    return rintl(x);
}

long lroundl(long double x)
{
    return (long)roundl(x);
}

long long llroundl(long double x)
{
    return (long long)roundl(x);
}

long lrintl(long double x)
{
    return (long)rintl(x);
}

long long llrintl(long double x)
{
    return (long long)rintl(x);
}
