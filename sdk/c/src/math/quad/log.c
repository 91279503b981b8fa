#include "math/quad/kernels.h"

/* The logarithm in double is right to 53 bits; ln(1 + x) - d = 2 artanh(z) with
 * z = (1 + x - e^d) / (1 + x + e^d), which is so small that z stands for artanh(z). */
long double __quad_log1p(long double x)
{
    double d = log1p((double)x);
    long double t = __quad_expm1(d);
    return d + 2 * (x - t) / (2 + x + t);
}

long double __quad_log_mantissa(long double x, int *exponent)
{
    long double m = frexpl(x, exponent);
    if (m < 0x1.6a09e6p-1L) {
        m *= 2;
        --*exponent;
    }
    return __quad_log1p(m - 1);
}

/* What is not a positive number: false. */
static int has_logarithm(long double x)
{
    return x > 0 && isfinite(x);
}

static long double no_logarithm(long double x)
{
    return x == 0 ? -HUGE_VALL : x < 0 ? NAN : x;
}

long double logl(long double x)
{
    int n;
    if (!has_logarithm(x))
        return no_logarithm(x);
    long double m = __quad_log_mantissa(x, &n);
    return m + n * QUAD_LN2_LO + n * QUAD_LN2_HI;
}

long double log1pl(long double x)
{
    if (isnan(x) || x <= -1)
        return no_logarithm(x + 1);
    if (x > -0.29L && x < 0.41L)
        return fabsl(x) < 0x1p-115L ? x : __quad_log1p(x);
    long double y = 1 + x;
    if (x > 0x1p114L)
        return logl(x);
    return logl(y) + (x - (y - 1)) / y; /* what the sum has lost */
}

long double log2l(long double x)
{
    int n;
    if (!has_logarithm(x))
        return no_logarithm(x);
    return __quad_log_mantissa(x, &n) * 0x1.71547652b82fe1777d0ffda0d23ap+0L + n;
}

long double log10l(long double x)
{
    int n;
    if (!has_logarithm(x))
        return no_logarithm(x);
    long double m = __quad_log_mantissa(x, &n) * 0x1.bcb7b1526e50e32a6ab7555f5a68p-2L;
    return m + n * 0x1.34413509f79fef311f12b35816f9p-2L;
}
