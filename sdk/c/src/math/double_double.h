/* Numbers as unevaluated sums of two doubles, |lo| <= ulp(hi)/2: about 100 bits. Sums and products
 * here err by a few 2^-104, relative to the result unless two numbers cancel. */
#pragma once

#include "math/float_bits.h"
#include <math.h>

typedef struct {
    double hi, lo;
} dd;

/* |a| >= |b| or a == 0. */
static inline dd dd_quick_sum(double a, double b)
{
    double s = a + b;
    return (dd){s, b - (s - a)};
}

/* a + b, exactly. */
static inline dd dd_sum(double a, double b)
{
    double s = a + b, t = s - a;
    return (dd){s, (a - (s - t)) + (b - t)};
}

/* a * b; exact if one has 26 bits. */
static inline dd dd_product(double a, double b)
{
    double p = a * b;
    double a1 = double_from_bits(double_bits(a) & ~0x7ffffffull), a2 = a - a1;
    double b1 = double_from_bits(double_bits(b) & ~0x7ffffffull), b2 = b - b1;
    return (dd){p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}

static inline dd dd_add(dd a, dd b)
{
    dd s = dd_sum(a.hi, b.hi), t = dd_sum(a.lo, b.lo);
    s = dd_quick_sum(s.hi, s.lo + t.hi);
    return dd_quick_sum(s.hi, s.lo + t.lo);
}

static inline dd dd_add_double(dd a, double b)
{
    dd s = dd_sum(a.hi, b);
    return dd_quick_sum(s.hi, s.lo + a.lo);
}

static inline dd dd_negate(dd a)
{
    return (dd){-a.hi, -a.lo};
}

static inline dd dd_multiply(dd a, dd b)
{
    dd p = dd_product(a.hi, b.hi);
    return dd_quick_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline dd dd_scale(dd a, double b)
{
    dd p = dd_product(a.hi, b);
    return dd_quick_sum(p.hi, p.lo + a.lo * b);
}

/* a * b where b is a power of two. */
static inline dd dd_shift(dd a, double b)
{
    return (dd){a.hi * b, a.lo * b};
}

static inline dd dd_divide(dd a, dd b)
{
    double q = a.hi / b.hi;
    dd rest = dd_add(a, dd_negate(dd_scale(b, q)));
    double q2 = rest.hi / b.hi;
    rest = dd_add(rest, dd_negate(dd_scale(b, q2)));
    dd s = dd_quick_sum(q, q2);
    return dd_quick_sum(s.hi, s.lo + rest.hi / b.hi);
}

static inline dd dd_sqrt(dd a)
{
    double s = __builtin_sqrt(a.hi);
    if (s == 0)
        return (dd){0, 0};
    dd rest = dd_add(a, dd_negate(dd_product(s, s)));
    return dd_quick_sum(s, rest.hi / (2 * s));
}

/* coefficients[0] + x * (coefficients[1] + ...). */
static inline dd dd_polynomial(dd x, const dd *coefficients, int count)
{
    dd sum = coefficients[count - 1];
    for (int i = count - 2; i >= 0; i--)
        sum = dd_add(dd_multiply(sum, x), coefficients[i]);
    return sum;
}

/* The same in one precision. */
static inline double polynomial(double x, const double *coefficients, int count)
{
    double sum = coefficients[count - 1];
    for (int i = count - 2; i >= 0; i--)
        sum = sum * x + coefficients[i];
    return sum;
}
