#include "math/kernels.h"

static int is_odd(double y)
{
    return fabs(y) < 0x1p53 && y == __builtin_trunc(y) && ((long long)y & 1);
}

double pow(double x, double y)
{
    if (x == 1 || y == 0)
        return 1;
    if (isnan(x) || isnan(y))
        return x + y;
    double a = fabs(x);
    if (isinf(y))
        return a == 1 ? 1 : (a > 1) == (y > 0) ? HUGE_VAL : 0;
    int negative = signbit(x) && is_odd(y);
    double sign = negative ? -1 : 1;
    if (x == 0 || isinf(x))
        return (x == 0) == (y > 0) ? 0 * sign : HUGE_VAL * sign;
    if (x < 0 && y != __builtin_trunc(y))
        return NAN;
    dd log = __math_log(dd_from(a));
    double estimate = log.hi * y;
    if (!(fabs(estimate) < 800))
        return estimate > 0 ? HUGE_VAL * sign : 0 * sign;
    if (fabs(estimate) < 0x1p-60)
        return sign;
    int exponent;
    dd r = __math_exp(dd_scale(log, y), &exponent);
    return sign * __math_round(r, exponent);
}

float powf(float x, float y)
{
    return (float)pow(x, y);
}
