/* The remainder of a division that rounds to nearest, exact. */
#include "math/float_bits.h"
#include <math.h>

double remquo(double x, double y, int *out_quotient)
{
    double a = fabs(x), b = fabs(y);
    unsigned quotient = 0;
    *out_quotient = 0;
    if (isnan(x) || isnan(y) || isinf(x) || b == 0)
        return (x * y) / (x * y);
    if (isinf(b))
        return x;
    int scaled = b >= 0x1p1000; /* lest 8 b overflow */
    if (scaled) {
        if (a < 0x1p900)
            return x;
        a *= 0x1p-8;
        b *= 0x1p-8;
    }
    a = fmod(a, 8 * b);
    for (int i = 4; i; i /= 2) {
        if (a >= i * b) {
            a -= i * b;
            quotient += (unsigned)i;
        }
    }
    /* Is a more than b/2? Halves of small numbers and doubles of big ones are not exact. */
    int more = b < 0x1p-1000 ? 2 * a > b : a > b / 2;
    int tie = b < 0x1p-1000 ? 2 * a == b : a == b / 2;
    if (more || (tie && (quotient & 1))) {
        a -= b;
        quotient++;
    }
    quotient &= 7;
    if (scaled)
        a *= 0x1p8;
    *out_quotient = signbit(x) != signbit(y) ? -(int)quotient : (int)quotient;
    if (a == 0)
        return copysign(0, x);
    return signbit(x) ? -a : a;
}

double remainder(double x, double y)
{
    int quotient;
    return remquo(x, y, &quotient);
}

float remquof(float x, float y, int *out_quotient)
{
    return (float)remquo(x, y, out_quotient); /* exact in double, and the result fits */
}

float remainderf(float x, float y)
{
    return (float)remainder(x, y);
}

double drem(double x, double y)
{
    return remainder(x, y);
}

float dremf(float x, float y)
{
    return remainderf(x, y);
}
