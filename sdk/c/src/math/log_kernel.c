/* log x = k ln 2 - log c + log(1 + r), with c the reciprocal of an i/128 near x / 2^k. */
#include "math/kernels.h"
#include "math/log_table.h"

enum { FIRST = 90 };

/* log(1 + r), |r| < 1/100 or so. */
static dd series(dd r)
{
    static const double coefficients[] = {-1.0 / 4, 1.0 / 5, -1.0 / 6,  1.0 / 7,
                                          -1.0 / 8, 1.0 / 9, -1.0 / 10, 1.0 / 11};
    dd square = dd_multiply(r, r), cube = dd_multiply(square, r);
    double tail = square.hi * square.hi * polynomial(r.hi, coefficients, 8);
    cube = dd_add_double(dd_multiply(cube, third), tail);
    return dd_add(r, dd_add(dd_shift(square, -0.5), cube));
}

dd __math_log(dd x)
{
    int k = 0;
    if (x.hi < 0x1p-1022) {
        x = dd_shift(x, 0x1p64);
        k = -64;
    }
    uint64_t bits = double_bits(x.hi);
    int e = (int)(bits >> 52) - 1023;
    if ((bits & 0xfffffffffffffull) >= 0x6a09e667f3bcdull) /* sqrt 2 */
        e++;
    k += e;
    x.hi = double_from_bits(bits - ((uint64_t)(int64_t)e << 52));
    x.lo = scalbn(x.lo, -e);
    int i = (int)__builtin_rint(x.hi * 128) - FIRST;
    dd p = dd_product(x.hi, reciprocals[i]);
    dd r = dd_sum(p.hi - 1, p.lo + x.lo * reciprocals[i]);
    dd sum = dd_sum(k * ln2[0], k * ln2[1]);
    return dd_add(dd_add(sum, logarithms[i]), series(r));
}

dd __math_log1p(dd x)
{
    if (fabs(x.hi) < 0x1p-8)
        return series(x);
    dd sum = dd_sum(1, x.hi);
    return __math_log(dd_quick_sum(sum.hi, sum.lo + x.lo));
}
