#include <math.h>

double modf(double x, double *out_integer)
{
    *out_integer = trunc(x);
    return copysign(isinf(x) ? 0 : x - *out_integer, x);
}

float modff(float x, float *out_integer)
{
    *out_integer = truncf(x);
    return copysignf(isinf(x) ? 0 : x - *out_integer, x);
}
