#include "math/erf_table.h"
#include "math/kernels.h"

/* erf for |x| < 1/2. */
static dd small(double x)
{
    double square = x * x;
    dd r = dd_scale(erf_first, x);
    r = dd_add(r, dd_multiply(erf_second, dd_scale(dd_product(x, x), x)));
    return dd_add_double(r, x * square * square * polynomial(square, erf_series, 13));
}

/* erfc(x) / 2^*exponent for 1/2 <= x < 28. */
static dd complement(double x, int *exponent)
{
    int row = (int)((double_bits(x) >> 49) - (1022ull << 3));
    const double *c = erfc_rows[row];
    double middle = double_from_bits((double_bits(x) & ~0ull << 49) | 1ull << 48);
    double h = x - middle;
    dd f = dd_quick_sum(c[0], h * polynomial(h, c + 2, ERFC_ROW - 2));
    f.lo += c[1];
    return dd_multiply(__math_exp(dd_negate(dd_product(x, x)), exponent), f);
}

double erf(double x)
{
    double a = fabs(x);
    int exponent;
    if (isnan(x) || x == 0)
        return x;
    if (a < 0x1p-30) { /* scaled, as the low half would be subnormal */
        double fraction = frexp(x, &exponent);
        return __math_round(dd_scale(erf_first, fraction), exponent);
    }
    if (a >= 6)
        return copysign(1, x);
    dd r;
    if (a < 0.5) {
        r = small(a);
    } else {
        r = complement(a, &exponent);
        r = dd_add(dd_from(1), dd_negate(dd_shift(r, scalbn(1, exponent))));
    }
    return copysign(r.hi + r.lo, x);
}

double erfc(double x)
{
    int exponent;
    if (isnan(x))
        return x;
    if (x >= 28)
        return 0;
    if (x < -6)
        return 2;
    if (x >= 0.5) {
        dd r = complement(x, &exponent);
        return __math_round(r, exponent);
    }
    dd r;
    if (x > -0.5) {
        r = dd_add(dd_from(1), dd_negate(small(x)));
    } else {
        r = complement(-x, &exponent);
        r = dd_add(dd_from(2), dd_negate(dd_shift(r, scalbn(1, exponent))));
    }
    return r.hi + r.lo;
}

float erff(float x)
{
    return (float)erf(x);
}

float erfcf(float x)
{
    return (float)erfc(x);
}
