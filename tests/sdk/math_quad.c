/* <math.h> for long double, which has 113 bits: 30 digits of each function at one argument or two,
 * exact results, and special values. */
#include <math.h>
#include <stdio.h>

static void show(const char *what, long double x)
{
    if (isnan(x))
        printf("%s nan\n", what);
    else
        printf("%s %.30Lg\n", what, x);
}
#define SHOW(x) show(#x, x)

static void transcendental(void)
{
    const long double x = 0.7L, large = 1e4000L;
    SHOW(expl(x));
    SHOW(expl(-11000));
    SHOW(exp2l(x));
    SHOW(exp10l(-4900.5L));
    SHOW(expm1l(1e-20L));
    SHOW(logl(large));
    SHOW(log2l(x));
    SHOW(log10l(x));
    SHOW(log1pl(-1e-20L));
    SHOW(powl(x, -12.25L));
    SHOW(sinl(x));
    SHOW(cosl(large));
    SHOW(tanl(-x));
    SHOW(asinl(x));
    SHOW(acosl(x));
    SHOW(atanl(1 / x));
    SHOW(atan2l(-x, -2));
    SHOW(sinhl(x));
    SHOW(coshl(x));
    SHOW(tanhl(x));
    SHOW(asinhl(x));
    SHOW(acoshl(1 + x));
    SHOW(atanhl(x));
    SHOW(erfl(x));
    SHOW(erfcl(9));
    SHOW(tgammal(x));
    SHOW(lgammal(1e20L));
    SHOW(sqrtl(x));
    SHOW(cbrtl(x));
    SHOW(hypotl(1e4900L, 2e4900L));
}

static void exact(void)
{
    int n;
    long double whole;
    SHOW(floorl(-2.5L));
    SHOW(ceill(-2.5L));
    SHOW(roundl(2.5L));
    SHOW(rintl(2.5L));
    SHOW(truncl(0x1.8p111L));
    SHOW(fmodl(1e4000L, 7));
    SHOW(remainderl(11, 4));
    SHOW(remquol(-29, 4, &n));
    printf("%d\n", n);
    SHOW(fmal(0x1p60L + 1, 0x1p60L - 1, -0x1p120L));
    SHOW(fmal(1e4900L, 1e4900L, -HUGE_VALL));
    SHOW(frexpl(-0x1p-16494L, &n));
    printf("%d\n", n);
    SHOW(scalbnl(3, -16495) / 0x1p-16494L);
    SHOW(modfl(-3.25L, &whole));
    SHOW(whole);
    printf("%d %ld %lld\n", ilogbl(0x1p-16494L), lroundl(-2.5L), llrintl(1e15L + 0.5L));
    SHOW(nextafterl(0, -1) / 0x1p-16494L);
    SHOW(fdiml(5, 3));
    SHOW(fminl(NAN, 1));
    SHOW(fmaxl(-0.0L, 0));
    SHOW(logbl(0));
}

static void special(void)
{
    SHOW(sqrtl(-1));
    SHOW(sinl(HUGE_VALL));
    SHOW(logl(0));
    SHOW(logl(-1));
    SHOW(expl(12000));
    SHOW(expl(-HUGE_VALL));
    SHOW(powl(-8, 1 / 3.0L));
    SHOW(powl(-2, 3));
    SHOW(powl(-0.0L, -3));
    SHOW(powl(NAN, 0));
    SHOW(fmodl(1, 0));
    SHOW(asinl(2));
    SHOW(atan2l(-0.0L, -1));
    SHOW(tgammal(-3));
    SHOW(tgammal(5));
    SHOW(lgammal(-0.5L));
    printf("signgam %d\n", signgam);
    SHOW(hypotl(NAN, HUGE_VALL));
}

int main(void)
{
    transcendental();
    exact();
    special();
    return 0;
}
