#include "builtins/quad.h"
#include "math/quad/kernels.h"
#include "math/quad/two_over_pi.h"

enum { LIMBS = 6 };

/* 64 bits of 2/pi: the first one is worth 2^-position. */
static uint64_t bits_at(int position)
{
    position += TWO_OVER_PI_ZEROS - 1;
    const uint64_t *word = quad_two_over_pi + position / 64;
    int shift = position % 64;
    return shift ? word[0] << shift | word[1] >> (64 - shift) : word[0];
}

/* Payne and Hanek: the bits of x * 2/pi from 2^1 down to 2^-382, so that even what lies next to a
 * multiple of pi/2 keeps 113 bits. product[0] is the highest. */
static void multiply(u128 mantissa, int exponent, uint64_t *product)
{
    uint64_t low = (uint64_t)mantissa, high = (uint64_t)(mantissa >> 64);
    uint64_t carry_low = 0, carry_high = 0, above = 0;
    for (int i = LIMBS - 1; i >= 0; i--) {
        uint64_t bits = bits_at(exponent - 1 + 64 * i);
        u128 p = (u128)low * bits + carry_low, q = (u128)high * bits + carry_high;
        u128 sum = (u128)(uint64_t)p + above;
        product[i] = (uint64_t)sum;
        carry_low = (uint64_t)(p >> 64);
        sum = (sum >> 64) + (uint64_t)q; /* belongs to the next limb */
        above = (uint64_t)sum;
        carry_high = (uint64_t)(q >> 64) + (uint64_t)(sum >> 64);
    }
}

/* The first bits of the fraction 0.product, as a number. */
static long double fraction(uint64_t *product, int scale)
{
    for (int i = 0; i < LIMBS && product[0] == 0; i++, scale -= 64) {
        for (int k = 0; k < LIMBS - 1; k++)
            product[k] = product[k + 1];
        product[LIMBS - 1] = 0;
    }
    if (product[0] == 0)
        return 0;
    int shift = __builtin_clzll(product[0]);
    u128 top = (u128)product[0] << 64 | product[1];
    if (shift)
        top = top << shift | product[2] >> (64 - shift);
    long double high = (uint64_t)(top >> 64), low = (uint64_t)top;
    return scalbnl(high * 0x1p64L + low, scale - 128 - shift);
}

/* x - n pi/2 and n mod 4; x is finite. */
static long double reduce(long double x, int *quadrant)
{
    *quadrant = 0;
    if (fabsl(x) <= QUAD_PI_2_HI / 2)
        return x;
    uint64_t product[LIMBS];
    struct quad q = quad_unpack(quad_bits(x) & ~QUAD_SIGN);
    multiply(q.mantissa, q.exponent - QUAD_BIAS - QUAD_FRACTION_BITS, product);
    int n = (int)(product[0] >> 62), more = (int)(product[0] >> 61 & 1);
    n += more;
    for (int i = 0; i < LIMBS; i++)
        product[i] ^= more ? ~0ull : 0;
    product[0] &= ~0ull >> 2;
    long double r = fraction(product, 2) * QUAD_PI_2_HI;
    *quadrant = (signbit(x) ? -n : n) & 3;
    return (signbit(x) != 0) ^ more ? -r : r;
}

static long double circular(long double x, int shift)
{
    int quadrant;
    if (!isfinite(x))
        return x - x;
    long double r = reduce(x, &quadrant);
    quadrant += shift;
    r = quadrant & 1 ? __quad_cos(r) : __quad_sin(r);
    return quadrant & 2 ? -r : r;
}

long double sinl(long double x)
{
    return fabsl(x) < 0x1p-60L ? x : circular(x, 0);
}

long double cosl(long double x)
{
    return circular(x, 1);
}

long double tanl(long double x)
{
    int quadrant;
    if (!isfinite(x))
        return x - x;
    if (fabsl(x) < 0x1p-60L)
        return x;
    long double r = reduce(x, &quadrant), s = __quad_sin(r), c = __quad_cos(r);
    return quadrant & 1 ? -c / s : s / c;
}

void sincosl(long double x, long double *out_sin, long double *out_cos)
{
    *out_sin = sinl(x);
    *out_cos = cosl(x);
}
