/* x * y + z of binary128 with one rounding, in integers of 256 bits. */
#include "builtins/quad.h"
#include <math.h>

/* high:low * 2^exponent */
struct wide {
    u128 high, low;
    int exponent;
};

static void shift_left(struct wide *n, int count)
{
    if (count >= 128) {
        n->high = n->low;
        n->low = 0;
        count -= 128;
        n->exponent -= 128;
    }
    if (count) {
        n->high = n->high << count | n->low >> (128 - count);
        n->low <<= count;
        n->exponent -= count;
    }
}

/* The leading bit goes to 2^253: sums fit. */
static void normalize(struct wide *n)
{
    int zeros = n->high ? quad_leading_zeros(n->high) : 128 + quad_leading_zeros(n->low);
    shift_left(n, zeros - 2);
}

/* Bits that fall out leave a one at the end. */
static void shift_right_sticky(struct wide *n, int count)
{
    n->exponent += count;
    if (count >= 128) {
        n->low = n->high | (n->low != 0);
        n->high = 0;
        count -= 128;
    }
    if (count >= 128) {
        n->low = n->low != 0;
    } else if (count) {
        u128 lost = n->low << (128 - count);
        n->low = n->low >> count | n->high << (128 - count) | (lost != 0);
        n->high >>= count;
    }
}

static struct wide product(struct quad a, struct quad b)
{
    uint64_t a0 = (uint64_t)a.mantissa, a1 = (uint64_t)(a.mantissa >> 64);
    uint64_t b0 = (uint64_t)b.mantissa, b1 = (uint64_t)(b.mantissa >> 64);
    u128 low = (u128)a0 * b0, middle = (u128)a1 * b0, middle2 = (u128)a0 * b1;
    u128 carry = (low >> 64) + (uint64_t)middle + (uint64_t)middle2;
    u128 high = (u128)a1 * b1 + (middle >> 64) + (middle2 >> 64) + (carry >> 64);
    return (struct wide){high, carry << 64 | (uint64_t)low,
                         a.exponent + b.exponent - 2 * (QUAD_BIAS + QUAD_FRACTION_BITS)};
}

/* a - b, a > b. */
static void subtract(struct wide *a, const struct wide *b)
{
    a->high -= b->high + (a->low < b->low);
    a->low -= b->low;
}

static void add(struct wide *a, const struct wide *b)
{
    a->low += b->low;
    a->high += b->high + (a->low < b->low);
}

static int less(const struct wide *a, const struct wide *b)
{
    return a->high != b->high ? a->high < b->high : a->low < b->low;
}

static long double rounded(u128 sign, struct wide n)
{
    if (!(n.high | n.low))
        return 0;
    normalize(&n);
    enum { DROP = 253 - QUAD_FRACTION_BITS - QUAD_EXTRA };
    shift_right_sticky(&n, DROP);
    return __quad_pack(sign, n.low, n.exponent + QUAD_EXTRA + QUAD_FRACTION_BITS + QUAD_BIAS);
}

long double fmal(long double x, long double y, long double z)
{
    u128 sign = (quad_bits(x) ^ quad_bits(y)) & QUAD_SIGN, sign_z = quad_bits(z) & QUAD_SIGN;
    if (!isfinite(x) || !isfinite(y) || x == 0 || y == 0)
        return x * y + z;
    if (!isfinite(z))
        return z;
    if (z == 0)
        return x * y; /* not zero, whether it rounds to it or not */
    struct quad q = quad_unpack(quad_bits(z) & ~QUAD_SIGN);
    struct wide a =
        product(quad_unpack(quad_bits(x) & ~QUAD_SIGN), quad_unpack(quad_bits(y) & ~QUAD_SIGN));
    struct wide b = {0, q.mantissa, q.exponent - QUAD_BIAS - QUAD_FRACTION_BITS};
    normalize(&a);
    normalize(&b);
    if (a.exponent < b.exponent || (a.exponent == b.exponent && less(&a, &b))) {
        struct wide other = a;
        a = b;
        b = other;
        u128 t = sign;
        sign = sign_z;
        sign_z = t;
    }
    shift_right_sticky(&b, a.exponent - b.exponent);
    if (sign == sign_z)
        add(&a, &b);
    else
        subtract(&a, &b);
    return rounded(sign, a);
}
