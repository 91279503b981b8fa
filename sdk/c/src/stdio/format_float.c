/* printf's floating-point conversions. */
#include "stdio/format_float.h"
#include "internal/decimal.h"
#include <string.h>

/* Every program that prints carries this. */
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)

enum style { STYLE_FIXED, STYLE_EXPONENT };

/* What is written between the padding: prefix, `whole` digits, point, `fraction` digits, suffix. */
struct layout {
    const char *prefix;
    long whole, fraction; /* numbers of digits */
    int first;            /* exponent of the first digit */
    int point;            /* whether a point is written */
    char suffix[8];       /* exponent */
    long suffix_len;
};

static const char *sign_of(const struct spec *spec, int negative)
{
    if (negative)
        return "-";
    return spec->flags & SPEC_PLUS ? "+" : spec->flags & SPEC_SPACE ? " " : "";
}

/* Writes `count` digits of d from 10^first downwards. */
static void write_digits(struct sink *s, const struct decimal *d, int first, long count)
{
    while (count > 0) {
        int place =
            first >= 0 ? first / DECIMAL_DIGITS : -((DECIMAL_DIGITS - 1 - first) / DECIMAL_DIGITS);
        int last = place * DECIMAL_DIGITS; /* exponent of the word's last digit */
        if (d->point - 1 - place >= d->tail) {
            __sink_fill(s, '0', count);
            return;
        }
        char text[DECIMAL_DIGITS];
        uint32_t w = decimal_word(d, place);
        for (int i = DECIMAL_DIGITS - 1; i >= 0; i--, w /= 10)
            text[i] = (char)('0' + w % 10);
        int available = first - last + 1;
        int n = count < available ? (int)count : available;
        __sink_write(s, text + DECIMAL_DIGITS - available, (size_t)n);
        count -= n;
        first -= n;
    }
}

static void write_layout(struct sink *s, const struct spec *spec, const struct layout *l,
                         const struct decimal *d)
{
    long prefix_len = (long)strlen(l->prefix);
    long pad = spec->width - prefix_len - l->whole - l->point - l->fraction - l->suffix_len;
    int zeros = (spec->flags & (SPEC_LEFT | SPEC_ZERO)) == SPEC_ZERO;
    if (!zeros && !(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', pad);
    __sink_write(s, l->prefix, (size_t)prefix_len);
    if (zeros)
        __sink_fill(s, '0', pad);
    write_digits(s, d, l->first, l->whole);
    if (l->point)
        __sink_write(s, ".", 1);
    write_digits(s, d, l->first - (int)l->whole, l->fraction);
    __sink_write(s, l->suffix, (size_t)l->suffix_len);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', pad);
}

/* 'e', a sign and at least `least` digits; returns the length. */
static long exponent_text(char *to, char letter, int exponent, int least)
{
    char digits[8];
    int n = 0, magnitude = exponent < 0 ? -exponent : exponent;
    for (; magnitude > 0 || n < least; magnitude /= 10)
        digits[n++] = (char)('0' + magnitude % 10);
    long len = 0;
    to[len++] = letter;
    to[len++] = exponent < 0 ? '-' : '+';
    while (n > 0)
        to[len++] = digits[--n];
    return len;
}

static void format_decimal(struct sink *s, const struct spec *spec, const struct binary_float *v)
{
    struct decimal d;
    struct layout l = {.prefix = sign_of(spec, v->negative)};
    long precision = spec->precision < 0 ? 6 : spec->precision;
    char kind = spec->conversion | 32;
    enum style style = kind == 'f' ? STYLE_FIXED : STYLE_EXPONENT;
    __decimal_from_binary(&d, v->high, v->low, v->exponent);
    if (kind == 'g') {
        if (precision == 0)
            precision = 1;
        precision--; /* digits behind the first one */
    }
    int exponent = __decimal_exponent(&d);
    long lowest = style == STYLE_FIXED ? -precision : exponent - precision;
    if (lowest > -20000) /* no digit lies lower */
        __decimal_round(&d, (int)lowest);
    exponent = __decimal_exponent(&d); /* 9.99 may have become 10.0 */
    if (kind == 'g') {
        if (exponent >= -4 && exponent <= precision) {
            style = STYLE_FIXED;
            precision -= exponent;
        }
        if (!(spec->flags & SPEC_ALT)) { /* drop zeros at the end */
            long needed = (style == STYLE_FIXED ? 0 : exponent) - __decimal_last(&d);
            precision = needed < 0 ? 0 : needed < precision ? needed : precision;
        }
    }
    l.fraction = precision;
    l.point = precision > 0 || spec->flags & SPEC_ALT ? 1 : 0;
    if (style == STYLE_FIXED) {
        l.first = exponent > 0 ? exponent : 0;
        l.whole = l.first + 1;
    } else {
        l.first = exponent;
        l.whole = 1;
        l.suffix_len = exponent_text(l.suffix, (char)(spec->conversion - kind + 'e'), exponent, 2);
    }
    write_layout(s, spec, &l, &d);
}

/* Drops `drop` bits (at most 112) with rounding to even. */
static void round_bits(uint64_t *high, uint64_t *low, unsigned drop)
{
    unsigned __int128 m = (unsigned __int128)*high << 64 | *low,
                      unit = (unsigned __int128)1 << drop;
    unsigned __int128 rest = m & (unit - 1), half = unit >> 1;
    m -= rest;
    if (rest > half || (rest == half && (m & unit)))
        m += unit;
    *high = (uint64_t)(m >> 64);
    *low = (uint64_t)m;
}

/* A sign, which is a character or none, and a word. */
static void with_sign(char *to, const char *sign, const char *word)
{
    if (*sign)
        *to++ = *sign;
    while ((*to++ = *word++))
        ;
}

static unsigned hex_digit(uint64_t high, uint64_t low, unsigned bit)
{
    uint64_t w = bit >= 64 ? high >> (bit - 64) : low >> bit;
    return (unsigned)w & 15;
}

/* One digit before the point, which is 1 except for numbers below the normal range. */
static void format_hex(struct sink *s, const struct spec *spec, const struct binary_float *v)
{
    const char *alphabet = spec->conversion == 'a' ? "0123456789abcdef" : "0123456789ABCDEF";
    char prefix[4] = {0}, suffix[8], digits[30];
    unsigned fraction_bits = v->bits - 1u; /* a multiple of four: 52 or 112 */
    uint64_t high = v->high, low = v->low;
    int zero = (high | low) == 0, available = (int)fraction_bits / 4;
    int n = available;
    if (spec->precision >= 0 && spec->precision < n) {
        n = spec->precision;
        round_bits(&high, &low, (unsigned)(available - n) * 4);
    } else if (spec->precision < 0) {
        while (n > 0 && hex_digit(high, low, (unsigned)(available - n) * 4) == 0)
            n--;
    }
    long zeros = spec->precision > n ? spec->precision - n : 0;
    with_sign(prefix, sign_of(spec, v->negative), spec->conversion == 'a' ? "0x" : "0X");
    long suffix_len = exponent_text(suffix, spec->conversion == 'a' ? 'p' : 'P',
                                    zero ? 0 : v->exponent + (int)fraction_bits, 1);
    long len = 0;
    digits[len++] = alphabet[hex_digit(high, low, fraction_bits)];
    if (n > 0 || zeros > 0 || spec->flags & SPEC_ALT)
        digits[len++] = '.';
    for (int i = 1; i <= n; i++)
        digits[len++] = alphabet[hex_digit(high, low, fraction_bits - 4 * (unsigned)i)];

    long pad = spec->width - (long)strlen(prefix) - len - zeros - suffix_len;
    int zero_pad = (spec->flags & (SPEC_LEFT | SPEC_ZERO)) == SPEC_ZERO;
    if (!zero_pad && !(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', pad);
    __sink_write(s, prefix, strlen(prefix));
    if (zero_pad)
        __sink_fill(s, '0', pad);
    __sink_write(s, digits, (size_t)len);
    __sink_fill(s, '0', zeros);
    __sink_write(s, suffix, (size_t)suffix_len);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', pad);
}

static void format_special(struct sink *s, const struct spec *spec, const struct binary_float *v)
{
    char text[8];
    int upper = !(spec->conversion & 32);
    with_sign(text, sign_of(spec, v->negative),
              v->kind == FLOAT_NAN ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf"));
    long len = (long)strlen(text);
    if (!(spec->flags & SPEC_LEFT))
        __sink_fill(s, ' ', spec->width - len);
    __sink_write(s, text, (size_t)len);
    if (spec->flags & SPEC_LEFT)
        __sink_fill(s, ' ', spec->width - len);
}

void __format_float(struct sink *s, const struct spec *spec, const struct binary_float *v)
{
    if (v->kind != FLOAT_FINITE)
        format_special(s, spec, v);
    else if ((spec->conversion | 32) == 'a')
        format_hex(s, spec, v);
    else
        format_decimal(s, spec, v);
}

#pragma clang attribute pop
