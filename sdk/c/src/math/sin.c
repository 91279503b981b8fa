#include "math/kernels.h"

static double circular(double x, int shift)
{
    int quadrant;
    if (!isfinite(x))
        return x - x;
    dd r = __math_reduce(x, &quadrant);
    quadrant += shift;
    r = quadrant & 1 ? __math_cos(r) : __math_sin(r);
    return quadrant & 2 ? -(r.hi + r.lo) : r.hi + r.lo;
}

double sin(double x)
{
    return fabs(x) < 0x1p-30 ? x : circular(x, 0);
}

double cos(double x)
{
    return circular(x, 1);
}

double tan(double x)
{
    int quadrant;
    if (!isfinite(x))
        return x - x;
    if (fabs(x) < 0x1p-30)
        return x;
    dd r = __math_reduce(x, &quadrant), s = __math_sin(r), c = __math_cos(r);
    r = quadrant & 1 ? dd_negate(dd_divide(c, s)) : dd_divide(s, c);
    return r.hi + r.lo;
}

float sinf(float x)
{
    return (float)sin(x);
}

float cosf(float x)
{
    return (float)cos(x);
}

float tanf(float x)
{
    return (float)tan(x);
}

void sincos(double x, double *out_sin, double *out_cos)
{
    *out_sin = sin(x);
    *out_cos = cos(x);
}

void sincosf(float x, float *out_sin, float *out_cos)
{
    *out_sin = sinf(x);
    *out_cos = cosf(x);
}
