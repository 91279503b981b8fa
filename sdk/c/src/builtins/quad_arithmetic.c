/* Addition, multiplication, division of binary128, rounded to nearest, ties to even (IEEE
 * 754-2019, 4.3.1 and 5.4). */
#include "builtins/quad.h"

long double __quad_pack(u128 sign, u128 mantissa, int exponent)
{
    if (mantissa >> (QUAD_FRACTION_BITS + QUAD_EXTRA + 1)) {
        mantissa = quad_shift_sticky(mantissa, 1);
        exponent++;
    }
    if (exponent >= QUAD_EXPONENT_MAX)
        return quad_from_bits(sign | QUAD_INFINITY);
    if (exponent <= 0) {
        mantissa = quad_shift_sticky(mantissa, 1 - exponent);
        exponent = 0;
    }
    u128 rest = mantissa & ((1 << QUAD_EXTRA) - 1), half = 1 << (QUAD_EXTRA - 1);
    u128 result = mantissa >> QUAD_EXTRA;
    if (exponent > 0)
        result = (result & (QUAD_IMPLICIT - 1)) | (u128)exponent << QUAD_FRACTION_BITS;
    if (rest > half || (rest == half && (result & 1)))
        result++; /* may carry into the exponent, which is right then, up to infinity */
    return quad_from_bits(sign | result);
}

static int is_nan(u128 magnitude)
{
    return magnitude > QUAD_INFINITY;
}

static long double add(u128 a, u128 b)
{
    u128 x = a & ~QUAD_SIGN, y = b & ~QUAD_SIGN;
    if (is_nan(x) || is_nan(y))
        return quad_from_bits(QUAD_NAN);
    if (x < y) {
        u128 t = a;
        a = b;
        b = t;
        t = x;
        x = y;
        y = t;
    }
    int subtract = (a ^ b) >> 127 != 0;
    if (x == QUAD_INFINITY)
        return quad_from_bits(subtract && y == QUAD_INFINITY ? QUAD_NAN : a);
    if (y == 0)
        return quad_from_bits(x == 0 && subtract ? 0 : a);
    struct quad p = quad_unpack(x), q = quad_unpack(y);
    p.mantissa <<= QUAD_EXTRA;
    q.mantissa = quad_shift_sticky(q.mantissa << QUAD_EXTRA, p.exponent - q.exponent);
    p.mantissa = subtract ? p.mantissa - q.mantissa : p.mantissa + q.mantissa;
    if (p.mantissa == 0)
        return 0;
    int shift = quad_leading_zeros(p.mantissa) - (127 - QUAD_FRACTION_BITS - QUAD_EXTRA);
    if (shift > 0) {
        p.mantissa <<= shift;
        p.exponent -= shift;
    }
    return __quad_pack(a & QUAD_SIGN, p.mantissa, p.exponent);
}

long double __addtf3(long double a, long double b)
{
    return add(quad_bits(a), quad_bits(b));
}

long double __subtf3(long double a, long double b)
{
    return add(quad_bits(a), quad_bits(b) ^ QUAD_SIGN);
}

/* The 226 bits of a product as 128 and the rest as a sticky bit, with the leading bit where
 * __quad_pack wants it. */
static u128 multiply_mantissas(u128 a, u128 b)
{
    uint64_t a0 = (uint64_t)a, a1 = (uint64_t)(a >> 64), b0 = (uint64_t)b, b1 = (uint64_t)(b >> 64);
    u128 low = (u128)a0 * b0, middle = (u128)a1 * b0, middle2 = (u128)a0 * b1;
    u128 carry = (low >> 64) + (uint64_t)middle + (uint64_t)middle2;
    u128 high = (u128)a1 * b1 + (middle >> 64) + (middle2 >> 64) + (carry >> 64);
    uint64_t low1 = (uint64_t)carry, low0 = (uint64_t)low;
    enum { DROP = QUAD_FRACTION_BITS - QUAD_EXTRA }; /* 109 bits go */
    u128 kept = high << (128 - DROP) | low1 >> (DROP - 64);
    uint64_t lost = low0 | (low1 & ((1ull << (DROP - 64)) - 1));
    return kept | (lost != 0);
}

long double __multf3(long double a, long double b)
{
    u128 sign = (quad_bits(a) ^ quad_bits(b)) & QUAD_SIGN;
    u128 x = quad_bits(a) & ~QUAD_SIGN, y = quad_bits(b) & ~QUAD_SIGN;
    if (is_nan(x) || is_nan(y))
        return quad_from_bits(QUAD_NAN);
    if (x == QUAD_INFINITY || y == QUAD_INFINITY)
        return quad_from_bits(x == 0 || y == 0 ? QUAD_NAN : sign | QUAD_INFINITY);
    if (x == 0 || y == 0)
        return quad_from_bits(sign);
    struct quad p = quad_unpack(x), q = quad_unpack(y);
    return __quad_pack(sign, multiply_mantissas(p.mantissa, q.mantissa),
                       p.exponent + q.exponent - QUAD_BIAS);
}

long double __divtf3(long double a, long double b)
{
    u128 sign = (quad_bits(a) ^ quad_bits(b)) & QUAD_SIGN;
    u128 x = quad_bits(a) & ~QUAD_SIGN, y = quad_bits(b) & ~QUAD_SIGN;
    if (is_nan(x) || is_nan(y))
        return quad_from_bits(QUAD_NAN);
    if (x == QUAD_INFINITY || y == 0)
        return quad_from_bits(y == QUAD_INFINITY || x == 0 ? QUAD_NAN : sign | QUAD_INFINITY);
    if (x == 0 || y == QUAD_INFINITY)
        return quad_from_bits(sign);
    struct quad p = quad_unpack(x), q = quad_unpack(y);
    int exponent = p.exponent - q.exponent + QUAD_BIAS;
    if (p.mantissa < q.mantissa) {
        p.mantissa <<= 1;
        exponent--;
    }
    u128 quotient = 0;
    for (int i = 0; i <= QUAD_FRACTION_BITS + QUAD_EXTRA; i++) {
        quotient <<= 1;
        if (p.mantissa >= q.mantissa) {
            p.mantissa -= q.mantissa;
            quotient |= 1;
        }
        p.mantissa <<= 1;
    }
    return __quad_pack(sign, quotient | (p.mantissa != 0), exponent);
}
