/* A floating-point number taken apart, so that float, double and long double (128 bits) share their
 * conversions. */
#pragma once

#include <stdint.h>

enum float_kind { FLOAT_FINITE, FLOAT_INFINITE, FLOAT_NAN };

struct binary_float {
    uint8_t kind; /* enum float_kind */
    uint8_t negative;
    uint8_t bits;       /* precision of the type: 24, 53 or 113 */
    int exponent;       /* finite: value = mantissa * 2^exponent */
    uint64_t high, low; /* mantissa */
};

static inline struct binary_float __float_from_double(double d)
{
    uint64_t u;
    __builtin_memcpy(&u, &d, 8);
    struct binary_float v = {.negative = (uint8_t)(u >> 63), .bits = 53};
    int e = (int)(u >> 52 & 0x7ff);
    v.low = u & ((1ull << 52) - 1);
    if (e == 0x7ff)
        v.kind = v.low ? FLOAT_NAN : FLOAT_INFINITE;
    v.low |= (uint64_t)(e != 0) << 52;
    v.exponent = (e ? e : 1) - 1075;
    return v;
}

static inline struct binary_float __float_from_quad(long double q)
{
    uint64_t u[2];
    __builtin_memcpy(u, &q, 16);
    struct binary_float v = {.negative = (uint8_t)(u[1] >> 63), .bits = 113};
    int e = (int)(u[1] >> 48 & 0x7fff);
    v.low = u[0];
    v.high = u[1] & ((1ull << 48) - 1);
    if (e == 0x7fff)
        v.kind = v.low | v.high ? FLOAT_NAN : FLOAT_INFINITE;
    v.high |= (uint64_t)(e != 0) << 48;
    v.exponent = (e ? e : 1) - 16495;
    return v;
}

/* Lets a mantissa that is not zero have all bits of its type, as far as the exponent allows. */
static inline void __float_normalize(struct binary_float *v, int least_exponent)
{
    int top = v->bits - 1;
    while (v->exponent > least_exponent &&
           !((top >= 64 ? v->high >> (top - 64) : v->low >> top) & 1) && (v->high | v->low)) {
        v->high = v->high << 1 | v->low >> 63;
        v->low <<= 1;
        v->exponent--;
    }
}

static inline double __float_to_double(const struct binary_float *from)
{
    struct binary_float v = *from;
    uint64_t u = (uint64_t)v.negative << 63;
    __float_normalize(&v, -1074);
    if (v.kind == FLOAT_INFINITE)
        u |= 0x7ffull << 52;
    else if (v.kind == FLOAT_NAN)
        u |= 0x7ff8ull << 48;
    else if (v.low >> 52) /* the leading bit adds one to the exponent */
        u |= ((uint64_t)(v.exponent + 1074) << 52) + v.low;
    else
        u |= v.low;
    double d;
    __builtin_memcpy(&d, &u, 8);
    return d;
}

/* The mantissa has at most 24 bits, so that both steps are exact. */
static inline float __float_to_float(const struct binary_float *from)
{
    struct binary_float v = *from;
    v.bits = 53;
    return (float)__float_to_double(&v);
}

static inline long double __float_to_quad(const struct binary_float *from)
{
    struct binary_float v = *from;
    uint64_t u[2] = {0, (uint64_t)v.negative << 63};
    __float_normalize(&v, -16494);
    if (v.kind == FLOAT_INFINITE) {
        u[1] |= 0x7fffull << 48;
    } else if (v.kind == FLOAT_NAN) {
        u[1] |= 0x7fff8ull << 44;
    } else {
        u[0] = v.low;
        u[1] |= v.high;
        if (v.high >> 48)
            u[1] += (uint64_t)(v.exponent + 16494) << 48;
    }
    long double q;
    __builtin_memcpy(&q, u, 16);
    return q;
}
