#include "math/kernels.h"

static const dd pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};

#define LGAMMA_MAX 0x1.754d9278b51a7p+1014 /* what follows would overflow */

double tgamma(double x)
{
    int exponent;
    if (isnan(x) || x > 172)
        return x > 0 ? HUGE_VAL : x;
    if (fabs(x) < 0x1p-60)
        return 1 / x;
    if (x > 0) {
        dd r = __math_gamma(dd_from(x), &exponent);
        return __math_round(r, exponent);
    }
    if (x == __builtin_trunc(x)) /* -infinity too */
        return NAN;
    if (x < -190)
        return fmod(__builtin_floor(x), 2) != 0 ? -0.0 : 0;
    dd r = __math_gamma(dd_sum(1, -x), &exponent); /* reflection */
    return __math_round(dd_divide(pi, dd_multiply(r, __math_sinpi(x))), -exponent);
}

double lgamma_r(double x, int *out_sign)
{
    *out_sign = signbit(x) && x == 0 ? -1 : 1;
    if (isnan(x))
        return x;
    if (isinf(x) || x > LGAMMA_MAX || (x <= 0 && x == __builtin_trunc(x)))
        return HUGE_VAL;
    dd r;
    if (fabs(x) < 0x1p-60) {
        *out_sign = x < 0 ? -1 : 1;
        r = dd_negate(__math_log(dd_from(fabs(x))));
    } else if (x > 0) {
        r = __math_lgamma(dd_from(x));
    } else {
        dd s = __math_sinpi(x);
        *out_sign = s.hi < 0 ? -1 : 1;
        r = __math_log(dd_divide(pi, s.hi < 0 ? dd_negate(s) : s));
        r = dd_add(r, dd_negate(__math_lgamma(dd_sum(1, -x))));
    }
    return r.hi + r.lo;
}

float tgammaf(float x)
{
    return (float)tgamma(x);
}

float lgammaf_r(float x, int *out_sign)
{
    return (float)lgamma_r(x, out_sign);
}

double lgamma(double x)
{
    return lgamma_r(x, &signgam);
}

float lgammaf(float x)
{
    return (float)lgamma_r(x, &signgam);
}
