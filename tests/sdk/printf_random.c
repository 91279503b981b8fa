/* printf and strtod on random input. Each line is a checksum over many conversions; the expected
 * ones were computed with another C library. The argument is the number of lines: `./foreman
 * conformance floats` asks for many, and compares with what the machine's own library makes of
 * them. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 10, PER_BLOCK = 300, TEXT_MAX = 4000 };

static uint64_t state = 88172645463325252u;
static uint32_t sum;
static char text[TEXT_MAX];

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 13);
}

static uint64_t next64(void)
{
    uint64_t high = next();
    return high << 32 | next();
}

static void add(const void *bytes, size_t n)
{
    for (const unsigned char *p = bytes; n > 0; n--)
        sum = (sum ^ *p++) * 16777619u;
}

static double from_bits(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d == d ? d : 1.5;
}

static double random_double(void)
{
    switch (next() % 8) {
    case 0:
        return (double)(int64_t)next64();
    case 1:
        return (double)(next() % 100000) / 1000;
    case 2:
        return (double)(next() % 1000) / 8;
    case 3:
        return from_bits(next64() & 0xfffffffffffffu); /* below the normal range */
    case 4:
        return (double)(next() % 1000000) + 0.5;
    case 5:
        return (double)((int)(next() % 2000) - 1000) * 0.0625;
    default:
        return from_bits(next64());
    }
}

static size_t random_flags(char *format)
{
    static const char flags[] = "-+ #0";
    size_t n = 0;
    format[n++] = '%';
    for (const char *f = flags; *f; f++)
        if (next() % 4 == 0)
            format[n++] = *f;
    if (next() % 3 == 0)
        n += (size_t)sprintf(format + n, "%u", next() % 40 + 1);
    return n;
}

static void floats(void)
{
    char format[40];
    double d = random_double();
    for (int i = 0; i < 4; i++) {
        size_t n = random_flags(format);
        if (next() % 3)
            n += (size_t)sprintf(format + n, ".%u", next() % (next() % 40 ? 25 : 400));
        sprintf(format + n, "%c", "feaFEA"[next() % 6]);
        int len = snprintf(text, sizeof text, format, d);
        add(text, (size_t)len);
    }
    int len = snprintf(text, sizeof text, "%g|%.3g|%.17g|%G", d, d, d, d);
    add(text, (size_t)len);
}

static void integers(void)
{
    static const char *const lengths[] = {"", "ll", "h", "hh", "j"};
    char format[40];
    for (int i = 0; i < 3; i++) {
        uint64_t x = next64() >> next() % 64;
        size_t n = random_flags(format);
        if (next() % 3 == 0)
            n += (size_t)sprintf(format + n, ".%u", next() % 25);
        const char *length = lengths[next() % 5];
        sprintf(format + n, "%s%c", length, "diuoxX"[next() % 6]);
        int wide = length[0] == 'l' || length[0] == 'j';
        int len = wide ? snprintf(text, sizeof text, format, x)
                       : snprintf(text, sizeof text, format, (int)x);
        add(text, (size_t)len);
    }
}

static void read_back(void)
{
    double d = random_double();
    sprintf(text, "%.17g", d);
    double again = strtod(text, NULL);
    if (memcmp(&again, &d, sizeof d) != 0)
        printf("%s is read back as %.17g\n", text, again);
    sprintf(text, "%a", d);
    again = strtod(text, NULL);
    if (memcmp(&again, &d, sizeof d) != 0)
        printf("%s is read back as %a\n", text, again);
}

static void parse(void)
{
    size_t n = 0, digits = next() % (next() % 20 ? 25 : 800) + 1, point = next() % (digits + 1);
    if (next() % 4 == 0)
        text[n++] = '-';
    for (size_t i = 0; i < digits; i++) {
        if (i == point)
            text[n++] = '.';
        text[n++] = (char)('0' + next() % 10);
    }
    if (next() % 2)
        n += (size_t)sprintf(text + n, "e%d", (int)(next() % 700) - 350);
    text[n] = '\0';
    char *end;
    double d = strtod(text, &end);
    float f = strtof(text, NULL);
    add(&d, sizeof d);
    add(&f, sizeof f);
    if (*end)
        printf("%s is not read to its end\n", text);
}

int main(int argc, char **argv)
{
    int blocks = argc > 1 ? atoi(argv[1]) : BLOCKS;
    for (int block = 0; block < blocks; block++) {
        sum = 2166136261u;
        for (int i = 0; i < PER_BLOCK; i++) {
            floats();
            integers();
            read_back();
            parse();
        }
        printf("%08x\n", (unsigned)sum);
    }
    return 0;
}
