/* The exact half of <math.h>; a checksum over random arguments was computed with another C
 * library. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t state = 88172645463325252u;
static uint32_t sum = 2166136261u;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void add(double d)
{
    unsigned char bytes[sizeof d];
    if (d != d)
        d = 1.25; /* NaNs differ in their bits */
    memcpy(bytes, &d, sizeof d);
    for (size_t i = 0; i < sizeof d; i++)
        sum = (sum ^ bytes[i]) * 16777619u;
}

static double random_double(int kind)
{
    uint64_t bits = next();
    double d;
    if (kind % 3 == 0)
        return (double)(int64_t)bits / 1024;
    if (kind % 7 == 0)
        bits &= 0xfffffffffffffu;
    memcpy(&d, &bits, sizeof d);
    return d == d ? d : 2.75;
}

int main(void)
{
    for (int i = 0; i < 20000; i++) {
        double x = random_double(i), y = i % 3 ? random_double(i + 1) : (double)(next() % 1000) / 8,
               whole;
        int e;
        add(fmod(x, y));
        add(frexp(x, &e));
        add(e);
        add(modf(x, &whole));
        add(whole);
        add(ldexp(x, (int)(next() % 4400) - 2200));
        add(nextafter(x, y));
        add(round(x));
        add(rint(x));
        add(fdim(x, y));
        add(sqrt(fabs(x)));
        add(fmodf((float)x, (float)y));
        add(ldexpf((float)x, (int)(next() % 600) - 300));
    }
    printf("%08x\n", (unsigned)sum);
    printf("%g %g %g %g %g %g\n", floor(-1.5), ceil(-1.5), trunc(-1.5), round(-2.5), rint(2.5),
           nearbyint(3.5));
    printf("%g %g %g %ld %lld\n", fmin(1, NAN), fmax(NAN, -2), copysign(3, -0.0), lround(-2.5),
           llrint(2.5));
    printf("%d %d %d %d %d\n", isnan(NAN) != 0, isinf(-INFINITY) != 0, isfinite(1.0) != 0,
           signbit(-0.0) != 0, isnormal(1e-310) != 0);
    printf("%d %d %d\n", fpclassify(0.0) == FP_ZERO, fpclassify(1e-310) == FP_SUBNORMAL,
           ilogb(1000.0));
    return 0;
}
