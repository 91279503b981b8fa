/* The idea is Michael Eisel's and Daniel Lemire's ("Number parsing at a gigabyte per second",
 * 2021): the first 19 digits times a power of ten in 128 bits. Here both ends of what the product
 * can be are rounded: where they agree, that is the result. */
#include "internal/float_quick.h"
#include "internal/power_of_ten.h"

typedef unsigned __int128 u128;

/* 192 bits, a number of digits times a power. */
struct product {
    u128 high;
    uint64_t low;
};

static struct product multiply(const struct power_of_ten *g, uint64_t n)
{
    u128 low = (u128)g->low * n;
    return (struct product){(u128)g->high * n + (uint64_t)(low >> 64), (uint64_t)low};
}

/* The mantissa, and what it is shifted by. A mantissa of 2^bits stands for the next power of two.
 */
static uint64_t round_to(const struct product *p, int bits, int *out_shift)
{
    uint64_t top = (uint64_t)(p->high >> 64); /* one of its first two bits is set */
    int drop = 64 - __builtin_clzll(top) - bits;
    uint64_t half = 1ull << (drop - 1), rest = top & (2 * half - 1), mantissa = top >> drop;
    int more = (uint64_t)p->high || p->low;
    *out_shift = drop + 64;
    return mantissa + (rest > half || (rest == half && (more || (mantissa & 1))));
}

/* Numbers of less than 2^53 and powers of ten up to 10^22 are exact doubles: one rounding. */
static int multiply_exact(const struct scanned_decimal *n, struct binary_float *out)
{
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (n->cut || n->digits >> 53 || n->exponent > 22 || n->exponent < -22)
        return 0;
    double d = (double)n->digits;
    struct binary_float value =
        __float_from_double(n->exponent < 0 ? d / tens[-n->exponent] : d * tens[n->exponent]);
    out->low = value.low;
    out->exponent = value.exponent;
    return 1;
}

int __float_quick(const struct scanned_decimal *n, int bits, int least_exponent,
                  int largest_exponent, struct binary_float *out)
{
    if (bits > 53 || n->exponent < POWER_LEAST || n->exponent > POWER_LARGEST)
        return 0;
    if (bits == 53 && multiply_exact(n, out))
        return 1;
    struct power_of_ten g = __power_of_ten(n->exponent);
    int lead = __builtin_clzll(n->digits), shift, most_shift;
    uint64_t digits = n->digits << lead, step = 1ull << lead;
    if (n->cut && digits > ~step)
        return 0;
    struct product least = multiply(&g, digits), most = least;
    if (n->cut)
        most = multiply(&g, digits + step);
    if (!g.exact) {
        least.high -= least.low < digits;
        least.low -= digits;
    }
    uint64_t mantissa = round_to(&least, bits, &shift);
    if (mantissa != round_to(&most, bits, &most_shift) || shift != most_shift)
        return 0;
    int exponent = shift + 64 + g.exponent - lead, carry = (int)(mantissa >> bits);
    if (exponent < least_exponent || exponent + bits + carry > largest_exponent)
        return 0;
    out->low = mantissa >> carry;
    out->exponent = exponent + carry;
    return 1;
}
