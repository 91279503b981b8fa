/* The functions the others are made of, with some 65 bits or more. */
#pragma once

#include "math/double_double.h"

/* e^x = result * 2^*exponent, the result between 1/2 and 2; |x| < 3000. */
dd __math_exp(dd x, int *exponent);

/* e^x - 1, |x| < 700; small relative error near 0 too. */
dd __math_expm1(dd x);

/* x * 2^exponent, rounded once. */
double __math_round(dd x, int exponent);

/* The natural logarithm of x > 0, x finite. */
dd __math_log(dd x);

/* The natural logarithm of 1 + x, 1 + x > 0; small relative error near 0 too. */
dd __math_log1p(dd x);

/* Sine and cosine of |x| <= pi/4 and a little. */
dd __math_sin(dd x);
dd __math_cos(dd x);

/* x - n * pi/2 with |result| <= pi/4 and a little; n mod 4 in *quadrant. x is finite. */
dd __math_reduce(double x, int *quadrant);

/* The angle of (x, y) for x, y >= 0, not both zero, the quotients far from overflow. */
dd __math_angle(dd y, dd x);

/* The logarithm of the gamma function, and the function itself divided by 2^*exponent; x > 0. */
dd __math_lgamma(dd x);
dd __math_gamma(dd x, int *exponent);

/* The sine of pi * x. */
dd __math_sinpi(double x);

static inline dd dd_from(double x)
{
    return (dd){x, 0};
}
