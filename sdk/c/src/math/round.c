/* Rounding half away from zero, and roundings to integers. */
#include <math.h>

double round(double x)
{
    double t = trunc(x);
    return fabs(x - t) >= 0.5 ? t + copysign(1, x) : t;
}

float roundf(float x)
{
    float t = truncf(x);
    return fabsf(x - t) >= 0.5f ? t + copysignf(1, x) : t;
}

long lround(double x)
{
    return (long)round(x);
}

long lroundf(float x)
{
    return (long)roundf(x);
}

long long llround(double x)
{
    return (long long)round(x);
}

long long llroundf(float x)
{
    return (long long)roundf(x);
}

long lrint(double x)
{
    return (long)rint(x);
}

long lrintf(float x)
{
    return (long)rintf(x);
}

long long llrint(double x)
{
    return (long long)rint(x);
}

long long llrintf(float x)
{
    return (long long)rintf(x);
}
