#include "math/quad/kernels.h"

#define TWO_BY_SQRT_PI 0x1.20dd750429b6d11ae3a914fed7fep+0L
#define SERIES_MAX     1.25L

/* e^(-x^2), with the square in two parts. */
static long double bell(long double x)
{
    struct quad_pair p = quad_product(x, x);
    return expl(-p.hi) * (1 - p.lo);
}

/* Abramowitz and Stegun 7.1.6: positive terms only. */
static long double series(long double x)
{
    long double square = 2 * x * x, term = x, sum = x;
    for (int k = 1; term > sum * 0x1p-116L; k++) {
        term *= square / (2 * k + 1);
        sum += term;
    }
    return sum * TWO_BY_SQRT_PI * bell(x);
}

/* Abramowitz and Stegun 7.1.14, from the inside out; it converges the faster, the larger x is. */
static long double fraction(long double x)
{
    int depth = (int)(30 + 900 / (double)(x * x));
    long double sum = x;
    for (int k = depth; k > 0; k--)
        sum = x + k / (2 * sum);
    return bell(x) * (TWO_BY_SQRT_PI / 2) / sum;
}

long double erfl(long double x)
{
    long double a = fabsl(x);
    if (isnan(x))
        return x;
    if (a < 0x1p-60L)
        return x * TWO_BY_SQRT_PI;
    return copysignl(a < SERIES_MAX ? series(a) : a > 10 ? 1 : 1 - fraction(a), x);
}

long double erfcl(long double x)
{
    if (isnan(x))
        return x;
    if (x < 0)
        return 1 + erfl(-x);
    if (x < 0.5L)
        return 1 - erfl(x);
    return x > 108 ? 0 : fraction(x);
}
