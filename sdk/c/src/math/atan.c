#include "math/kernels.h"

static const dd pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};

static dd root_of_complement(double x) /* sqrt(1 - x^2) */
{
    return dd_sqrt(dd_multiply(dd_sum(1, -x), dd_sum(1, x)));
}

double atan(double x)
{
    if (fabs(x) < 0x1p-30 || isnan(x))
        return x;
    if (fabs(x) > 0x1p60)
        return copysign(M_PI_2, x);
    dd r = __math_angle(dd_from(fabs(x)), dd_from(1));
    return copysign(r.hi + r.lo, x);
}

double asin(double x)
{
    if (!(fabs(x) <= 1))
        return isnan(x) ? x : NAN;
    if (fabs(x) < 0x1p-30)
        return x;
    dd r = __math_angle(dd_from(fabs(x)), root_of_complement(x));
    return copysign(r.hi + r.lo, x);
}

double acos(double x)
{
    if (!(fabs(x) <= 1))
        return isnan(x) ? x : NAN;
    dd r = __math_angle(root_of_complement(x), dd_from(fabs(x)));
    if (signbit(x))
        r = dd_add(pi, dd_negate(r));
    return r.hi + r.lo;
}

double atan2(double y, double x)
{
    double a = fabs(y), b = fabs(x), result;
    if (isnan(x) || isnan(y))
        return x + y;
    if (isinf(a) || isinf(b)) {
        a = isinf(a);
        b = isinf(b);
    }
    int difference = a == 0 ? -9999 : b == 0 ? 9999 : ilogb(a) - ilogb(b);
    if (difference > 60) {
        result = M_PI_2;
    } else if (difference < -60) {
        result = signbit(x) ? M_PI : a == 0 ? 0 : a / b;
    } else {
        int scale = -ilogb(b);
        dd r = __math_angle(dd_from(scalbn(a, scale)), dd_from(scalbn(b, scale)));
        if (signbit(x))
            r = dd_add(pi, dd_negate(r));
        result = r.hi + r.lo;
    }
    return copysign(result, y);
}

float atanf(float x)
{
    return (float)atan(x);
}

float asinf(float x)
{
    return (float)asin(x);
}

float acosf(float x)
{
    return (float)acos(x);
}

float atan2f(float y, float x)
{
    return (float)atan2(y, x);
}
