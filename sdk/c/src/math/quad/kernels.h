/* What the functions of binary128 are made of: 113 bits, with errors of a unit or two in the last
 * place. */
#pragma once

#include <math.h>

struct quad_pair {
    long double hi, lo;
};

/* a * b, exactly (Dekker's product: halves of 56 and 57 bits). */
static inline struct quad_pair quad_product(long double a, long double b)
{
    const long double split = 0x1p57L + 1;
    long double p = a * b, c = split * a, d = split * b;
    long double a1 = c - (c - a), a2 = a - a1, b1 = d - (d - b), b2 = b - b1;
    return (struct quad_pair){p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}

/* ln 2 in two parts: products of the first one with 17 bits are exact. */
#define QUAD_LN2_HI 0x1.62e42fefa39ef35793c7673p-1L
#define QUAD_LN2_LO 0x1.f97b57a079a193394c5b16c5068cp-103L

#define QUAD_PI_2_HI 0x1.921fb54442d18469898cc51701b8p+0L
#define QUAD_PI_2_LO 0x1.cd129024e088a67cc74020bbea64p-115L

/* e^x - 1, |x| <= 0.36. */
long double __quad_expm1(long double x);

/* ln(1 + x), -0.3 < x < 0.42. */
long double __quad_log1p(long double x);

/* x = m * 2^*exponent with sqrt(1/2) <= m < sqrt(2): ln m. x > 0, finite. */
long double __quad_log_mantissa(long double x, int *exponent);

/* Sine and cosine of |x| <= pi/4 and a little. */
long double __quad_sin(long double x);
long double __quad_cos(long double x);
