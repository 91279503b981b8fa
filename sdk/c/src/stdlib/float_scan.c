/* Exact conversion of decimal and hexadecimal text. Where the first digits do not settle it
 * (float_quick.c), the digits become a decimal number of any length, which is doubled or halved
 * until its integer part has the wanted number of bits; the rest decides the rounding. */
#include "internal/float_scan.h"
#include "internal/decimal.h"
#include "internal/float_quick.h"
#include <ctype.h>
#include <limits.h>
#include <string.h>

typedef unsigned __int128 u128;

enum {
    /* A number halfway between two long doubles has at most 11564 digits; what follows matters only
       as "not zero". */
    DIGITS_MAX = 11610,
    LEADING_MAX = 2 * DECIMAL_DIGITS, /* digits that fit a number of 64 bits */
    EXPONENT_MAX = 100000             /* beyond any type's range, also with DIGITS_MAX digits */
};

struct target {
    int bits, least_exponent, largest_exponent;
};

/* __source_get, for strings without a call. */
static inline __attribute__((always_inline)) int next(struct char_source *s)
{
    if (s->stream || s->left <= 0)
        return __source_get(s);
    int c = *s->string;
    if (!c)
        return EOF;
    s->string++;
    s->left--;
    s->taken++;
    return c;
}

/* __source_unget, where the end of a string is most often what is given back. */
static inline void give_back(struct char_source *s, int c)
{
    if (c != EOF)
        __source_unget(s, c);
}

static int accept(struct char_source *s, const char *word)
{
    for (; *word; word++) {
        int c = __source_get(s);
        if (c == EOF || tolower(c) != *word) {
            __source_unget(s, c);
            return 0;
        }
    }
    return 1;
}

/* Puts mantissa * 2^exponent into the type: rounds to even; `sticky`: a little more than the
 * mantissa says. */
static enum scan_result finish(u128 mantissa, int exponent, int sticky, const struct target *t,
                               struct binary_float *out)
{
    enum scan_result result = SCAN_OK;
    int width = 128;
    while (width > 0 && !(mantissa >> (width - 1) & 1))
        width--;
    int drop = width - t->bits;
    if (drop < t->least_exponent - exponent)
        drop = t->least_exponent - exponent;
    if (drop > 0) {
        u128 rest = drop > 128 ? 0 : drop == 128 ? mantissa : mantissa & (((u128)1 << drop) - 1);
        u128 half = drop > 128 ? ~(u128)0 : (u128)1 << (drop - 1);
        if (drop > 128 && mantissa)
            sticky = 1;
        mantissa = drop >= 128 ? 0 : mantissa >> drop;
        exponent += drop;
        if (mantissa < (u128)1 << (t->bits - 1) && (rest || sticky))
            result = SCAN_RANGE; /* below the normal range and not exact */
        if (rest > half || (rest == half && (sticky || (mantissa & 1))))
            mantissa++;
    }
    if (mantissa >> t->bits) {
        mantissa >>= 1;
        exponent++;
    }
    int top = exponent + t->bits; /* value < 2^top once the mantissa is full */
    u128 full = mantissa;
    while (full && !(full >> (t->bits - 1))) {
        full <<= 1;
        top--;
    }
    if (mantissa && top > t->largest_exponent) {
        out->kind = FLOAT_INFINITE;
        return SCAN_RANGE;
    }
    out->high = (uint64_t)(mantissa >> 64);
    out->low = (uint64_t)mantissa;
    out->exponent = exponent;
    return result;
}

/* An optional exponent behind `letter`; `*exponent` is added to. 0, or -1 for a letter without
 * digits, where the characters of a string are taken back. */
static int scan_exponent(struct char_source *s, int letter, int *exponent)
{
    struct char_source before = *s;
    int c = next(s), negative = 0, digits = 0, value = 0;
    if (c == EOF || (c | 32) != letter) {
        give_back(s, c);
        return 0;
    }
    c = next(s);
    if (c == '+' || c == '-') {
        negative = c == '-';
        c = next(s);
    }
    for (; isdigit(c); c = next(s), digits = 1)
        if (value < EXPONENT_MAX * 10)
            value = value * 10 + (c - '0');
    give_back(s, c);
    if (!digits) {
        if (!s->one_way)
            *s = before;
        return s->one_way ? -1 : 0;
    }
    long long sum = (long long)*exponent + (negative ? -value : value);
    *exponent = sum > INT_MAX / 2 ? INT_MAX / 2 : sum < -INT_MAX / 2 ? -INT_MAX / 2 : (int)sum;
    return 0;
}

static int hex_value(int c)
{
    return isdigit(c) ? c - '0' : (c | 32) - 'a' + 10;
}

static enum scan_result scan_hex(struct char_source *s, const struct target *t,
                                 struct binary_float *out)
{
    u128 mantissa = 0;
    int exponent = 0, point = 0, digits = 0, sticky = 0, c;
    for (;;) {
        c = __source_get(s);
        if (c == '.' && !point) {
            point = 1;
            continue;
        }
        if (!isxdigit(c))
            break;
        digits = 1;
        int room = !(mantissa >> 124);
        if (room)
            mantissa = mantissa << 4 | (unsigned)hex_value(c);
        else
            sticky |= c != '0';
        int step = (room ? 0 : 4) - (point ? 4 : 0);
        if (exponent < INT_MAX / 4 && exponent > -INT_MAX / 4)
            exponent += step;
    }
    __source_unget(s, c);
    if (!digits)
        return SCAN_NONE;
    if (scan_exponent(s, 'p', &exponent))
        return SCAN_NONE;
    return finish(mantissa, exponent, sticky, t, out);
}

/* The digits of a number as they are read: `digits` of them, no zeros in front, times 10^exponent.
 */
struct digit_run {
    uint64_t leading;  /* the first LEADING_MAX */
    struct decimal *d; /* word[0 …]: nine digits each, the last one filled up with zeros; once there
                          are more than LEADING_MAX */
    int digits, exponent, seen, sticky;
};

/* Puts `leading` into the first two words. */
static void spread(struct digit_run *r)
{
    uint64_t n = r->leading;
    for (int i = r->digits; i < LEADING_MAX; i++)
        n *= 10;
    r->d->word[0] = (uint32_t)(n / DECIMAL_BASE);
    r->d->word[1] = (uint32_t)(n % DECIMAL_BASE);
}

static void add_digit(struct digit_run *r, int digit, int behind_point)
{
    r->seen = 1;
    if (r->digits == 0 && digit == 0) {
        r->exponent -= behind_point && r->exponent > -INT_MAX / 4;
        return;
    }
    if (r->digits == DIGITS_MAX) {
        r->sticky |= digit != 0;
        r->exponent += !behind_point && r->exponent < INT_MAX / 4;
        return;
    }
    r->exponent -= behind_point;
    if (r->digits < LEADING_MAX) {
        r->leading = r->leading * 10 + (unsigned)digit;
        r->digits++;
        return;
    }
    if (r->digits == LEADING_MAX)
        spread(r);
    static const uint32_t place[] = {100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
    int i = r->digits % DECIMAL_DIGITS, word = r->digits / DECIMAL_DIGITS;
    if (i == 0)
        r->d->word[word] = 0;
    r->d->word[word] += (uint32_t)digit * place[i];
    r->digits++;
}

/* Reads digits and point. 0, or -1 if there is no digit. */
static int scan_digits(struct char_source *s, struct digit_run *r, int first)
{
    int point = 0, c = first;
    for (;; c = next(s)) {
        if (c == '.' && !point)
            point = 1;
        else if (isdigit(c))
            add_digit(r, c - '0', point);
        else
            break;
    }
    give_back(s, c);
    return r->seen ? 0 : -1;
}

/* Moves the digits so that words have their places relative to the point: digits * 10^exponent. */
static void align(struct digit_run *r)
{
    struct decimal *d = r->d;
    int words = (r->digits + DECIMAL_DIGITS - 1) / DECIMAL_DIGITS;
    int first = r->exponent + r->digits - 1; /* exponent of the first digit */
    int place =
        first >= 0 ? first / DECIMAL_DIGITS : -((DECIMAL_DIGITS - 1 - first) / DECIMAL_DIGITS);
    int shift =
        DECIMAL_DIGITS - 1 - (first - place * DECIMAL_DIGITS); /* digits to the right, 0 to 8 */
    uint32_t divisor = 1, carry = 0;
    for (int i = 0; i < shift; i++)
        divisor *= 10;
    enum {
        LEAD = 590
    }; /* the smallest number's point lies 567 words before its first digit, its integer part 5 */
    memmove(d->word + LEAD, d->word, (size_t)words * sizeof d->word[0]);
    for (int i = LEAD; i < LEAD + words; i++) {
        uint32_t w = d->word[i];
        d->word[i] = w / divisor + carry * (DECIMAL_BASE / divisor);
        carry = w % divisor;
    }
    d->head = LEAD;
    d->tail = LEAD + words;
    if (carry)
        d->word[d->tail++] = carry * (DECIMAL_BASE / divisor);
    d->point = LEAD + place + 1;
    if (r->sticky)
        d->word[d->tail - 1] |= 1;
    while (d->word[d->tail - 1] == 0)
        d->tail--;
}

/* The integer part, which is below 2^128. */
static u128 integer_part(const struct decimal *d)
{
    u128 n = 0;
    for (int i = d->head; i < d->point; i++)
        n = n * DECIMAL_BASE + (i < d->tail ? d->word[i] : 0);
    return n;
}

/* Halves or doubles until the integer part has 36 to 38 digits: that is 116 to 127 bits, more than
 * any type keeps. */
static enum scan_result convert(struct digit_run *r, const struct target *t,
                                struct binary_float *out)
{
    struct decimal *d = r->d;
    int exponent = 0;
    for (int e; (e = __decimal_exponent(d)) > 37;) {
        unsigned step = e > 37 + 9 ? 29 : 3;
        __decimal_shift_right(d, step);
        exponent += (int)step;
    }
    for (int e; (e = __decimal_exponent(d)) < 35;) {
        unsigned step = e < 35 - 10 ? 29 : e < 35 - 1 ? 4 : 1;
        __decimal_shift_left(d, step, 0);
        exponent -= (int)step;
    }
    return finish(integer_part(d), exponent, d->tail > d->point, t, out);
}

static int convert_quickly(const struct digit_run *r, const struct target *t,
                           struct binary_float *out)
{
    int more = r->digits > LEADING_MAX ? r->digits - LEADING_MAX : 0;
    struct scanned_decimal n = {r->leading, r->exponent + more, more || r->sticky};
    return __float_quick(&n, t->bits, t->least_exponent, t->largest_exponent, out);
}

static enum scan_result scan_decimal(struct char_source *s, int first, const struct target *t,
                                     struct binary_float *out)
{
    struct decimal d;
    struct digit_run r = {.d = &d};
    if (scan_digits(s, &r, first))
        return SCAN_NONE;
    if (scan_exponent(s, 'e', &r.exponent))
        return SCAN_NONE;
    if (r.digits == 0)
        return SCAN_OK; /* zero */
    if (convert_quickly(&r, t, out))
        return SCAN_OK;
    int first_digit = r.exponent + r.digits - 1;
    if (first_digit > 5000 || first_digit < -5100) {
        out->kind = first_digit > 0 ? FLOAT_INFINITE : FLOAT_FINITE;
        return SCAN_RANGE;
    }
    if (r.digits <= LEADING_MAX)
        spread(&r);
    align(&r);
    return convert(&r, t, out);
}

/* "inf", "infinity", "nan", "nan(letters)". */
static enum scan_result scan_word(struct char_source *s, int first, struct binary_float *out)
{
    if (first == 'i' && accept(s, "nf")) {
        struct char_source before = *s;
        int long_form = accept(s, "inity");
        if (!long_form && s->one_way && s->taken != before.taken)
            return SCAN_NONE;
        if (!long_form && !s->one_way)
            *s = before;
        out->kind = FLOAT_INFINITE;
        return SCAN_OK;
    }
    if (first != 'n' || !accept(s, "an"))
        return SCAN_NONE;
    out->kind = FLOAT_NAN;
    struct char_source before = *s;
    int c = __source_get(s);
    if (c != '(') {
        __source_unget(s, c);
        return SCAN_OK;
    }
    do
        c = __source_get(s);
    while (isalnum(c) || c == '_');
    if (c == ')')
        return SCAN_OK;
    if (s->one_way)
        return SCAN_NONE;
    *s = before;
    return SCAN_OK;
}

enum scan_result __float_scan(struct char_source *s, int bits, int least_exponent,
                              int largest_exponent, struct binary_float *out)
{
    struct target t = {bits, least_exponent, largest_exponent};
    *out = (struct binary_float){.kind = FLOAT_FINITE, .bits = (uint8_t)bits};
    int c = next(s);
    if (c == '+' || c == '-') {
        out->negative = c == '-';
        c = next(s);
    }
    if (c != EOF && ((c | 32) == 'i' || (c | 32) == 'n'))
        return scan_word(s, c | 32, out);
    if (c == '0') {
        struct char_source before = *s;
        int x = __source_get(s);
        if (x == 'x' || x == 'X') {
            enum scan_result r = scan_hex(s, &t, out);
            if (r != SCAN_NONE || s->one_way)
                return r;
            *s = before; /* "0x" alone is a zero */
            return SCAN_OK;
        }
        __source_unget(s, x);
    }
    if (!isdigit(c) && c != '.') {
        __source_unget(s, c);
        return SCAN_NONE;
    }
    return scan_decimal(s, c, &t, out);
}
