/* binary128 to and from the other types. */
#include "builtins/quad.h"
#include <string.h>

long double __extenddftf2(double d)
{
    uint64_t u;
    memcpy(&u, &d, 8);
    u128 sign = (u128)(u >> 63) << 127;
    uint64_t fraction = u & ((1ull << 52) - 1);
    int exponent = (int)(u >> 52 & 0x7ff);
    if (exponent == 0x7ff)
        return quad_from_bits(sign | QUAD_INFINITY | (u128)fraction << (QUAD_FRACTION_BITS - 52));
    if (exponent == 0) {
        if (fraction == 0)
            return quad_from_bits(sign);
        int shift = __builtin_clzll(fraction) - 11;
        fraction = fraction << shift & ((1ull << 52) - 1);
        exponent = 1 - shift;
    }
    return quad_from_bits(sign | (u128)(exponent - 1023 + QUAD_BIAS) << QUAD_FRACTION_BITS |
                          (u128)fraction << (QUAD_FRACTION_BITS - 52));
}

long double __extendsftf2(float f)
{
    return __extenddftf2(f);
}

/* Rounds to a format with `bits` of fraction and exponents up to `exponent_max`; the bits of the
 * result. */
static uint64_t truncate_to(long double q, int bits, int exponent_max)
{
    u128 all = quad_bits(q), magnitude = all & ~QUAD_SIGN;
    int bias = exponent_max / 2;
    uint64_t infinity = (uint64_t)exponent_max << bits, result;
    if (magnitude > QUAD_INFINITY) {
        result = infinity | 1ull << (bits - 1);
    } else {
        int exponent = (int)(magnitude >> QUAD_FRACTION_BITS) - QUAD_BIAS + bias;
        u128 mantissa = (magnitude & (QUAD_IMPLICIT - 1)) | QUAD_IMPLICIT;
        if (exponent >= exponent_max) {
            result = infinity;
        } else if (magnitude == 0 || exponent < -bits - 1) {
            result = 0;
        } else {
            int drop = QUAD_FRACTION_BITS - bits + (exponent <= 0 ? 1 - exponent : 0);
            u128 rest = mantissa & (((u128)1 << drop) - 1), half = (u128)1 << (drop - 1);
            result = (uint64_t)(mantissa >> drop);
            if (exponent > 0)
                result += (uint64_t)(exponent - 1) << bits;
            result += rest > half || (rest == half && (result & 1));
        }
    }
    return result | (uint64_t)(all >> 127) << (bits == 52 ? 63 : 31);
}

double __trunctfdf2(long double q)
{
    uint64_t bits = truncate_to(q, 52, 0x7ff);
    double d;
    memcpy(&d, &bits, 8);
    return d;
}

float __trunctfsf2(long double q)
{
    uint32_t bits = (uint32_t)truncate_to(q, 23, 0xff);
    float f;
    memcpy(&f, &bits, 4);
    return f;
}

static long double from_magnitude(u128 sign, uint64_t n)
{
    if (n == 0)
        return quad_from_bits(sign);
    int shift = __builtin_clzll(n);
    u128 fraction = ((u128)n << shift << (QUAD_FRACTION_BITS - 63)) & (QUAD_IMPLICIT - 1);
    return quad_from_bits(sign | (u128)(QUAD_BIAS + 63 - shift) << QUAD_FRACTION_BITS | fraction);
}

long double __floatunditf(uint64_t n)
{
    return from_magnitude(0, n);
}

long double __floatditf(int64_t n)
{
    return n < 0 ? from_magnitude(QUAD_SIGN, 0 - (uint64_t)n) : from_magnitude(0, (uint64_t)n);
}

long double __floatunsitf(uint32_t n)
{
    return from_magnitude(0, n);
}

long double __floatsitf(int32_t n)
{
    return __floatditf(n);
}

/* The integer part of |q|, at most `limit`; 0 for NaN. */
static uint64_t integer_part(long double q, uint64_t limit)
{
    u128 magnitude = quad_bits(q) & ~QUAD_SIGN;
    int exponent = (int)(magnitude >> QUAD_FRACTION_BITS) - QUAD_BIAS;
    if (exponent < 0 || magnitude > QUAD_INFINITY)
        return 0;
    if (exponent > 63)
        return limit;
    u128 mantissa = (magnitude & (QUAD_IMPLICIT - 1)) | QUAD_IMPLICIT;
    uint64_t n = (uint64_t)(mantissa >> (QUAD_FRACTION_BITS - exponent));
    return n < limit ? n : limit;
}

static int is_negative(long double q)
{
    return quad_bits(q) >> 127 != 0;
}

int64_t __fixtfdi(long double q)
{
    if (is_negative(q))
        return (int64_t)(0 - integer_part(q, 1ull << 63));
    return (int64_t)integer_part(q, INT64_MAX);
}

int32_t __fixtfsi(long double q)
{
    if (is_negative(q))
        return (int32_t)-(int64_t)integer_part(q, 1ull << 31);
    return (int32_t)integer_part(q, INT32_MAX);
}

uint64_t __fixunstfdi(long double q)
{
    return is_negative(q) ? 0 : integer_part(q, UINT64_MAX);
}

uint32_t __fixunstfsi(long double q)
{
    return is_negative(q) ? 0 : (uint32_t)integer_part(q, UINT32_MAX);
}
