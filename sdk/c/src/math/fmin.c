/* Unlike the instructions f64.min and f64.max, these prefer a number to a NaN. */
#include <math.h>

double fmin(double x, double y)
{
    if (isnan(x))
        return y;
    if (x == y)
        return signbit(x) ? x : y; /* -0 is the lesser zero */
    return y < x ? y : x;
}

double fmax(double x, double y)
{
    if (isnan(x))
        return y;
    if (x == y)
        return signbit(x) ? y : x;
    return y > x ? y : x;
}

float fminf(float x, float y)
{
    return (float)fmin(x, y);
}

float fmaxf(float x, float y)
{
    return (float)fmax(x, y);
}

double fdim(double x, double y)
{
    return isnan(x) ? x : isnan(y) ? y : x > y ? x - y : 0;
}

float fdimf(float x, float y)
{
    return isnan(x) ? x : isnan(y) ? y : x > y ? x - y : 0;
}
