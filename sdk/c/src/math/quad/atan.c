#include "math/quad/kernels.h"

/* 0 <= x <= 1. The arc tangent in double, d, is right to 53 bits; what is missing is the arc
 * tangent of (x - tan d) / (1 + x tan d). */
static long double small_angle(long double x)
{
    double d = atan((double)x);
    long double t = __quad_sin(d) / __quad_cos(d);
    return d + (x - t) / (1 + x * t);
}

long double atanl(long double x)
{
    long double a = fabsl(x);
    if (a < 0x1p-60L || isnan(x))
        return x;
    if (a <= 1)
        return copysignl(small_angle(a), x);
    a = a > 0x1p120L ? 0 : small_angle(1 / a);
    return copysignl(QUAD_PI_2_HI - (a - QUAD_PI_2_LO), x);
}

long double atan2l(long double y, long double x)
{
    long double a = fabsl(x), b = fabsl(y), angle;
    if (isnan(x) || isnan(y))
        return x + y;
    if (b == 0)
        angle = 0;
    else if (isinf(a) && isinf(b))
        angle = QUAD_PI_2_HI / 2;
    else if (b <= a)
        angle = b / a < 0x1p-60L ? b / a : small_angle(b / a);
    else
        angle = QUAD_PI_2_HI - ((a / b < 0x1p-120L ? a / b : small_angle(a / b)) - QUAD_PI_2_LO);
    if (signbit(x))
        angle = 2 * QUAD_PI_2_HI - (angle - 2 * QUAD_PI_2_LO);
    return copysignl(angle, y);
}

long double asinl(long double x)
{
    if (!(fabsl(x) <= 1))
        return NAN;
    return fabsl(x) < 0x1p-60L ? x : atan2l(x, sqrtl((1 - x) * (1 + x)));
}

long double acosl(long double x)
{
    if (!(fabsl(x) <= 1))
        return NAN;
    return 2 * atan2l(sqrtl(1 - x), sqrtl(1 + x));
}
