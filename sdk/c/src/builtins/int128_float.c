/* __int128 to and from double and float. */
#include <stdint.h>
#include <string.h>

typedef __int128 i128;
typedef unsigned __int128 u128;

/* The 64 highest bits, the last one set too if a lower bit was: the conversion of that rounds as
 * the whole would. */
static uint64_t top_bits(u128 n, int *out_shift)
{
    uint64_t high = (uint64_t)(n >> 64);
    *out_shift = 0;
    if (high == 0)
        return (uint64_t)n;
    int shift = 64 - __builtin_clzll(high);
    *out_shift = shift;
    return (uint64_t)(n >> shift) | ((n & (((u128)1 << shift) - 1)) != 0);
}

static double power_of_two(int n)
{
    uint64_t bits = (uint64_t)(1023 + n) << 52;
    double d;
    memcpy(&d, &bits, 8);
    return d;
}

double __floatuntidf(u128 n)
{
    int shift;
    uint64_t top = top_bits(n, &shift);
    return (double)top * power_of_two(shift);
}

double __floattidf(i128 n)
{
    return n < 0 ? -__floatuntidf(0 - (u128)n) : __floatuntidf((u128)n);
}

float __floatuntisf(u128 n)
{
    int shift;
    uint64_t top = top_bits(n, &shift);
    return (float)top * (float)power_of_two(shift); /* 2^128 rounds to infinity */
}

float __floattisf(i128 n)
{
    return n < 0 ? -__floatuntisf(0 - (u128)n) : __floatuntisf((u128)n);
}

/* Values out of range give the nearest one, NaN gives 0, as WebAssembly's saturating conversions
 * do. */
u128 __fixunsdfti(double d)
{
    if (!(d >= 1))
        return 0;
    if (d >= power_of_two(64) * power_of_two(64))
        return ~(u128)0;
    uint64_t high = (uint64_t)(d * power_of_two(-64));
    return (u128)high << 64 | (uint64_t)(d - (double)high * power_of_two(64));
}

i128 __fixdfti(double d)
{
    double limit = power_of_two(127);
    if (d >= limit)
        return (i128)(~(u128)0 >> 1);
    if (d <= -limit)
        return (i128)((u128)1 << 127);
    return d < 0 ? -(i128)__fixunsdfti(-d) : (i128)__fixunsdfti(d);
}

u128 __fixunssfti(float f)
{
    return __fixunsdfti(f);
}

i128 __fixsfti(float f)
{
    return __fixdfti(f);
}
