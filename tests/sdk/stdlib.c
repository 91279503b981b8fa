/* Sorting, searching, numbers from text, exit handlers, the environment. */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;
static unsigned long compared;

static unsigned next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 20);
}

static int compare_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    compared++;
    return (x > y) - (x < y);
}

static int compare_bytes(const void *a, const void *b)
{
    return memcmp(a, b, 3);
}

static int pattern(int kind, int i, int n)
{
    switch (kind) {
    case 0:
        return i;
    case 1:
        return n - i;
    case 2:
        return (int)(next() % 5);
    case 3:
        return i < n / 2 ? i : n - i;
    default:
        return (int)next();
    }
}

static void sorting(void)
{
    enum { MAX = 3000 };
    static int v[MAX];
    static unsigned char bytes[3 * MAX];
    int wrong = 0;
    for (int round = 0; round < 60; round++) {
        int n = round < 10 ? round : (int)(next() % MAX);
        for (int i = 0; i < n; i++)
            v[i] = pattern(round % 5, i, n);
        compared = 0;
        qsort(v, (size_t)n, sizeof v[0], compare_int);
        for (int i = 1; i < n; i++)
            wrong += v[i - 1] > v[i];
        wrong += compared > 100 + 40ul * (unsigned)n;
        if (n > 0)
            wrong += bsearch(&v[n / 2], v, (size_t)n, sizeof v[0], compare_int) == NULL;
        for (int i = 0; i < 3 * n; i++)
            bytes[i] = (unsigned char)next();
        qsort(bytes, (size_t)n, 3, compare_bytes);
        for (int i = 1; i < n; i++)
            wrong += memcmp(bytes + 3 * i - 3, bytes + 3 * i, 3) > 0;
    }
    printf("sorting: %d wrong\n", wrong);
}

static void integers(void)
{
    static const char *const texts[] = {
        "0",
        "-1",
        "  42x",
        "0x1F",
        "077",
        "99999999999999999999",
        "-99999999999999999999",
        "2147483648",
        "-2147483649",
        "0x",
        "+5",
        "--5",
        "z",
        "",
        "9223372036854775807",
        "-9223372036854775808",
    };
    static const int bases[] = {0, 2, 8, 10, 16, 36};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        printf("%s:", texts[i]);
        for (size_t b = 0; b < sizeof bases / sizeof bases[0]; b++) {
            char *end;
            errno = 0;
            long long n = strtoll(texts[i], &end, bases[b]);
            printf(" %lld/%d%s", n, (int)(end - texts[i]), errno == ERANGE ? "!" : "");
        }
        errno = 0;
        printf(" | %ld%s", strtol(texts[i], NULL, 10), errno == ERANGE ? "!" : "");
        errno = 0;
        printf(" %lu%s\n", strtoul(texts[i], NULL, 10), errno == ERANGE ? "!" : "");
    }
}

static void floats(void)
{
    static const char *const texts[] = {
        "inf",
        "-INFINITY",
        "nan(abc)",
        "infi",
        "1e",
        "1e+x",
        ".5",
        "5.",
        ".",
        "0x1p3",
        "0x.8p",
        "0x",
        "1e400",
        "-1e400",
        "1e-400",
        "1e-320",
        "1e99999999999",
        "0e99999999999",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "0x1.fffffffffffff8p0",
        "9007199254740993",
        "9007199254740993.00000000000000000000000000000000000000001",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *end;
        errno = 0;
        double d = strtod(texts[i], &end);
        printf("%s: %a/%d%s %a\n", texts[i], d, (int)(end - texts[i]), errno == ERANGE ? "!" : "",
               (double)strtof(texts[i], NULL));
    }
}

static void at_end(void)
{
    puts("first registered, last called");
}

static void near_end(void)
{
    puts("last registered, first called");
}

int main(void)
{
    sorting();
    integers();
    floats();
    div_t q = div(-7, 2);
    printf("%d %d %d %lld\n", q.quot, q.rem, abs(-3), llabs(-4));
    setenv("COLOUR", "red", 1);
    setenv("COLOUR", "green", 0);
    printf("%s", getenv("COLOUR"));
    setenv("COLOUR", "blue", 1);
    printf(" %s", getenv("COLOUR"));
    unsetenv("COLOUR");
    printf(" %s\n", getenv("COLOUR") ? "still there" : "gone");
    atexit(at_end);
    atexit(near_end);
    return 0;
}
