/* printf's language: parsing, integers, characters and strings. Numbers with a point:
 * format_float.c. */
#include "stdio/format.h"
#include "stdio/format_float.h"
#include "stdio/sink.h"
#include "internal/utf8.h"
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

/* Every program that prints carries this. */
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)

enum { DIGITS_MAX = 24, /* 64 bits in octal */ POSITION_MAX = 99 };

void __sink_write(struct sink *s, const char *from, size_t n)
{
    s->count += n;
    if (n > 0)
        s->write(s, from, n);
}

void __sink_fill(struct sink *s, char c, long n)
{
    enum { RUN = 16 };
    const char *run = c == '0' ? "0000000000000000" : "                ";
    for (; n > RUN; n -= RUN)
        __sink_write(s, run, RUN);
    if (n > 0)
        __sink_write(s, run, (size_t)n);
}

/* Spaces on the side that the flags say. */
static void write_padded(struct sink *s, const struct spec *spec, const char *from, size_t n)
{
    long pad = spec->width - (long)n;
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', pad);
    __sink_write(s, from, n);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', pad);
}

static uint64_t signed_argument(struct arguments *args, char length)
{
    switch (length) {
    case 'H':
        return (uint64_t)(int64_t)(signed char)va_arg(args->list, int);
    case 'h':
        return (uint64_t)(int64_t)(short)va_arg(args->list, int);
    case 'l':
    case 'z':
    case 't':
        return (uint64_t)(int64_t)va_arg(args->list, long);
    case 'q':
    case 'j':
    case 'L':
        return va_arg(args->list, uint64_t);
    default:
        return (uint64_t)(int64_t)va_arg(args->list, int);
    }
}

static uint64_t unsigned_argument(struct arguments *args, char length)
{
    uint64_t n = signed_argument(args, length);
    switch (length) {
    case 'H':
        return (unsigned char)n;
    case 'h':
        return (unsigned short)n;
    case 'q':
    case 'j':
    case 'L':
        return n;
    default:
        return (uint32_t)n;
    }
}

/* Writes the digits so that they end at `end`; returns where they start. None for zero. */
static char *digits_decimal(uint64_t n, char *end)
{
    for (; n > UINT32_MAX; n /= 10)
        *--end = (char)('0' + n % 10);
    for (uint32_t m = (uint32_t)n; m > 0; m /= 10)
        *--end = (char)('0' + m % 10);
    return end;
}

static char *digits_power_of_two(uint64_t n, unsigned bits, char *end, const char *alphabet)
{
    for (; n > 0; n >>= bits)
        *--end = alphabet[n & ((1u << bits) - 1)];
    return end;
}

/* `n` digits, none for zero itself: the precision says how many there have to be, 1 by default. */
static void write_integer(struct sink *s, const struct spec *spec, const char *prefix,
                          const char *digits, size_t n)
{
    long prefix_len = (long)strlen(prefix), count = (long)n, wanted = spec->precision;
    if (wanted < 0)
        wanted = 1;
    if ((spec->flags & (SPEC_ZERO | SPEC_LEFT)) == SPEC_ZERO && spec->precision < 0 &&
        wanted < spec->width - prefix_len)
        wanted = spec->width - prefix_len;
    if (wanted < count)
        wanted = count;
    long pad = spec->width - prefix_len - wanted;
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', pad);
    __sink_write(s, prefix, (size_t)prefix_len);
    __sink_fill(s, '0', wanted - count);
    __sink_write(s, digits, n);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', pad);
}

static const char *sign_prefix(const struct spec *spec, int negative)
{
    if (negative)
        return "-";
    return spec->flags & SPEC_PLUS ? "+" : spec->flags & SPEC_SPACE ? " " : "";
}

static void format_integer(struct sink *s, struct spec *spec, struct arguments *args)
{
    char buffer[DIGITS_MAX], *end = buffer + DIGITS_MAX, *digits;
    const char *prefix = "";
    uint64_t n;
    switch (spec->conversion) {
    case 'd':
    case 'i':
        n = signed_argument(args, spec->length);
        prefix = sign_prefix(spec, (int64_t)n < 0);
        digits = digits_decimal((int64_t)n < 0 ? 0 - n : n, end);
        break;
    case 'u':
        digits = digits_decimal(unsigned_argument(args, spec->length), end);
        break;
    case 'o':
        digits = digits_power_of_two(unsigned_argument(args, spec->length), 3, end, "01234567");
        if (spec->flags & SPEC_ALT && spec->precision <= end - digits &&
            (digits < end || spec->precision == 0))
            *--digits = '0';
        break;
    case 'p':
        n = (uintptr_t)va_arg(args->list, void *);
        digits = digits_power_of_two(n, 4, end, "0123456789abcdef");
        prefix = "0x";
        break;
    default:
        n = unsigned_argument(args, spec->length);
        digits = digits_power_of_two(
            n, 4, end, spec->conversion == 'x' ? "0123456789abcdef" : "0123456789ABCDEF");
        if (spec->flags & SPEC_ALT && n != 0)
            prefix = spec->conversion == 'x' ? "0x" : "0X";
    }
    write_integer(s, spec, prefix, digits, (size_t)(end - digits));
}

/* Wide characters leave as UTF-8; the precision counts bytes and no character is cut. */
static void format_wide_string(struct sink *s, const struct spec *spec, const wchar_t *w)
{
    char bytes[4];
    size_t limit = spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision, n = 0;
    const wchar_t *end = w;
    for (; n < limit && *end; end++) {
        int len = __utf8_encode(bytes, *end);
        if (len < 0) {
            s->failed = EILSEQ;
            return;
        }
        if (n + (size_t)len > limit)
            break;
        n += (size_t)len;
    }
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', spec->width - (long)n);
    for (; w < end; w++)
        __sink_write(s, bytes, (size_t)__utf8_encode(bytes, *w));
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', spec->width - (long)n);
}

static void format_string(struct sink *s, const struct spec *spec, struct arguments *args)
{
    if (spec->length == 'l') {
        const wchar_t *w = va_arg(args->list, const wchar_t *);
        format_wide_string(s, spec, w ? w : L"(null)");
        return;
    }
    const char *text = va_arg(args->list, const char *);
    if (!text)
        text = "(null)";
    size_t n = 0;
    if (spec->precision < 0)
        n = strlen(text);
    while (n < (size_t)spec->precision && spec->precision > 0 && text[n])
        n++;
    write_padded(s, spec, text, n);
}

static void format_character(struct sink *s, const struct spec *spec, struct arguments *args)
{
    char bytes[4] = {0};
    int len = 1;
    if (spec->length == 'l')
        len = __utf8_encode(bytes, (wchar_t)va_arg(args->list, int));
    else
        bytes[0] = (char)va_arg(args->list, int);
    if (len < 0)
        s->failed = EILSEQ;
    else
        write_padded(s, spec, bytes, (size_t)len);
}

static void store_count(const struct sink *s, const struct spec *spec, struct arguments *args)
{
    void *to = va_arg(args->list, void *);
    switch (spec->length) {
    case 'H':
        *(signed char *)to = (signed char)s->count;
        break;
    case 'h':
        *(short *)to = (short)s->count;
        break;
    case 'q':
    case 'j':
        *(long long *)to = (long long)s->count;
        break;
    default: /* int and long are the same size */
        *(int *)to = (int)s->count;
    }
}

/* Where c stands in a text, -1: nowhere. memchr would be a good part of a small program. */
static int index_in(const char *text, char c)
{
    for (int i = 0; text[i]; i++)
        if (text[i] == c)
            return i;
    return -1;
}

/* Digits of a width or precision; what has more than nine is too much anyway. */
static int parse_number(const char **format)
{
    int n = 0;
    for (; (unsigned)**format - '0' < 10; ++*format)
        n = n < 100000000 ? n * 10 + (**format - '0') : INT_MAX / 2;
    return n;
}

static void parse_length(const char **format, struct spec *spec)
{
    char c = **format;
    spec->length = 0;
    if (index_in("hljztL", c) < 0)
        return;
    ++*format;
    spec->length = c;
    if ((c == 'h' || c == 'l') && **format == c) {
        ++*format;
        spec->length = c == 'h' ? 'H' : 'q';
    }
}

/* How many bytes the argument at `position` takes: what the conversion says that names it, or those
 * of an int, for a width. */
static uintptr_t argument_size(const struct arguments *args, int position)
{
    struct arguments none = {.list = args->first};
    struct spec spec;
    for (const char *p = args->format; *p;) {
        if (*p++ != '%')
            continue;
        __format_parse(&p, &spec, &none);
        if (none.position != position)
            continue;
        if (spec.length == 'L')
            return 16;
        return spec.length == 'q' || spec.length == 'j' ||
                       index_in("eEfFgGaA", spec.conversion) >= 0
                   ? 8
                   : 4;
    }
    return 4;
}

/* "2$" is read: 2. */
static int read_position(const char **format)
{
    const char *p = *format;
    int position = parse_number(&p);
    if (*p != '$' || position > POSITION_MAX)
        return 0;
    *format = p + 1;
    return position;
}

/* The list goes on with the argument at `position`, if that is not 0. They lie in memory one behind
 * the other, each aligned to its size. */
static void seek_argument(struct arguments *args, int position)
{
    uintptr_t at = (uintptr_t)args->first;
    if (!args->format || position == 0)
        return;
    for (int i = 1; i < position; i++) {
        uintptr_t size = argument_size(args, i);
        at = (at + 2 * size - 1) & ~(size - 1);
    }
    args->list = (va_list)at;
}

static int number_or_star(const char **format, struct arguments *args)
{
    if (**format != '*')
        return parse_number(format);
    ++*format;
    seek_argument(args, read_position(format));
    return va_arg(args->list, int);
}

void __format_parse(const char **format, struct spec *spec, struct arguments *args)
{
    args->position = read_position(format);
    spec->flags = 0;
    for (int flag; (flag = index_in("-+ #0", **format)) >= 0; ++*format)
        spec->flags |= 1u << flag;
    spec->width = number_or_star(format, args);
    if (spec->width < 0) {
        spec->flags |= SPEC_LEFT;
        spec->width = spec->width == INT_MIN ? INT_MAX : -spec->width;
    }
    spec->precision = -1;
    if (**format == '.') {
        ++*format;
        spec->precision = number_or_star(format, args);
        if (spec->precision < 0)
            spec->precision = -1;
    }
    seek_argument(args, args->position);
    parse_length(format, spec);
    spec->conversion = **format;
}

int __format_convert(struct sink *s, struct spec *spec, struct arguments *args)
{
    struct binary_float v;
    switch (spec->conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'p':
        format_integer(s, spec, args);
        return 0;
    case 'c':
        format_character(s, spec, args);
        return 0;
    case 's':
        format_string(s, spec, args);
        return 0;
    case 'n':
        store_count(s, spec, args);
        return 0;
    case '%':
        __sink_write(s, "%", 1);
        return 0;
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
        v = spec->length == 'L' ? __float_from_quad(va_arg(args->list, long double))
                                : __float_from_double(va_arg(args->list, double));
        __format_float(s, spec, &v);
        return 0;
    default:
        return -1;
    }
}

int __format(struct sink *s, const char *format, va_list list)
{
    struct arguments args = {.format = format};
    va_copy(args.list, list);
    va_copy(args.first, list);
    while (*format && !s->failed) {
        size_t literal = 0; /* no strchrnul: it would be a good part of a small program */
        while (format[literal] && format[literal] != '%')
            literal++;
        __sink_write(s, format, literal);
        format += literal;
        if (*format == '\0')
            break;
        struct spec spec;
        format++;
        __format_parse(&format, &spec, &args);
        if (__format_convert(s, &spec, &args))
            s->failed = EINVAL;
        else
            format++;
        if (s->count > INT_MAX && !s->failed)
            s->failed = EOVERFLOW;
    }
    va_end(args.first);
    va_end(args.list);
    if (s->failed) {
        errno = s->failed;
        return -1;
    }
    return (int)s->count;
}

#pragma clang attribute pop
