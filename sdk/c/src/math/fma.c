/* x * y + z with one rounding, in integers. */
#include "math/float_bits.h"
#include <math.h>

typedef unsigned __int128 u128;

enum { TOP = 125 }; /* where the highest bit of numbers goes: sums fit, and there is room below */

struct number {
    u128 mantissa;
    int exponent;
    int negative;
};

static struct number normalized(u128 mantissa, int exponent, int negative)
{
    uint64_t high = (uint64_t)(mantissa >> 64);
    int zeros = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)mantissa);
    int shift = zeros - (127 - TOP);
    return (struct number){mantissa << shift, exponent - shift, negative};
}

static uint64_t take_apart(double x, int *exponent)
{
    double fraction = frexp(fabs(x), exponent);
    *exponent -= 53;
    return (uint64_t)(fraction * 0x1p53);
}

/* Shifts right; bits that fall out leave a one at the end. */
static u128 shift_jamming(u128 m, int count)
{
    if (count == 0)
        return m;
    if (count > 127)
        return m != 0;
    return m >> count | ((m << (128 - count)) != 0);
}

static double rounded(struct number n)
{
    int zeros = n.mantissa >> 64 ? __builtin_clzll((uint64_t)(n.mantissa >> 64))
                                 : 64 + __builtin_clzll((uint64_t)n.mantissa);
    int drop = 128 - 53 - zeros;
    if (n.exponent + drop < -1074)
        drop = -1074 - n.exponent;
    u128 m = n.mantissa;
    if (drop > 2) {
        m = shift_jamming(m, drop - 2); /* two bits for rounding */
        uint64_t low = (uint64_t)m & 7;
        m = (m >> 2) + (low == 3 || low == 6 || low == 7);
    } else {
        drop = 0;
    }
    double result = ldexp((double)(uint64_t)m, n.exponent + drop);
    return n.negative ? -result : result;
}

double fma(double x, double y, double z)
{
    int ex, ey, ez;
    if (!isfinite(x) || !isfinite(y) || x == 0 || y == 0)
        return x * y + z;
    if (!isfinite(z))
        return z;
    if (z == 0)
        return x * y;
    uint64_t mx = take_apart(x, &ex), my = take_apart(y, &ey), mz = take_apart(z, &ez);
    struct number a = normalized((u128)mx * my, ex + ey, signbit(x) != signbit(y));
    struct number b = normalized(mz, ez, signbit(z) != 0);
    if (a.exponent < b.exponent) {
        struct number other = a;
        a = b;
        b = other;
    }
    b.mantissa = shift_jamming(b.mantissa, a.exponent - b.exponent);
    if (a.negative == b.negative) {
        a.mantissa += b.mantissa;
    } else if (a.mantissa >= b.mantissa) {
        a.mantissa -= b.mantissa;
    } else {
        a.mantissa = b.mantissa - a.mantissa;
        a.negative = b.negative;
    }
    return a.mantissa ? rounded(a) : 0;
}

float fmaf(float x, float y, float z)
{
    double p = (double)x * y, s = p + z; /* the product is exact */
    double t = s - p, error = (p - (s - t)) + (z - t);
    /* The inexact sum rounded to odd: then rounding it again does no harm. */
    if (isfinite(s) && error != 0 && !(double_bits(s) & 1))
        s = double_from_bits(double_bits(s) + ((error > 0) == (s > 0) ? 1 : ~0ull));
    return (float)s;
}
