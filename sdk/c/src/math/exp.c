#include "math/kernels.h"

static double power(dd x)
{
    int exponent;
    dd r = __math_exp(x, &exponent);
    return __math_round(r, exponent);
}

double exp(double x)
{
    if (!(fabs(x) < 800))
        return isnan(x) ? x : x > 0 ? HUGE_VAL : 0;
    return power(dd_from(x));
}

double exp2(double x)
{
    static const dd ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
    if (!(fabs(x) < 1100))
        return isnan(x) ? x : x > 0 ? HUGE_VAL : 0;
    double whole = __builtin_rint(x);
    int exponent;
    dd r = __math_exp(dd_scale(ln2, x - whole), &exponent);
    return __math_round(r, exponent + (int)whole);
}

double exp10(double x)
{
    static const dd ln10 = {0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53};
    if (!(fabs(x) < 400))
        return isnan(x) ? x : x > 0 ? HUGE_VAL : 0;
    return power(dd_scale(ln10, x));
}

double pow10(double x)
{
    return exp10(x);
}

double expm1(double x)
{
    if (!(fabs(x) < 800))
        return isnan(x) ? x : x > 0 ? HUGE_VAL : -1;
    if (fabs(x) < 0x1p-60)
        return x;
    if (x > 700)
        return power(dd_from(x));
    if (x < -60)
        return -1;
    dd r = __math_expm1(dd_from(x));
    return r.hi + r.lo;
}

float expf(float x)
{
    return (float)exp(x);
}

float exp2f(float x)
{
    return (float)exp2(x);
}

float exp10f(float x)
{
    return (float)exp10(x);
}

float pow10f(float x)
{
    return (float)exp10(x);
}

float expm1f(float x)
{
    return (float)expm1(x);
}
