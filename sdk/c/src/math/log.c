#include "math/kernels.h"

/* log x * factor. */
static double logarithm(double x, dd factor)
{
    if (x == 0)
        return -HUGE_VAL;
    if (!(x > 0))
        return isnan(x) ? x : NAN;
    if (isinf(x))
        return x;
    dd r = dd_multiply(__math_log(dd_from(x)), factor);
    return r.hi + r.lo;
}

double log(double x)
{
    return logarithm(x, dd_from(1));
}

double log2(double x)
{
    return logarithm(x, (dd){0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
}

double log10(double x)
{
    return logarithm(x, (dd){0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57});
}

double log1p(double x)
{
    if (x == -1)
        return -HUGE_VAL;
    if (!(x > -1))
        return isnan(x) ? x : NAN;
    if (fabs(x) < 0x1p-60 || isinf(x))
        return x;
    dd r = __math_log1p(dd_from(x));
    return r.hi + r.lo;
}

float logf(float x)
{
    return (float)log(x);
}

float log2f(float x)
{
    return (float)log2(x);
}

float log10f(float x)
{
    return (float)log10(x);
}

float log1pf(float x)
{
    return (float)log1p(x);
}
