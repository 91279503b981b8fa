#include "base/format.h"

#include "base/string.h"

enum { LEFT = 1, ZERO = 2, PLUS = 4, SPACE = 8, ALTERNATE = 16, UPPER = 32 };
enum length { LEN_INT, LEN_CHAR, LEN_SHORT, LEN_LONG, LEN_LLONG, LEN_SIZE, LEN_PTRDIFF, LEN_MAX };

enum { DIGITS_MAX = 24 }; /* 64 bits in octal, and some */

struct output {
    fmt_sink_fn sink;
    void *arg;
    size_t len;
};

struct spec {
    unsigned flags;
    int width, precision; /* precision -1: none given */
    enum length length;
    char conversion;
};

static void put(struct output *o, const char *text, size_t len)
{
    if (len)
        o->sink(o->arg, text, len);
    o->len += len;
}

static void pad(struct output *o, char c, int64_t n)
{
    char block[16];

    memset(block, c, sizeof block);
    for (; n > 0; n -= (int64_t)sizeof block)
        put(o, block, n < (int64_t)sizeof block ? (size_t)n : sizeof block);
}

static int read_number(const char **p)
{
    int n = 0;

    while (**p >= '0' && **p <= '9') {
        int digit = *(*p)++ - '0';
        n = n > (INT_MAX - digit) / 10 ? INT_MAX : n * 10 + digit;
    }
    return n;
}

static unsigned read_flags(const char **p)
{
    static const char letters[] = "-0+ #";
    unsigned flags = 0;
    const char *at;

    while (**p && (at = strchr(letters, **p))) {
        flags |= 1u << (at - letters);
        ++*p;
    }
    return flags;
}

static enum length read_length(const char **p)
{
    switch (*(*p)++) {
    case 'h':
        return **p == 'h' ? ++*p, LEN_CHAR : LEN_SHORT;
    case 'l':
        return **p == 'l' ? ++*p, LEN_LLONG : LEN_LONG;
    case 'z':
        return LEN_SIZE;
    case 't':
        return LEN_PTRDIFF;
    case 'j':
        return LEN_MAX;
    default:
        --*p;
        return LEN_INT;
    }
}

static int64_t arg_signed(enum length length, va_list *ap)
{
    switch (length) {
    case LEN_CHAR:
        return (signed char)va_arg(*ap, int);
    case LEN_SHORT:
        return (short)va_arg(*ap, int);
    case LEN_INT:
        return va_arg(*ap, int);
    case LEN_PTRDIFF:
        return va_arg(*ap, ptrdiff_t);
    case LEN_LLONG:
        return va_arg(*ap, long long);
    default:
        return va_arg(*ap, long);
    }
}

static uint64_t arg_unsigned(enum length length, va_list *ap)
{
    switch (length) {
    case LEN_CHAR:
        return (unsigned char)va_arg(*ap, int);
    case LEN_SHORT:
        return (unsigned short)va_arg(*ap, int);
    case LEN_INT:
        return va_arg(*ap, unsigned);
    case LEN_LLONG:
        return va_arg(*ap, unsigned long long);
    default:
        return va_arg(*ap, unsigned long);
    }
}

/* prefix, zeroes (precision or 0 flag), digits; padded to the width. */
static void put_integer(struct output *o, const struct spec *s, const char *prefix, uint64_t value,
                        unsigned base)
{
    const char *alphabet = s->flags & UPPER ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[DIGITS_MAX], *d = digits + DIGITS_MAX;
    int64_t ndigits, nprefix = (int64_t)strlen(prefix), zeroes = 0, fill;

    for (uint64_t v = value; v; v /= base)
        *--d = alphabet[v % base];
    if (!value && s->precision)
        *--d = '0';
    ndigits = digits + DIGITS_MAX - d;
    if (s->precision > ndigits)
        zeroes = s->precision - ndigits;
    if (base == 8 && s->flags & ALTERNATE && !zeroes && (!ndigits || *d != '0'))
        zeroes = 1;
    fill = s->width - nprefix - zeroes - ndigits;
    if (s->flags & ZERO && !(s->flags & LEFT) && s->precision < 0 && fill > 0) {
        zeroes += fill;
        fill = 0;
    }
    if (!(s->flags & LEFT))
        pad(o, ' ', fill);
    put(o, prefix, (size_t)nprefix);
    pad(o, '0', zeroes);
    put(o, d, (size_t)ndigits);
    if (s->flags & LEFT)
        pad(o, ' ', fill);
}

static void put_signed(struct output *o, const struct spec *s, int64_t value)
{
    const char *prefix = value < 0 ? "-" : s->flags & PLUS ? "+" : s->flags & SPACE ? " " : "";

    put_integer(o, s, prefix, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
}

static void put_hex(struct output *o, struct spec *s, uint64_t value)
{
    const char *prefix = "";

    if (s->conversion == 'X')
        s->flags |= UPPER;
    if (s->flags & ALTERNATE && value)
        prefix = s->flags & UPPER ? "0X" : "0x";
    put_integer(o, s, prefix, value, 16);
}

static void put_text(struct output *o, const struct spec *s, const char *text, size_t len)
{
    int64_t fill = s->width - (int64_t)len;

    if (!(s->flags & LEFT))
        pad(o, ' ', fill);
    put(o, text, len);
    if (s->flags & LEFT)
        pad(o, ' ', fill);
}

static void put_string(struct output *o, const struct spec *s, const char *text)
{
    if (!text)
        text = "(null)";
    put_text(o, s, text, s->precision < 0 ? strlen(text) : strnlen(text, (size_t)s->precision));
}

static void put_conversion(struct output *o, struct spec *s, va_list *ap)
{
    char c;

    switch (s->conversion) {
    case 'd':
    case 'i':
        put_signed(o, s, arg_signed(s->length, ap));
        break;
    case 'u':
        put_integer(o, s, "", arg_unsigned(s->length, ap), 10);
        break;
    case 'o':
        put_integer(o, s, "", arg_unsigned(s->length, ap), 8);
        break;
    case 'x':
    case 'X':
        put_hex(o, s, arg_unsigned(s->length, ap));
        break;
    case 'p':
        put_integer(o, s, "0x", (uintptr_t)va_arg(*ap, void *), 16);
        break;
    case 'c':
        c = (char)va_arg(*ap, int);
        put_text(o, s, &c, 1);
        break;
    case 's':
        put_string(o, s, va_arg(*ap, const char *));
        break;
    default: /* %% and what is unknown: the letter itself */
        put(o, &s->conversion, 1);
        break;
    }
}

static void read_spec(const char **p, struct spec *s, va_list *ap)
{
    *s = (struct spec){.flags = read_flags(p), .precision = -1};
    if (**p == '*') {
        ++*p;
        s->width = va_arg(*ap, int);
        if (s->width < 0) {
            s->flags |= LEFT;
            s->width = s->width == INT_MIN ? INT_MAX : -s->width;
        }
    } else {
        s->width = read_number(p);
    }
    if (**p == '.') {
        ++*p;
        if (**p == '*') {
            ++*p;
            s->precision = va_arg(*ap, int);
            if (s->precision < 0)
                s->precision = -1;
        } else {
            s->precision = read_number(p);
        }
    }
    s->length = read_length(p);
}

int fmt_vformat(fmt_sink_fn sink, void *arg, const char *fmt, va_list args)
{
    struct output o = {sink, arg, 0};
    va_list ap;

    va_copy(ap, args); /* its address can be passed on: an array parameter's cannot */
    while (*fmt) {
        const char *text = fmt;
        struct spec s;
        while (*fmt && *fmt != '%')
            fmt++;
        put(&o, text, (size_t)(fmt - text));
        if (!*fmt)
            break;
        fmt++;
        read_spec(&fmt, &s, &ap);
        s.conversion = *fmt;
        if (!*fmt)
            break;
        fmt++;
        put_conversion(&o, &s, &ap);
    }
    va_end(ap);
    return o.len > INT_MAX ? INT_MAX : (int)o.len;
}

struct buffer {
    char *next, *end; /* end: room for the NUL */
};

static void buffer_sink(void *arg, const char *text, size_t len)
{
    struct buffer *b = arg;
    size_t room = (size_t)(b->end - b->next);

    if (len > room)
        len = room;
    memcpy(b->next, text, len);
    b->next += len;
}

int fmt_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
    char none;
    struct buffer b = {buf, buf + size - 1};
    int len;

    if (!size)
        b = (struct buffer){&none, &none};
    len = fmt_vformat(buffer_sink, &b, fmt, ap);
    *b.next = 0;
    return len;
}

int fmt_snprintf(char *buf, size_t size, const char *fmt, ...)
{
    va_list ap;
    int len;

    va_start(ap, fmt);
    len = fmt_vsnprintf(buf, size, fmt, ap);
    va_end(ap);
    return len;
}
