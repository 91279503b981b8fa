#include "math/float_bits.h"
#include <limits.h>
#include <math.h>

double frexp(double x, int *out_exponent)
{
    int e = (int)(double_bits(x) >> 52 & 0x7ff);
    *out_exponent = 0;
    if (e == 0x7ff || x == 0)
        return x;
    if (e == 0) {
        double fraction = frexp(x * 0x1p64, out_exponent);
        *out_exponent -= 64;
        return fraction;
    }
    *out_exponent = e - 1022;
    return double_from_bits((double_bits(x) & ~(0x7ffull << 52)) | 1022ull << 52);
}

float frexpf(float x, int *out_exponent)
{
    return (float)frexp(x, out_exponent);
}

int ilogb(double x)
{
    int exponent;
    if (x == 0)
        return FP_ILOGB0;
    if (isnan(x))
        return FP_ILOGBNAN;
    if (isinf(x))
        return INT_MAX;
    frexp(x, &exponent);
    return exponent - 1;
}

int ilogbf(float x)
{
    return ilogb(x);
}

double logb(double x)
{
    if (x == 0)
        return -1 / fabs(x);
    return isfinite(x) ? ilogb(x) : x * x;
}

float logbf(float x)
{
    return (float)logb(x);
}
