#include "math/quad/kernels.h"

enum { TERMS = 26 /* 0.36^26 / 26! < 2^-125 */ };

/* Taylor's series as x (1 + x/2 (1 + x/3 (…))). */
long double __quad_expm1(long double x)
{
    long double sum = 1;
    for (int n = TERMS; n > 1; n--)
        sum = 1 + x / n * sum;
    return x * sum;
}

/* x - n ln 2, where n is the integer nearest to x / ln 2. |x| < 12000. */
static long double reduce(long double x, int *n)
{
    double whole = __builtin_rint((double)x * M_LOG2E);
    *n = (int)whole;
    return (x - whole * QUAD_LN2_HI) - whole * QUAD_LN2_LO;
}

long double expl(long double x)
{
    int n;
    if (!(fabsl(x) < 12000))
        return isnan(x) ? x : x > 0 ? HUGE_VALL : 0;
    x = reduce(x, &n);
    return scalbnl(1 + __quad_expm1(x), n);
}

long double expm1l(long double x)
{
    int n;
    if (!(fabsl(x) < 12000))
        return isnan(x) ? x : x > 0 ? HUGE_VALL : -1;
    if (fabsl(x) < 0.34L)
        return x == 0 ? x : __quad_expm1(x);
    if (x < -85)
        return -1;
    x = reduce(x, &n);
    if (n > 120)
        return scalbnl(1 + __quad_expm1(x), n);
    return scalbnl(__quad_expm1(x), n) + (scalbnl(1, n) - 1);
}

long double exp2l(long double x)
{
    if (!(fabsl(x) < 20000))
        return isnan(x) ? x : x > 0 ? HUGE_VALL : 0;
    long double whole = rintl(x), rest = x - whole;
    return scalbnl(1 + __quad_expm1(rest * QUAD_LN2_HI + rest * QUAD_LN2_LO), (int)whole);
}

/* x ln 10 in two parts, so that large results are as exact as small ones. */
long double exp10l(long double x)
{
    static const struct quad_pair ln10 = {0x1.26bb1bbb5551582dd4adac5705a6p+1L,
                                          0x1.451c51fd9f3b4bbf21d078c3d04p-115L};
    int n;
    if (!(fabsl(x) < 5200))
        return isnan(x) ? x : x > 0 ? HUGE_VALL : 0;
    struct quad_pair p = quad_product(x, ln10.hi);
    long double rest = reduce(p.hi, &n) + (p.lo + x * ln10.lo);
    return scalbnl(1 + __quad_expm1(rest), n);
}

long double pow10l(long double x)
{
    return exp10l(x);
}
