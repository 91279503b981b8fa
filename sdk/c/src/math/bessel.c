/* Bessel functions of integer order, first and second kind: power series for small arguments
 * (Abramowitz and Stegun 9.1.10, 9.1.11), Hankel's expansion for large ones (9.2.5 to 9.2.10), and
 * recurrence over the orders (9.1.27) between. */
#include "math/kernels.h"

#define SERIES_MAX 25.0 /* the series has lost 36 of its 104 bits; Hankel's errs by 2^-72 */

static const dd two_by_pi = {0x1.45f306dc9c883p-1, -0x1.6b01ec5417056p-55};
static const dd pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};
static const dd euler = {0x1.2788cfc6fb619p-1, -0x1.6cb90701fbfabp-58};

/* sqrt(2 / (pi x)) (P cos - Q sin), with the angle x - (2n + 1) pi/4; turned back by `shift` right
 * angles: 0 for J, 1 for Y. n is 0 or 1. */
static double hankel(int n, double x, int shift)
{
    dd term = dd_from(1), p = term, q = dd_from(0), eight_x = dd_from(8 * x);
    double last = 2;
    for (int k = 1; x < 0x1p200 && fabs(term.hi) < last && fabs(term.hi) > 0x1p-80; k++) {
        last = fabs(term.hi);
        term = dd_scale(term, 4.0 * n * n - (2.0 * k - 1) * (2.0 * k - 1));
        term = dd_divide(term, dd_scale(eight_x, k));
        dd *sum = k & 1 ? &q : &p;
        *sum = dd_add(*sum, k & 2 ? dd_negate(term) : term);
    }
    int quadrant;
    dd r = __math_reduce(x, &quadrant), s = __math_sin(r), c = __math_cos(r);
    for (int i = (quadrant - n - shift) & 3; i > 0; i--) { /* a right angle more */
        dd t = s;
        s = c;
        c = dd_negate(t);
    }
    /* cos and sin of the angle less pi/4, times sqrt(2) */
    dd cosine = dd_add(c, s), sine = dd_add(s, dd_negate(c));
    dd sum = dd_add(dd_multiply(p, cosine), dd_negate(dd_multiply(q, sine)));
    sum = dd_divide(sum, dd_sqrt(dd_scale(pi, x * 0x1p-64)));
    return (sum.hi + sum.lo) * 0x1p-32;
}

/* (x/2)^n / n! as result * 2^*exponent. */
static dd leading_term(int n, double x, int *exponent)
{
    dd term = dd_from(1);
    *exponent = 0;
    for (int k = 1; k <= n; k++) {
        int e;
        term = dd_divide(dd_scale(term, x / 2), dd_from(k));
        frexp(term.hi, &e);
        term = dd_shift(term, scalbn(1, -e));
        *exponent += e;
        if (*exponent < -3000)
            return dd_from(0);
    }
    return term;
}

static dd sum_of_series(int n, double x)
{
    dd square = dd_scale(dd_product(x, x), -0.25), term = dd_from(1), sum = term;
    for (int k = 1; fabs(term.hi) > 0x1p-110; k++) {
        term = dd_divide(dd_multiply(term, square), dd_product(k, (double)n + k));
        sum = dd_add(sum, term);
    }
    return sum;
}

static double series(int n, double x)
{
    int exponent;
    dd first = leading_term(n, x, &exponent);
    return __math_round(dd_multiply(first, sum_of_series(n, x)), exponent);
}

/* Y of order 0 or 1 for small x. */
static double second_series(int n, double x)
{
    dd square = dd_scale(dd_product(x, x), -0.25), term = dd_from(1), harmonic = dd_from(n);
    dd sum = harmonic;
    dd j = sum_of_series(n, x), log = __math_log(dd_from(x / 2));
    for (int k = 1; fabs(term.hi) > 0x1p-110; k++) {
        dd step = dd_divide(dd_from(1), dd_from(k));
        term = dd_divide(dd_multiply(term, square), dd_product(k, (double)n + k));
        if (n == 0) {
            harmonic = dd_add(harmonic, step);
        } else { /* H(k) + H(k + 1) */
            dd next = dd_divide(dd_from(1), dd_from(k + 1));
            harmonic = k == 1 ? dd_from(2.5) : dd_add(harmonic, dd_add(step, next));
        }
        sum = dd_add(sum, dd_multiply(term, harmonic));
    }
    dd y = dd_multiply(j, dd_add(log, euler));
    if (n == 0) {
        y = dd_multiply(two_by_pi, dd_add(y, dd_negate(sum)));
        return y.hi + y.lo;
    }
    /* Y1 = (2/pi) (ln(x/2) + gamma) J1 - 2/(pi x) - (x / 2 pi) sum */
    y = dd_add(dd_scale(y, x / 2), dd_scale(sum, -x / 4));
    y = dd_multiply(two_by_pi, dd_add(y, dd_negate(dd_divide(dd_from(1), dd_from(x)))));
    return y.hi + y.lo;
}

static double first_kind(int n, double x)
{
    double a = fabs(x);
    if (!isfinite(x))
        return isnan(x) ? x : 0;
    double y = a <= SERIES_MAX ? series(n, a) : hankel(n, a, 0);
    return n & 1 ? copysign(1, x) * y : y;
}

static double second_kind(int n, double x)
{
    if (isnan(x) || x < 0)
        return NAN;
    if (x == 0)
        return -HUGE_VAL;
    if (isinf(x))
        return 0;
    if (n == 1 && x < 0x1p-60)
        return -M_2_PI / x;
    return x <= SERIES_MAX ? second_series(n, x) : hankel(n, x, 1);
}

double j0(double x)
{
    return first_kind(0, x);
}

double j1(double x)
{
    return first_kind(1, x);
}

double y0(double x)
{
    return second_kind(0, x);
}

double y1(double x)
{
    return second_kind(1, x);
}

/* Orders 1 and 0 to n. */
static double climb(int n, double x, double first, double second)
{
    for (int k = 1; k < n && isfinite(second); k++) {
        double next = 2.0 * k / x * second - first;
        first = second;
        second = next;
    }
    return n == 0 ? first : second;
}

/* Miller's algorithm for n > x: downwards from a far order, scaled by J0 or J1 at the end. */
static double descend(int n, double x)
{
    double above = 0, here = 0x1p-500, wanted = 0;
    for (int k = n + 60 + (int)sqrt(60.0 * n); k > 0; k--) {
        double below = 2.0 * k / x * here - above;
        above = here;
        here = below;
        if (k - 1 == n)
            wanted = here;
        if (fabs(here) > 0x1p500) {
            here *= 0x1p-500;
            above *= 0x1p-500;
            wanted *= 0x1p-500;
        }
    }
    return fabs(here) > fabs(above) ? wanted * (j0(x) / here) : wanted * (j1(x) / above);
}

double jn(int n, double x)
{
    double sign = 1, a = fabs(x);
    unsigned order = n < 0 ? -(unsigned)n : (unsigned)n;
    if (!isfinite(x))
        return isnan(x) ? x : 0;
    if ((order & 1) && (n < 0) != (signbit(x) != 0))
        sign = -1;
    if (a == 0)
        return order == 0 ? 1 : sign * 0.0;
    if (a <= SERIES_MAX)
        return order > 2000 ? sign * 0.0 : sign * series((int)order, a);
    if (order > a + 3000)
        return sign * 0.0; /* below the least number */
    return sign * (order <= a ? climb((int)order, a, j0(a), j1(a)) : descend((int)order, a));
}

double yn(int n, double x)
{
    unsigned order = n < 0 ? -(unsigned)n : (unsigned)n;
    double sign = n < 0 && (order & 1) ? -1 : 1;
    if (isnan(x) || x < 0)
        return NAN;
    if (x == 0)
        return -sign * HUGE_VAL;
    if (isinf(x))
        return 0;
    return sign * climb(order > INT32_MAX ? INT32_MAX : (int)order, x, y0(x), y1(x));
}

#define SINGLE(name)                                                                               \
    float name##f(float x)                                                                         \
    {                                                                                              \
        return (float)name(x);                                                                     \
    }
SINGLE(j0)
SINGLE(j1)
SINGLE(y0)
SINGLE(y1)

float jnf(int n, float x)
{
    return (float)jn(n, x);
}

float ynf(int n, float x)
{
    return (float)yn(n, x);
}
