/* Arithmetic of long double (128 bits) and of __int128, which the compiler leaves to the library.
 * The checksums were computed with another implementation. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef long double quad;

static uint64_t state = 88172645463325252u;
static uint32_t sum;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void add(const void *bytes, size_t n)
{
    for (const unsigned char *p = bytes; n > 0; n--)
        sum = (sum ^ *p++) * 16777619u;
}

static void add_quad(quad q)
{
    if (q != q)
        q = 1.25; /* NaNs differ in their bits */
    add(&q, sizeof q);
}

static quad random_quad(void)
{
    uint64_t u[2] = {next(), next()};
    quad q;
    switch (next() % 6) {
    case 0: /* below the normal range */
        u[1] &= 0x8000ffffffffffffu;
        break;
    case 1: /* few digits */
        u[0] = 0;
        u[1] &= 0xffffffff00000000u;
        break;
    case 2:
        return (quad)(int64_t)next();
    default: /* near 1, where sums round */
        u[1] = (u[1] & 0x8000ffffffffffffu) | (16383 - 100 + next() % 200) << 48;
    }
    memcpy(&q, u, sizeof q);
    return q;
}

static void arithmetic(void)
{
    quad a = random_quad(), b = random_quad();
    add_quad(a + b);
    add_quad(a - b);
    add_quad(a * b);
    add_quad(a / b);
    int order =
        (a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 | (a > b) << 4 | (a >= b) << 5;
    add(&order, sizeof order);
}

static void conversions(void)
{
    quad a = random_quad();
    uint64_t bits = next();
    double d = (double)a, e = (double)bits / 3;
    float f = (float)a;
    if (a == a) {
        add(&d, sizeof d);
        add(&f, sizeof f);
    }
    add_quad(e);
    add_quad((quad)(int64_t)bits);
    add_quad((quad)bits);
    add_quad((quad)(int32_t)bits);
    int64_t n = a > -9e18 && a < 9e18 ? (int64_t)a : 0;
    uint64_t m = a >= 0 && a < 18e18 ? (uint64_t)a : 0;
    add(&n, sizeof n);
    add(&m, sizeof m);
}

static void integers(void)
{
    __int128 a = (__int128)next() << 64 | next(), b = (__int128)next() << 64 | next();
    b >>= next() % 127;
    if (b == 0)
        b = 3;
    __int128 results[] = {a * b, a / b, a % b, a >> (next() % 128), a << (next() % 128)};
    add(results, sizeof results);
    unsigned __int128 u = (unsigned __int128)a, v = (unsigned __int128)b;
    unsigned __int128 more[] = {u / v, u % v, u >> (next() % 128)};
    add(more, sizeof more);
    double d = (double)a, e = (double)u;
    add(&d, sizeof d);
    add(&e, sizeof e);
    __int128 back = (__int128)(d / 3);
    add(&back, sizeof back);
}

static void checksum(const char *name, void (*step)(void))
{
    sum = 2166136261u;
    for (int i = 0; i < 3000; i++)
        step();
    printf("%s %08x\n", name, (unsigned)sum);
}

int main(void)
{
    checksum("arithmetic", arithmetic);
    checksum("conversions", conversions);
    checksum("integers", integers);
    printf("%.33Lg %.33Lg\n", 1.0L / 3, 2.0L / 3);
    return 0;
}
