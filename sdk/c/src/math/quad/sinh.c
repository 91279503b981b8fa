#include "math/quad/kernels.h"

long double sinhl(long double x)
{
    long double a = fabsl(x);
    if (a < 0x1p-60L || !isfinite(x))
        return x;
    if (a > 80) { /* halves: the result may be finite where the power is not */
        long double half = expl(a / 2);
        return copysignl(half / 2 * half, x);
    }
    long double t = expm1l(a);
    return copysignl((t + t / (t + 1)) / 2, x);
}

long double coshl(long double x)
{
    long double a = fabsl(x);
    if (a > 80) {
        long double half = expl(a / 2);
        return half / 2 * half;
    }
    long double t = expl(a);
    return (t + 1 / t) / 2;
}

long double tanhl(long double x)
{
    long double a = fabsl(x);
    if (a < 0x1p-60L || isnan(x))
        return x;
    if (a > 45)
        return copysignl(1, x);
    long double t = expm1l(2 * a);
    return copysignl(t / (t + 2), x);
}

long double asinhl(long double x)
{
    long double a = fabsl(x);
    if (a < 0x1p-60L || !isfinite(x))
        return x;
    if (a > 0x1p60L)
        return copysignl(logl(a) + QUAD_LN2_LO + QUAD_LN2_HI, x);
    return copysignl(log1pl(a + a * a / (1 + sqrtl(1 + a * a))), x);
}

long double acoshl(long double x)
{
    if (!(x >= 1))
        return NAN;
    if (x > 0x1p60L)
        return logl(x) + QUAD_LN2_LO + QUAD_LN2_HI;
    long double t = x - 1;
    return log1pl(t + sqrtl(2 * t + t * t));
}

long double atanhl(long double x)
{
    long double a = fabsl(x);
    if (a < 0x1p-60L)
        return x;
    return copysignl(log1pl(2 * a / (1 - a)) / 2, x);
}
