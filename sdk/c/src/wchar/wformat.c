/* wprintf's language: printf's, but that widths and precisions of text count wide characters. */
#include "wchar/wformat.h"
#include "internal/utf8.h"
#include "stdio/format.h"
#include <errno.h>
#include <limits.h>

enum { SPEC_TEXT_MAX = 64 };

static void write_char(struct sink *s, wchar_t c)
{
    char bytes[4];
    int n = __utf8_encode(bytes, c);
    if (n < 0) {
        s->failed = EILSEQ;
        return;
    }
    __sink_write(s, bytes, (size_t)n);
    s->count -= (uint64_t)n - 1; /* one character */
}

/* The next character of a text of either kind, 0 at its end. */
struct text {
    const wchar_t *wide;
    const char *bytes;
};

static wchar_t next_char(struct sink *s, struct text *t)
{
    wchar_t c = 0;
    if (t->wide)
        return *t->wide++;
    size_t n = 1;
    while (n < 4 && t->bytes[n - 1])
        n++;
    int len = __utf8_decode(t->bytes, n, &c);
    if (len < 0)
        s->failed = EILSEQ;
    t->bytes += len > 0 ? len : 0;
    return len > 0 ? c : 0;
}

static void write_text(struct sink *s, const struct spec *spec, struct text t)
{
    struct text counting = t;
    long limit = spec->precision < 0 ? LONG_MAX : spec->precision, n = 0;
    while (n < limit && next_char(s, &counting))
        n++;
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', spec->width - n);
    for (long i = 0; i < n; i++)
        write_char(s, next_char(s, &t));
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', spec->width - n);
}

static void format_string(struct sink *s, const struct spec *spec, struct arguments *args)
{
    struct text t = {NULL, NULL};
    if (spec->length == 'l')
        t.wide = va_arg(args->list, const wchar_t *);
    else
        t.bytes = va_arg(args->list, const char *);
    if (!t.wide && !t.bytes)
        t.wide = L"(null)";
    write_text(s, spec, t);
}

static void format_character(struct sink *s, struct spec *spec, struct arguments *args)
{
    int c = va_arg(args->list, int);
    wchar_t wide = spec->length == 'l' ? c : btowc((unsigned char)c);
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', spec->width - 1L);
    write_char(s, wide);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', spec->width - 1L);
}

/* One specification behind '%'; returns where the format goes on. */
static const wchar_t *format_one(struct sink *s, const wchar_t *format, struct arguments *args)
{
    char text[SPEC_TEXT_MAX];
    const char *at = text;
    struct spec spec;
    size_t n = 0;
    while (n < sizeof text - 2 && *format && wcschr(L"-+ #0123456789*.hljztL", *format))
        text[n++] = (char)*format++;
    text[n++] = *format > 0 && *format < 128 ? (char)*format : '?';
    text[n] = '\0';
    __format_parse(&at, &spec, args);
    if (spec.conversion == 's')
        format_string(s, &spec, args);
    else if (spec.conversion == 'c')
        format_character(s, &spec, args);
    else if (__format_convert(s, &spec, args))
        s->failed = EINVAL;
    return *format ? format + 1 : format;
}

int __format_wide(struct sink *s, const wchar_t *format, va_list list)
{
    struct arguments args = {.format = NULL};
    va_copy(args.list, list);
    while (*format && !s->failed) {
        if (*format == L'%')
            format = format_one(s, format + 1, &args);
        else
            write_char(s, *format++);
        if (s->count > INT_MAX && !s->failed)
            s->failed = EOVERFLOW;
    }
    va_end(args.list);
    if (s->failed) {
        errno = s->failed;
        return -1;
    }
    return (int)s->count;
}
