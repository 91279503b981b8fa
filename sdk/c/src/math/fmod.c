/* The remainder of a division that truncates: exact, by long division of the mantissas. */
#include "math/float_bits.h"
#include <math.h>

enum { FRACTION = 52 };

/* Mantissa with its leading bit at 2^52; `*exponent` such that the value is mantissa * 2^exponent.
 */
static uint64_t take_apart(uint64_t magnitude, int *exponent)
{
    uint64_t m = magnitude & ((1ull << FRACTION) - 1);
    *exponent = (int)(magnitude >> FRACTION);
    if (*exponent)
        return m | 1ull << FRACTION;
    int shift = __builtin_clzll(m) - (63 - FRACTION);
    *exponent = 1 - shift;
    return m << shift;
}

double fmod(double x, double y)
{
    uint64_t a = double_bits(x) & INT64_MAX, b = double_bits(y) & INT64_MAX;
    int ea, eb;
    if (isinf(x) || isnan(x) || isnan(y) || b == 0)
        return (x * y) / (x * y);
    if (a < b)
        return x;
    uint64_t m = take_apart(a, &ea), n = take_apart(b, &eb);
    for (;; ea--) {
        if (m >= n)
            m -= n;
        if (ea == eb || m == 0)
            break;
        m <<= 1;
    }
    if (m == 0)
        return copysign(0, x);
    return copysign(ldexp((double)m, ea - 1023 - FRACTION), x);
}

float fmodf(float x, float y)
{
    return (float)fmod(x, y); /* exact in double, and the result fits */
}
