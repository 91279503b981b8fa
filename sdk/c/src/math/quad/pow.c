#include "math/quad/kernels.h"

static long double integer_power(long double x, unsigned n)
{
    long double power = 1;
    for (; n; n >>= 1, x *= x)
        if (n & 1)
            power *= x;
    return power;
}

static int is_odd(long double y)
{
    return fabsl(y) < 0x1p113L && fmodl(y, 2) != 0 && y == truncl(y);
}

/* 2^(y log2 |x|); the whole part of the logarithm and its fraction are multiplied apart. */
static long double power(long double x, long double y)
{
    int n;
    long double m = __quad_log_mantissa(x, &n);
    struct quad_pair p = quad_product(y, m), q = quad_product(y * n, QUAD_LN2_HI);
    long double whole = rintl((p.hi + q.hi) / QUAD_LN2_HI);
    if (!(fabsl(whole) < 20000))
        return whole > 0 ? HUGE_VALL : 0;
    q = quad_product(y * n - whole, QUAD_LN2_HI);
    long double rest = p.hi + q.hi + (p.lo + q.lo + (y * n - whole) * QUAD_LN2_LO);
    return scalbnl(expl(rest), (int)whole);
}

long double powl(long double x, long double y)
{
    if (y == 0 || x == 1 || (x == -1 && isinf(y)))
        return 1;
    if (isnan(x) || isnan(y))
        return x + y;
    if (isinf(y))
        return (fabsl(x) > 1) == (y > 0) ? HUGE_VALL : 0;
    long double sign = signbit(x) && is_odd(y) ? -1 : 1;
    if (x == 0 || isinf(x))
        return (x == 0) == (y > 0) ? sign * 0 : sign * HUGE_VALL;
    if (x < 0 && y != truncl(y))
        return NAN;
    if (y == truncl(y) && y > 0 && y <= 32)
        return integer_power(x, (unsigned)y);
    return sign * power(fabsl(x), y);
}
