/* Stirling's series from 40 on; smaller numbers climb there. */
#include "math/quad/kernels.h"

enum { START = 40, TERMS = 16 };

#define HALF_LOG_2PI 0x1.d67f1c864beb4a69297920028832p-1L

/* Bernoulli's numbers B(2k) as quotients. */
static const struct {
    long double numerator;
    int denominator;
} bernoulli[TERMS] = {
    {1, 6},
    {-1, 30},
    {1, 42},
    {-1, 30},
    {5, 66},
    {-691, 2730},
    {7, 6},
    {-3617, 510},
    {43867, 798},
    {-174611, 330},
    {854513, 138},
    {-236364091, 2730},
    {8553103, 6},
    {-23749461029, 870},
    {8615841276005, 14322},
    {-7709321041217, 510},
};

/* What ln gamma(x) has beyond (x - 1/2) ln x - x. */
static long double stirling_rest(long double x)
{
    long double square = 1 / (x * x), sum = 0;
    for (int k = TERMS; k > 0; k--) {
        long double b = bernoulli[k - 1].numerator / bernoulli[k - 1].denominator;
        sum = sum * square + b / (2 * k * (2 * k - 1));
    }
    return sum / x + HALF_LOG_2PI;
}

/* *x += n >= START; x (x + 1) … (x + n - 1). */
static long double climb(long double *x)
{
    long double product = 1;
    for (; *x < START; ++*x)
        product *= *x;
    return product;
}

/* sin(pi x) */
static long double sine(long double x)
{
    long double n = rintl(x), r = __quad_sin((x - n) * (2 * QUAD_PI_2_HI));
    if (fabsl(x - n) > 0.25L)
        r = copysignl(__quad_cos((0.5L - fabsl(x - n)) * (2 * QUAD_PI_2_HI)), x - n);
    return fmodl(n, 2) != 0 ? -r : r;
}

static long double gamma_positive(long double x)
{
    long double product = climb(&x);
    long double half = powl(x, (x - 0.5L) / 2); /* the power may be too large before e^-x */
    return half * expl(stirling_rest(x) - x) * half / product;
}

long double tgammal(long double x)
{
    if (isnan(x) || x > 1800)
        return x > 0 ? HUGE_VALL : x;
    if (fabsl(x) < 0x1p-116L)
        return 1 / x;
    if (x == truncl(x)) {
        long double product = 1;
        if (x < 0) /* -infinity too */
            return NAN;
        if (x > 30)
            return gamma_positive(x);
        for (int i = 2; i < (int)x; i++)
            product *= i;
        return product;
    }
    if (x > 0)
        return gamma_positive(x);
    if (x < -1900)
        return fmodl(floorl(x), 2) != 0 ? -0.0L : 0;
    return 2 * QUAD_PI_2_HI / sine(x) / gamma_positive(1 - x); /* reflection */
}

long double lgammal_r(long double x, int *out_sign)
{
    *out_sign = x == 0 && signbit(x) ? -1 : 1;
    if (isnan(x))
        return x;
    if (isinf(x) || (x <= 0 && x == truncl(x)))
        return HUGE_VALL;
    if (x == 1 || x == 2)
        return 0;
    if (fabsl(x) < 0x1p-116L) {
        *out_sign = x < 0 ? -1 : 1;
        return -logl(fabsl(x));
    }
    if (x < 0) {
        int sign;
        long double s = sine(x);
        *out_sign = s < 0 ? -1 : 1;
        return logl(2 * QUAD_PI_2_HI / fabsl(s)) - lgammal_r(1 - x, &sign);
    }
    long double product = climb(&x), log = logl(x);
    return (x * (log - 1) - log / 2) + stirling_rest(x) - (product == 1 ? 0 : logl(product));
}

long double lgammal(long double x)
{
    return lgammal_r(x, &signgam);
}
