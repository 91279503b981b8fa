/* Sine and cosine of small angles, and how other angles become small. */
#include "math/kernels.h"
#include "math/trig_table.h"

dd __math_sin(dd x)
{
    dd square = dd_multiply(x, x), cube = dd_multiply(square, x);
    double tail = cube.hi * square.hi * polynomial(square.hi, sine, 8);
    return dd_add(x, dd_add_double(dd_multiply(cube, dd_negate(sixth)), tail));
}

dd __math_cos(dd x)
{
    dd square = dd_multiply(x, x);
    double tail = square.hi * square.hi * polynomial(square.hi, cosine, 9);
    dd sum = dd_add(dd_from(1), dd_shift(square, -0.5));
    /* What the low half of the square adds to the term x^4/24. */
    return dd_add(sum, dd_from(tail + square.hi * square.lo / 12));
}

/* 64 bits of the table from this one on. */
static uint64_t bits_at(int position)
{
    int shift = position % 64;
    const uint64_t *word = two_over_pi + position / 64;
    return shift ? word[0] << shift | word[1] >> (64 - shift) : word[0];
}

/* Payne and Hanek: of x * 2/pi only the last bits before the point and those behind it matter, and
 * so only 256 bits of 2/pi. |x| >= 2^20. */
static dd reduce_large(double x, int *quadrant)
{
    uint64_t bits = double_bits(x), mantissa = (bits & 0xfffffffffffffull) | 1ull << 52;
    int exponent = (int)(bits >> 52 & 0x7ff) - 1075;
    uint64_t product[4]; /* x * 2/pi mod 4, times 2^254 */
    unsigned __int128 carry = 0;
    for (int i = 3; i >= 0; i--) {
        carry += (unsigned __int128)mantissa * bits_at(62 + exponent + 64 * i);
        product[i] = (uint64_t)carry;
        carry >>= 64;
    }
    int n = (int)(product[0] >> 62);
    int negative = (int)(product[0] >> 61 & 1); /* above one half: count from the next quadrant */
    n += negative;
    for (int i = 0; i < 4; i++)
        product[i] ^= negative ? ~0ull : 0; /* the one missing is 2^-254 */
    product[0] &= ~0ull >> 2;
    int scale = -62;
    while (product[0] >> 62 == 0) {
        int shift = product[0] ? __builtin_clzll(product[0]) - 1 : 62;
        for (int i = 0; i < 3; i++)
            product[i] = product[i] << shift | product[i + 1] >> (64 - shift);
        product[3] <<= shift;
        scale -= shift;
        product[0] &= ~0ull >> 1;
    }
    double hi = (double)(product[0] & ~0x3ffull), lo = (double)(product[0] & 0x3ff);
    lo += (double)product[1] * 0x1p-64;
    dd r = dd_multiply(dd_quick_sum(hi, lo), half_pi_pair);
    double unit = scalbn((bits >> 63) ^ negative ? -1 : 1, scale);
    *quadrant = (bits >> 63 ? -n : n) & 3;
    return dd_shift(r, unit);
}

dd __math_reduce(double x, int *quadrant)
{
    *quadrant = 0;
    if (fabs(x) <= M_PI_4)
        return dd_from(x);
    if (fabs(x) >= 0x1p20)
        return reduce_large(x, quadrant);
    double n = __builtin_rint(x * M_2_PI);
    dd r = dd_sum(x, -n * half_pi[0]); /* the products with 33 bits are exact */
    r = dd_add(r, dd_from(-n * half_pi[1]));
    r = dd_add(r, dd_from(-n * half_pi[2]));
    r = dd_add(r, dd_from(-n * half_pi[3]));
    *quadrant = (int)n & 3;
    return r;
}

dd __math_sinpi(double x)
{
    double n = __builtin_rint(x), f = x - n, a = fabs(f);
    dd r = a > 0.25 ? __math_cos(dd_scale(pi_pair, 0.5 - a)) : __math_sin(dd_scale(pi_pair, a));
    int odd = fmod(n, 2) != 0;
    return (f < 0) ^ odd ? dd_negate(r) : r;
}
