/* Roots of binary128. */
#include "builtins/quad.h"
#include <math.h>

/* Rounded correctly: a bit of the root at a time, with what is left as the sticky bit. */
long double sqrtl(long double x)
{
    u128 bits = quad_bits(x);
    if (isnan(x) || x == 0 || bits == QUAD_INFINITY)
        return x;
    if (bits & QUAD_SIGN)
        return quad_from_bits(QUAD_NAN);
    struct quad q = quad_unpack(bits);
    int odd = !(q.exponent & 1); /* the bias is odd: stored even exponents are odd */
    u128 radicand = q.mantissa << (14 + odd), root = 0, rest = 0;
    for (int i = 0; i <= QUAD_FRACTION_BITS + QUAD_EXTRA; i++) {
        rest = rest << 2 | radicand >> 126;
        radicand <<= 2;
        root <<= 1;
        if (rest > 2 * root) {
            rest -= 2 * root + 1;
            root++;
        }
    }
    int exponent = (q.exponent - QUAD_BIAS - odd) / 2 + QUAD_BIAS;
    return __quad_pack(0, root | (rest != 0), exponent);
}

long double cbrtl(long double x)
{
    int exponent;
    if (!isfinite(x) || x == 0)
        return x;
    long double m = frexpl(fabsl(x), &exponent);
    int rest = (exponent % 3 + 3) % 3;
    m = scalbnl(m, rest);
    long double r = cbrt((double)m);
    for (int i = 0; i < 2; i++) /* 53 bits, 106, all of them */
        r -= (r - m / (r * r)) / 3;
    return copysignl(scalbnl(r, (exponent - rest) / 3), x);
}

long double hypotl(long double x, long double y)
{
    if (isinf(x) || isinf(y))
        return HUGE_VALL;
    if (isnan(x) || isnan(y))
        return x + y;
    long double a = fmaxl(fabsl(x), fabsl(y)), b = fminl(fabsl(x), fabsl(y));
    if (b == 0)
        return a;
    int scale = ilogbl(a);
    a = scalbnl(a, -scale);
    b = scalbnl(b, -scale); /* where bits of b are lost, they do not count */
    return scalbnl(sqrtl(a * a + b * b), scale);
}
