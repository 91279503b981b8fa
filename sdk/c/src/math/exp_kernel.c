/* e^x = 2^k * 2^(i/128) * e^r with |r| <= ln 2 / 256. */
#include "math/exp_table.h"
#include "math/kernels.h"

enum { STEPS = 128 };

/* e^r - 1, and n such that x = n * ln 2 / 128 + r. */
static dd reduced(dd x, int *n)
{
    double count = __builtin_rint(x.hi * (STEPS / M_LN2));
    dd r = dd_sum(x.hi - count * step[0], -count * step[1]);
    r.lo += x.lo - count * step[2];
    r = dd_quick_sum(r.hi, r.lo);
    double h = r.hi, tail = h * h * h * (1.0 / 6 + h * (1.0 / 24 + h * (1.0 / 120 + h / 720)));
    dd square = dd_product(h, h);
    dd sum = dd_quick_sum(h, square.hi / 2);
    sum.lo += r.lo + h * r.lo + square.lo / 2 + tail;
    *n = (int)count;
    return dd_quick_sum(sum.hi, sum.lo);
}

dd __math_exp(dd x, int *exponent)
{
    int n;
    dd p = reduced(x, &n), power = powers[n & (STEPS - 1)];
    *exponent = n >> 7;
    return dd_add(power, dd_multiply(power, p));
}

dd __math_expm1(dd x)
{
    int n;
    dd p = reduced(x, &n);
    if (n == 0)
        return p;
    dd power = powers[n & (STEPS - 1)];
    double scale = double_from_bits((uint64_t)((n >> 7) + 1023) << 52);
    power = dd_shift(power, scale);
    return dd_add(dd_add_double(power, -1), dd_multiply(power, p));
}

double __math_round(dd x, int exponent)
{
    if (exponent > -900 || x.hi == 0)
        return scalbn(x.hi + x.lo, exponent);
    if (exponent < -2000)
        return copysign(0, x.hi);
    /* Next to `anchor`, doubles are as far apart as subnormal ones are to x * 2^exponent. */
    double anchor = copysign(scalbn(1, -1022 - exponent), x.hi);
    if (fabs(x.hi) >= fabs(anchor))
        return scalbn(x.hi + x.lo, exponent);
    dd sum = dd_sum(anchor, x.hi);
    return copysign(scalbn(sum.hi + (sum.lo + x.lo) - anchor, exponent), x.hi);
}
