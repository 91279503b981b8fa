/* Integers from text: one scanner, and the clamping of each type. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

struct scanned {
    uint64_t magnitude; /* UINT64_MAX with `overflow` */
    int negative, overflow;
};

static inline int digit_value(int c)
{
    if (isdigit(c))
        return c - '0';
    unsigned letter = (unsigned)(c | 32) - 'a';
    return letter < 26 ? (int)letter + 10 : 36;
}

static int has_hex_prefix(const char *s)
{
    return s[0] == '0' && (s[1] | 32) == 'x' && digit_value((unsigned char)s[2]) < 16;
}

#define NO_OVERFLOW (UINT64_MAX / 64) /* less than that times 36 fits */

/* n * base + d, UINT64_MAX if it does not fit. */
static uint64_t append_checked(uint64_t n, unsigned base, unsigned d, int *overflow)
{
    if (__builtin_mul_overflow(n, (uint64_t)base, &n) || __builtin_add_overflow(n, (uint64_t)d, &n))
        *overflow = 1;
    return *overflow ? UINT64_MAX : n;
}

/* Without digits `*end` is `s` itself. A bad base sets EINVAL. */
static struct scanned scan(const char *s, char **end, int base)
{
    struct scanned r = {0, 0, 0};
    if (end)
        *end = (char *)s;
    if (base < 0 || base == 1 || base > 36) {
        errno = EINVAL;
        return r;
    }
    while (*s == ' ' || (unsigned)*s - '\t' < 5)
        s++;
    if (*s == '-' || *s == '+')
        r.negative = *s++ == '-';
    if ((base == 0 || base == 16) && has_hex_prefix(s)) {
        s += 2;
        base = 16;
    } else if (base == 0) {
        base = *s == '0' ? 8 : 10;
    }
    const char *digits = s;
    uint64_t n = 0;
    for (int d; (d = digit_value((unsigned char)*s)) < base; s++) {
        if (n < NO_OVERFLOW)
            n = n * (unsigned)base + (unsigned)d;
        else
            n = append_checked(n, (unsigned)base, (unsigned)d, &r.overflow);
    }
    r.magnitude = n;
    if (end && s > digits)
        *end = (char *)s;
    return r;
}

static int64_t signed_value(struct scanned r, int64_t max)
{
    uint64_t limit = (uint64_t)max + (uint64_t)r.negative;
    if (r.magnitude > limit) {
        errno = ERANGE;
        r.magnitude = limit;
    }
    return (int64_t)(r.negative ? 0 - r.magnitude : r.magnitude);
}

static uint64_t unsigned_value(struct scanned r, uint64_t max)
{
    if (r.overflow || r.magnitude > max) {
        errno = ERANGE;
        return max;
    }
    return r.negative ? 0 - r.magnitude : r.magnitude;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
    return (long)signed_value(scan(s, end, base), LONG_MAX);
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
    return (unsigned long)unsigned_value(scan(s, end, base), ULONG_MAX);
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
    return signed_value(scan(s, end, base), INT64_MAX);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
    return unsigned_value(scan(s, end, base), UINT64_MAX);
}

intmax_t strtoimax(const char *restrict s, char **restrict end, int base)
{
    return signed_value(scan(s, end, base), INTMAX_MAX);
}

uintmax_t strtoumax(const char *restrict s, char **restrict end, int base)
{
    return unsigned_value(scan(s, end, base), UINTMAX_MAX);
}
