/* Roots of other kinds. */
#include "math/kernels.h"

double hypot(double x, double y)
{
    double a = fabs(x), b = fabs(y);
    if (isinf(a) || isinf(b))
        return HUGE_VAL;
    if (isnan(a) || isnan(b))
        return x + y;
    if (a < b) {
        a = b;
        b = fabs(x);
    }
    if (b == 0)
        return a;
    int scale = ilogb(a);
    if (scale - ilogb(b) > 60)
        return a + b;
    a = scalbn(a, -scale);
    b = scalbn(b, -scale);
    return __math_round(dd_sqrt(dd_add(dd_product(a, a), dd_product(b, b))), scale);
}

double cbrt(double x)
{
    int exponent;
    if (!isfinite(x) || x == 0)
        return x;
    double m = frexp(fabs(x), &exponent);
    int rest = (exponent % 3 + 3) % 3;
    m = scalbn(m, rest); /* 1/2 to 4 */
    double r = 0.6 + 0.42 * m - 0.05 * m * m;
    for (int i = 0; i < 5; i++)
        r -= (r - m / (r * r)) / 3;
    dd cube = dd_scale(dd_product(r, r), r);
    dd error = dd_add_double(cube, -m);
    return copysign(scalbn(r - error.hi / (3 * r * r), (exponent - rest) / 3), x);
}

float hypotf(float x, float y)
{
    return (float)hypot(x, y);
}

float cbrtf(float x)
{
    return (float)cbrt(x);
}
