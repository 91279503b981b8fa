/* The functions of <math.h> against results computed with 400 bits, and their special values. */
#include <math.h>
#include <stdio.h>
#include <string.h>

struct row {
    double x, result, rest;
};

#define FUNCTION(name)       static const struct row name##_rows[] = {
#define ROW(x, result, rest) {x, result, rest},
#define END                                                                                        \
    }                                                                                              \
    ;
#include "math_accuracy.h"
#undef FUNCTION
#undef ROW
#undef END

static void check(const char *name, double (*f)(double), float (*g)(float), const struct row *rows,
                  size_t count)
{
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        const struct row *r = &rows[i];
        double got = f(r->x), unit = nextafter(fabs(r->result), INFINITY) - fabs(r->result);
        float fx = (float)fmin(r->x, 0x1p100);
        double error = (got - r->result) / unit - r->rest;
        if (fabs(error) < 0.6 && g(fx) == (float)f(fx))
            good++;
        else
            printf("%s(%a) = %a, not %a (%f)\n", name, r->x, got, r->result, error);
    }
    printf("%s: %zu of %zu\n", name, good, count);
}

static void show(const char *what, double x)
{
    printf("%s %s", what, isnan(x) ? "nan" : "");
    if (!isnan(x))
        printf("%.17g", x);
    printf("\n");
}
#define SHOW(x) show(#x, x)

#define UNARIES(X)                                                                                 \
    X(sin)                                                                                         \
    X(cos)                                                                                         \
    X(tan)                                                                                         \
    X(asin)                                                                                        \
    X(acos)                                                                                        \
    X(atan)                                                                                        \
    X(sinh)                                                                                        \
    X(cosh)                                                                                        \
    X(tanh)                                                                                        \
    X(asinh)                                                                                       \
    X(acosh)                                                                                       \
    X(atanh)                                                                                       \
    X(exp)                                                                                         \
    X(exp2) X(expm1) X(log) X(log2) X(log10) X(log1p) X(cbrt) X(erf) X(erfc) X(lgamma) X(tgamma)

static void special(const char *name, double (*f)(double))
{
    static const double arguments[] = {0.0,    -0.0,   1,        -1,        2,  1e308,
                                       -1e308, 5e-324, INFINITY, -INFINITY, NAN};
    printf("%s:", name);
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        double y = f(arguments[i]);
        if (isnan(y))
            printf(" nan");
        else
            printf(" %.6g", y);
    }
    printf("\n");
}

static void binaries(void)
{
    static const double v[] = {0.0, -0.0, 1, -1, 0.5, -3, INFINITY, -INFINITY, NAN};
    for (size_t i = 0; i < 9; i++) {
        for (size_t j = 0; j < 9; j++) {
            double r[] = {pow(v[i], v[j]), atan2(v[i], v[j]), hypot(v[i], v[j]),
                          remainder(v[i], v[j]), fmod(v[i], v[j])};
            printf("%g %g:", fabs(v[i]) * (signbit(v[i]) ? -1 : 1), v[j]);
            for (int k = 0; k < 5; k++) {
                if (isnan(r[k]))
                    printf(" nan");
                else
                    printf(" %.6g", r[k]);
            }
            printf("\n");
        }
    }
}

int main(void)
{
#define X(name) check(#name, name, name##f, name##_rows, sizeof name##_rows / sizeof *name##_rows);
    UNARIES(X)
#undef X
#define X(name) special(#name, name);
    UNARIES(X)
#undef X
    binaries();
    int q;
    SHOW(fma(0x1.0000000000001p0, 0x1.0000000000001p0, -1));
    SHOW(fma(0x1p-600, -0x1p-600, 0x1p-1074));
    SHOW(fma(0x1p1000, 0x1p1000, -INFINITY));
    SHOW(fmaf(0x1.000002p0f, 0x1.000002p0f, -0x1p-60f));
    SHOW(remquo(0x1.2add3411e038fp+1023, 0x1.c1605540494a3p+1020, &q));
    SHOW(q);
    SHOW(remquo(-7, 2, &q));
    SHOW(q);
    SHOW(remainder(5e-324, 1e-323));
    SHOW(nexttoward(1, 1.0000000000000000000000001L));
    SHOW(nexttowardf(1, -INFINITY));
    SHOW(pow(0x1.fffffffffffffp-1, -0x1p53));
    SHOW(pow(10, -320));
    SHOW(hypot(1e308, 1e308));
    SHOW(hypot(3e-320, 4e-320));
    SHOW(tgamma(-170.5));
    SHOW(tgamma(-180.5));
    SHOW(tgamma(-0x1.660013963abe9p+7));
    SHOW(tgamma(23));
    SHOW(lgamma(-0.5));
    SHOW(log10(1e22));
    SHOW(log2(0x1p-1074));
    SHOW(cbrt(-27));
    return 0;
}
