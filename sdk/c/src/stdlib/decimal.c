#include "internal/decimal.h"

static void strip(struct decimal *d)
{
    while (d->tail > d->head && d->word[d->tail - 1] == 0)
        d->tail--;
    while (d->head < d->tail && d->word[d->head] == 0)
        d->head++;
}

void __decimal_shift_left(struct decimal *d, unsigned bits, uint32_t add)
{
    uint64_t carry = add;
    int i = d->tail;
    if (add && i < d->point) { /* stripped zeros between the number and the point */
        while (i < d->point)
            d->word[i++] = 0;
        if (d->head == d->tail)
            d->head = d->point;
        d->tail = i = d->point;
    }
    while (i-- > d->head) {
        carry += (uint64_t)d->word[i] << bits;
        d->word[i] = (uint32_t)(carry % DECIMAL_BASE);
        carry /= DECIMAL_BASE;
    }
    while (carry) {
        d->word[--d->head] = (uint32_t)(carry % DECIMAL_BASE);
        carry /= DECIMAL_BASE;
    }
    strip(d);
}

void __decimal_shift_right(struct decimal *d, unsigned bits)
{
    uint64_t remainder = 0;
    uint32_t mask = (1u << bits) - 1;
    for (int i = d->head; i < d->tail; i++) {
        uint64_t n = remainder * DECIMAL_BASE + d->word[i];
        d->word[i] = (uint32_t)(n >> bits);
        remainder = n & mask;
    }
    while (remainder && d->tail < DECIMAL_WORDS) {
        uint64_t n = remainder * DECIMAL_BASE;
        d->word[d->tail++] = (uint32_t)(n >> bits);
        remainder = n & mask;
    }
    if (remainder)
        d->word[d->tail - 1] |= 1; /* not exactly a digit that says: more follows */
    strip(d);
}

void __decimal_from_binary(struct decimal *d, uint64_t high, uint64_t low, int exponent)
{
    enum { ROOM = 5 }; /* 113 bits have 35 digits */
    const uint32_t limbs[] = {(uint32_t)(high >> 32), (uint32_t)high, (uint32_t)(low >> 32),
                              (uint32_t)low};
    d->point = exponent < 0 ? ROOM : DECIMAL_WORDS;
    d->head = d->tail = d->point;
    for (int i = 0; i < 4; i++)
        __decimal_shift_left(d, 32, limbs[i]);
    for (; exponent >= 32; exponent -= 32)
        __decimal_shift_left(d, 32, 0);
    if (exponent > 0)
        __decimal_shift_left(d, (unsigned)exponent, 0);
    for (; exponent <= -29; exponent += 29)
        __decimal_shift_right(d, 29);
    if (exponent < 0)
        __decimal_shift_right(d, (unsigned)-exponent);
}

static const uint32_t powers[] = {1,      10,      100,      1000,      10000,
                                  100000, 1000000, 10000000, 100000000, DECIMAL_BASE};

int __decimal_exponent(const struct decimal *d)
{
    if (d->head == d->tail)
        return 0;
    int digit = DECIMAL_DIGITS - 1;
    while (d->word[d->head] < powers[digit])
        digit--;
    return DECIMAL_DIGITS * (d->point - d->head - 1) + digit;
}

int __decimal_last(const struct decimal *d)
{
    if (d->head == d->tail)
        return 0;
    int digit = 0;
    while (d->word[d->tail - 1] % powers[digit + 1] == 0)
        digit++;
    return DECIMAL_DIGITS * (d->point - d->tail) + digit;
}

/* Adds `unit` to word i. */
static void add_at(struct decimal *d, int i, uint32_t unit)
{
    while (d->head > i)
        d->word[--d->head] = 0;
    d->word[i] += unit;
    while (d->word[i] >= DECIMAL_BASE) {
        d->word[i] -= DECIMAL_BASE;
        if (--i < d->head)
            d->word[d->head = i] = 0;
        d->word[i]++;
    }
}

void __decimal_round(struct decimal *d, int position)
{
    int place = position >= 0 ? position / DECIMAL_DIGITS
                              : -((DECIMAL_DIGITS - 1 - position) / DECIMAL_DIGITS);
    uint32_t unit = powers[position - place * DECIMAL_DIGITS];
    int i = d->point - 1 - place;
    if (i >= d->tail)
        return; /* nothing stands there */
    if (i < d->head - 1) {
        d->tail = d->head; /* less than half a unit */
        return;
    }
    uint32_t here = i < d->head ? 0 : d->word[i];
    uint32_t rest, half;
    int more = d->tail - i - 1; /* words behind that are not all zero: the last one never is */
    if (unit > 1) {
        rest = here % unit;
        half = unit / 2;
    } else {
        rest = more > 0 && i + 1 >= d->head ? d->word[i + 1] : 0;
        half = DECIMAL_BASE / 2;
        more--;
    }
    int odd = here / unit & 1;
    int up = rest > half || (rest == half && (more > 0 || odd));
    if (i >= d->head)
        d->word[i] -= d->word[i] % unit;
    else
        d->head = i + 1; /* all behind goes */
    d->tail = i + 1;
    if (d->head > d->tail)
        d->head = d->tail;
    if (up) {
        if (i < d->head) {
            d->head = i;
            d->word[i] = 0;
        }
        add_at(d, i, unit);
    }
    strip(d);
}
