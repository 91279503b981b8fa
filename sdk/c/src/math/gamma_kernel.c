/* Stirling's series from 20 on; smaller numbers climb there. */
#include "math/gamma_table.h"
#include "math/kernels.h"

enum { START = 20, NEAR_TERMS = 19 };

static dd stirling_log(dd x)
{
    dd log = __math_log(x);
    dd sum = dd_multiply(x, dd_add_double(log, -1));
    sum = dd_add(sum, dd_shift(log, -0.5));
    sum = dd_add(sum, half_log_2pi);
    if (x.hi > 0x1p100)
        return sum;
    double inverse = 1 / x.hi, square = inverse * inverse;
    double tail = inverse * square * polynomial(square, stirling, 10);
    return dd_add(sum, dd_add_double(dd_divide(twelfth, x), tail));
}

/* *x += n >= 20; x (x + 1) ... (x + n - 1). */
static dd climb(dd *x)
{
    dd product = dd_from(1);
    for (; x->hi < START; *x = dd_add_double(*x, 1))
        product = dd_multiply(product, *x);
    return product;
}

dd __math_lgamma(dd x)
{
    dd from_1 = dd_add_double(x, -1), from_2 = dd_add_double(x, -2);
    if (fabs(from_1.hi) <= 0x1p-4)
        return dd_multiply(from_1, dd_polynomial(from_1, around_1, NEAR_TERMS));
    if (fabs(from_2.hi) <= 0x1p-4)
        return dd_multiply(from_2, dd_polynomial(from_2, around_2, NEAR_TERMS));
    if (x.hi >= START)
        return stirling_log(x);
    dd product = climb(&x);
    return dd_add(stirling_log(x), dd_negate(__math_log(product)));
}

dd __math_gamma(dd x, int *exponent)
{
    dd product = climb(&x);
    return dd_divide(__math_exp(stirling_log(x), exponent), product);
}
