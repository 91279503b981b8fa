/* Multiplying by powers of two, with one rounding. */
#include "math/float_bits.h"
#include <limits.h>
#include <math.h>

static double power_of_two(int n)
{
    return double_from_bits((uint64_t)(n + 1023) << 52);
}

double scalbn(double x, int exponent)
{
    /* Downwards in steps that leave 53 bits above the smallest number, so that only the last step
     * rounds. */
    for (int i = 0; exponent > 1023 && i < 2; i++, exponent -= 1023)
        x *= power_of_two(1023);
    for (int i = 0; exponent < -1022 && i < 2; i++, exponent += 1022 - 53)
        x *= power_of_two(-1022 + 53);
    if (exponent > 1023)
        exponent = 1023;
    if (exponent < -1022)
        exponent = -1022;
    return x * power_of_two(exponent);
}

float scalbnf(float x, int exponent)
{
    return (float)scalbn(x, exponent < -400 ? -400 : exponent > 400 ? 400 : exponent);
}

double ldexp(double x, int exponent)
{
    return scalbn(x, exponent);
}

float ldexpf(float x, int exponent)
{
    return scalbnf(x, exponent);
}

double scalbln(double x, long exponent)
{
    return scalbn(x, (int)exponent);
}

float scalblnf(float x, long exponent)
{
    return scalbnf(x, (int)exponent);
}

/* The exponent is a number of the same type, and has to be an integer or infinite. */
double scalb(double x, double exponent)
{
    if (isnan(x) || isnan(exponent))
        return x + exponent;
    if (isinf(exponent))
        return exponent > 0 ? x * exponent : x / -exponent;
    if (exponent != __builtin_trunc(exponent))
        return NAN;
    return scalbn(x, exponent > 5000 ? 5000 : exponent < -5000 ? -5000 : (int)exponent);
}

float scalbf(float x, float exponent)
{
    return (float)scalb(x, exponent);
}
