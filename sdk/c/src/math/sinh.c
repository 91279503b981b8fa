#include "math/kernels.h"

/* e^x / 2 for large x. */
static double half_exp(double x)
{
    int exponent;
    if (x > 800)
        return HUGE_VAL;
    dd r = __math_exp(dd_from(x), &exponent);
    return __math_round(r, exponent - 1);
}

double sinh(double x)
{
    double a = fabs(x);
    if (isnan(x) || a < 0x1p-30)
        return x;
    if (a > 40)
        return copysign(half_exp(a), x);
    dd t = __math_expm1(dd_from(a)); /* (t + t / (t + 1)) / 2 */
    dd r = dd_add(t, dd_divide(t, dd_add_double(t, 1)));
    return copysign((r.hi + r.lo) / 2, x);
}

double cosh(double x)
{
    double a = fabs(x);
    if (isnan(x))
        return x;
    if (a > 40)
        return half_exp(a);
    dd t = dd_add_double(__math_expm1(dd_from(a)), 1);
    dd r = dd_add(t, dd_divide(dd_from(1), t));
    return (r.hi + r.lo) / 2;
}

double tanh(double x)
{
    double a = fabs(x);
    if (isnan(x) || a < 0x1p-30)
        return x;
    if (a > 40)
        return copysign(1, x);
    dd t = __math_expm1(dd_from(2 * a));
    dd r = dd_divide(t, dd_add_double(t, 2));
    return copysign(r.hi + r.lo, x);
}

double asinh(double x)
{
    double a = fabs(x);
    dd r;
    if (!isfinite(x) || a < 0x1p-30)
        return x;
    if (a > 0x1p60) {
        r = dd_add(__math_log(dd_from(a / 2)), __math_log(dd_from(4)));
    } else { /* x + x^2 / (1 + sqrt(1 + x^2)) */
        dd square = dd_product(a, a), root = dd_sqrt(dd_add_double(square, 1));
        r = dd_divide(square, dd_add_double(root, 1));
        r = __math_log1p(dd_add_double(r, a));
    }
    return copysign(r.hi + r.lo, x);
}

double acosh(double x)
{
    dd r;
    if (!(x >= 1))
        return isnan(x) ? x : NAN;
    if (isinf(x))
        return x;
    if (x > 0x1p60) {
        r = dd_add(__math_log(dd_from(x / 2)), __math_log(dd_from(4)));
    } else { /* with t = x - 1: t + sqrt(t (t + 2)) */
        dd t = dd_sum(x, -1);
        r = __math_log1p(dd_add(t, dd_sqrt(dd_multiply(t, dd_add_double(t, 2)))));
    }
    return r.hi + r.lo;
}

double atanh(double x)
{
    double a = fabs(x);
    if (!(a < 1))
        return a == 1 ? copysign(HUGE_VAL, x) : isnan(x) ? x : NAN;
    if (a < 0x1p-30)
        return x;
    dd r = __math_log1p(dd_divide(dd_from(2 * a), dd_sum(1, -a)));
    return copysign((r.hi + r.lo) / 2, x);
}

float sinhf(float x)
{
    return (float)sinh(x);
}

float coshf(float x)
{
    return (float)cosh(x);
}

float tanhf(float x)
{
    return (float)tanh(x);
}

float asinhf(float x)
{
    return (float)asinh(x);
}

float acoshf(float x)
{
    return (float)acosh(x);
}

float atanhf(float x)
{
    return (float)atanh(x);
}
