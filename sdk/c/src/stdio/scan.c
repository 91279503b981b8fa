/* scanf's language. */
#include "stdio/scan.h"
#include "stdio/scan_text.h"
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

struct directive {
    int position;    /* of its argument; 0: the next one */
    int suppress;    /* '*' */
    int allocate;    /* 'm' */
    long long width; /* LLONG_MAX: none given */
    char length;     /* as in struct spec: 'H' hh, 'q' ll */
    char conversion;
};

enum outcome { MATCHED, MISMATCH, AT_END };

struct arguments {
    va_list list, first; /* first: of addresses, which lie one behind the other */
};

static int skip_space(struct char_source *s)
{
    int c;
    do
        c = __source_get(s);
    while (c != EOF && isspace(c));
    __source_unget(s, c);
    return c;
}

static void store_integer(void *to, char length, uint64_t n)
{
    switch (length) {
    case 'H':
        *(unsigned char *)to = (unsigned char)n;
        break;
    case 'h':
        *(unsigned short *)to = (unsigned short)n;
        break;
    case 'q':
    case 'j':
    case 'L':
        *(uint64_t *)to = n;
        break;
    default:
        *(uint32_t *)to = (uint32_t)n;
    }
}

static unsigned digit_value(int c)
{
    return isdigit(c) ? (unsigned)c - '0' : isalpha(c) ? ((unsigned)c | 32) - 'a' + 10 : 36;
}

/* Reads sign, prefix and digits. Values beyond 64 bits keep the largest one. */
static enum outcome scan_integer(struct char_source *s, unsigned base, uint64_t *out)
{
    uint64_t n = 0;
    int c = __source_get(s), negative = c == '-', digits = 0, overflow = 0;
    if (c == EOF)
        return AT_END;
    if (c == '+' || c == '-')
        c = __source_get(s);
    if (c == '0' && (base == 0 || base == 16)) {
        digits = 1;
        c = __source_get(s);
        if (c == 'x' || c == 'X') {
            digits = 0; /* "0x" alone matches nothing */
            base = 16;
            c = __source_get(s);
        } else if (base == 0) {
            base = 8;
        }
    }
    if (base == 0)
        base = 10;
    for (; c != EOF && digit_value(c) < base; c = __source_get(s), digits = 1)
        overflow |= __builtin_mul_overflow(n, (uint64_t)base, &n) ||
                    __builtin_add_overflow(n, (uint64_t)digit_value(c), &n);
    __source_unget(s, c);
    if (!digits)
        return MISMATCH;
    if (overflow)
        n = UINT64_MAX;
    *out = negative ? 0 - n : n;
    return MATCHED;
}

static enum outcome convert_integer(struct char_source *s, const struct directive *d, void *to)
{
    static const char conversions[] = "diuxXop";
    static const unsigned char bases[] = {10, 0, 10, 16, 16, 8, 16};
    uint64_t n = 0;
    enum outcome o = scan_integer(s, bases[strchr(conversions, d->conversion) - conversions], &n);
    if (o == MATCHED && to)
        store_integer(to, d->length, n);
    return o;
}

static enum outcome convert_float(struct char_source *s, const struct directive *d, void *to)
{
    struct binary_float v;
    enum scan_result r;
    if (d->length == 'L')
        r = __float_scan(s, FLOAT_SCAN_QUAD, &v);
    else if (d->length == 'l')
        r = __float_scan(s, FLOAT_SCAN_DOUBLE, &v);
    else
        r = __float_scan(s, FLOAT_SCAN_FLOAT, &v);
    if (r == SCAN_NONE)
        return MISMATCH;
    if (!to)
        return MATCHED;
    if (d->length == 'L')
        *(long double *)to = __float_to_quad(&v);
    else if (d->length == 'l')
        *(double *)to = __float_to_double(&v);
    else
        *(float *)to = __float_to_float(&v);
    return MATCHED;
}

static enum outcome convert_characters(struct char_source *s, const struct directive *d, void *to)
{
    long long wanted = d->width == LLONG_MAX ? 1 : d->width;
    struct scan_text t;
    int failed = __scan_text_init(&t, to, d->length == 'l', d->allocate), c = 0;
    for (; wanted > 0 && !failed && (c = __source_get(s)) != EOF; wanted--)
        failed = __scan_text_put(&t, c);
    int matched = !failed && wanted == 0;
    __scan_text_fini(&t, 0, matched);
    return matched ? MATCHED : failed ? MISMATCH : AT_END;
}

/* The characters of "[...]"; returns where the format goes on, at ']' or at its end. */
static const char *parse_set(const char *format, unsigned char *set)
{
    int invert = *format == '^';
    format += invert;
    memset(set, invert, 256);
    for (const char *first = format; *format && (*format != ']' || format == first); format++) {
        unsigned char from = (unsigned char)*format, to = from;
        if (format[1] == '-' && format[2] && format[2] != ']') {
            to = (unsigned char)format[2];
            format += 2;
        }
        for (unsigned c = from; c <= to; c++)
            set[c] = !invert;
    }
    return format;
}

/* %s and %[: characters as long as they are in the set. */
static enum outcome convert_set(struct char_source *s, const struct directive *d,
                                const unsigned char *set, void *to)
{
    int c, any = 0;
    struct scan_text t;
    int failed = __scan_text_init(&t, to, d->length == 'l', d->allocate);
    while ((c = __source_get(s)) != EOF && set[c] && !failed) {
        any = 1;
        failed = __scan_text_put(&t, c);
    }
    __source_unget(s, c);
    failed |= __scan_text_fini(&t, 1, any && !failed);
    return any && !failed ? MATCHED : !any && c == EOF && s->left > 0 ? AT_END : MISMATCH;
}

static void store_count(long long taken, const struct directive *d, void *to)
{
    if (to)
        store_integer(to, d->length, (uint64_t)taken);
}

/* "2$" is read: 2. Otherwise 0. */
static int read_position(const char **format)
{
    enum { POSITION_MAX = 99 };
    const char *p = *format;
    int position = 0;
    for (; isdigit(*p) && position <= POSITION_MAX; p++)
        position = position * 10 + (*p - '0');
    if (*p != '$' || position > POSITION_MAX)
        return 0;
    *format = p + 1;
    return position;
}

static const char *parse_directive(const char *format, struct directive *d)
{
    d->position = read_position(&format);
    d->suppress = *format == '*';
    format += d->suppress;
    d->width = 0;
    for (; isdigit(*format); format++)
        d->width = d->width < 100000000 ? d->width * 10 + (*format - '0') : d->width;
    if (d->width == 0)
        d->width = LLONG_MAX;
    d->allocate = *format == 'm';
    format += d->allocate;
    d->length = 0;
    if (*format && strchr("hljztL", *format)) {
        d->length = *format++;
        if ((d->length == 'h' || d->length == 'l') && *format == d->length) {
            d->length = d->length == 'h' ? 'H' : 'q';
            format++;
        }
    }
    d->conversion = *format;
    return format;
}

/* One conversion; `*format` stands on its letter and ends on its last character. */
static enum outcome convert(struct char_source *s, const struct directive *d, const char **format,
                            void *to)
{
    unsigned char set[256];
    switch (d->conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
    case 'p':
        return convert_integer(s, d, to);
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        return convert_float(s, d, to);
    case 'c':
        return convert_characters(s, d, to);
    case 's':
        for (int c = 0; c < 256; c++)
            set[c] = !isspace(c);
        return convert_set(s, d, set, to);
    case '[':
        *format = parse_set(*format + 1, set);
        return convert_set(s, d, set, to);
    default:
        return MISMATCH;
    }
}

/* A literal character, white space or "%%". */
static enum outcome match_literal(struct char_source *s, char wanted)
{
    if (isspace((unsigned char)wanted)) {
        skip_space(s);
        return MATCHED;
    }
    int c = __source_get(s);
    if (c == (unsigned char)wanted)
        return MATCHED;
    __source_unget(s, c);
    return c == EOF ? AT_END : MISMATCH;
}

static enum outcome run_directive(struct char_source *s, const char **format,
                                  struct arguments *args, int *stored)
{
    struct directive d;
    *format = parse_directive(*format + 1, &d);
    if (d.conversion == '%') {
        skip_space(s);
        return match_literal(s, '%');
    }
    void *to = NULL;
    if (d.position && !d.suppress)
        to = ((void **)args->first)[d.position - 1];
    else if (!d.suppress)
        to = va_arg(args->list, void *);
    if (d.conversion == 'n') {
        store_count(s->taken, &d, to);
        return MATCHED;
    }
    if (d.conversion && !strchr("c[", d.conversion) && skip_space(s) == EOF)
        return AT_END;
    long long before = s->left;
    s->left = d.width < before ? d.width : before;
    long long limit = s->left;
    enum outcome o = convert(s, &d, format, to);
    s->left = before - (limit - s->left);
    if (o == MATCHED && to)
        ++*stored;
    return o;
}

int __scan(struct char_source *s, const char *format, va_list list)
{
    struct arguments args;
    va_copy(args.first, list);
    enum outcome o = MATCHED;
    int stored = 0;
    va_copy(args.list, list);
    for (; *format && o == MATCHED; format++) {
        if (*format == '%')
            o = run_directive(s, &format, &args, &stored);
        else
            o = match_literal(s, *format);
        if (*format == '\0')
            break;
    }
    va_end(args.list);
    va_end(args.first);
    return o == AT_END && stored == 0 ? EOF : stored;
}
