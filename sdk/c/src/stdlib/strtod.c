/* strtof, strtod, strtold. */
#include "internal/float_scan.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* Reads a number of the given type into `out`. */
static void scan_string(const char *s, char **end, int bits, int least, int largest,
                        struct binary_float *out)
{
    const char *start = s;
    while (*start == ' ' || (unsigned)*start - '\t' < 5)
        start++;
    struct char_source source = {.string = (const unsigned char *)start, .left = LLONG_MAX};
    enum scan_result result = __float_scan(&source, bits, least, largest, out);
    if (result == SCAN_NONE)
        *out = (struct binary_float){.kind = FLOAT_FINITE, .bits = (uint8_t)bits};
    if (result == SCAN_RANGE)
        errno = ERANGE;
    if (end)
        *end = (char *)(result == SCAN_NONE ? s : (const char *)source.string);
}

float strtof(const char *restrict s, char **restrict end)
{
    struct binary_float v;
    scan_string(s, end, FLOAT_SCAN_FLOAT, &v);
    return __float_to_float(&v);
}

double strtod(const char *restrict s, char **restrict end)
{
    struct binary_float v;
    scan_string(s, end, FLOAT_SCAN_DOUBLE, &v);
    return __float_to_double(&v);
}

long double strtold(const char *restrict s, char **restrict end)
{
    struct binary_float v;
    scan_string(s, end, FLOAT_SCAN_QUAD, &v);
    return __float_to_quad(&v);
}

double atof(const char *s)
{
    return strtod(s, NULL);
}
