#include "math/float_bits.h"
#include <math.h>

double nextafter(double x, double y)
{
    if (isnan(x) || isnan(y))
        return x + y;
    if (x == y)
        return y;
    if (x == 0)
        return copysign(double_from_bits(1), y);
    int away = (x < y) == (x > 0);
    return double_from_bits(double_bits(x) + (away ? 1 : ~0ull));
}

float nextafterf(float x, float y)
{
    if (isnan(x) || isnan(y))
        return x + y;
    if (x == y)
        return y;
    if (x == 0)
        return copysignf(float_from_bits(1), y);
    int away = (x < y) == (x > 0);
    return float_from_bits(float_bits(x) + (away ? 1 : ~0u));
}

double nexttoward(double x, long double y)
{
    if (isnan(x) || isnan(y))
        return x + (double)y;
    return x == y ? (double)y : nextafter(x, x < y ? HUGE_VAL : -HUGE_VAL);
}

float nexttowardf(float x, long double y)
{
    if (isnan(x) || isnan(y))
        return x + (float)y;
    return x == y ? (float)y : nextafterf(x, x < y ? HUGE_VALF : -HUGE_VALF);
}
