/* Exact decimal numbers of any size that a long double can have, in digits of 10^9. */
#pragma once

#include <stdint.h>

enum {
    DECIMAL_BASE = 1000000000,
    DECIMAL_DIGITS = 9,  /* per word */
    DECIMAL_WORDS = 1888 /* 2^-16494 has 16494 digits behind the point: 1833 words */
};

/* The most significant word is word[head]; words up to `point` (not included) are the integer part.
 * Words outside head .. tail are zero and not stored. Zero has head == tail. */
struct decimal {
    int head, tail, point;
    uint32_t word[DECIMAL_WORDS];
};

/* high * 2^64 + low, times 2^exponent. */
void __decimal_from_binary(struct decimal *d, uint64_t high, uint64_t low, int exponent);
/* d = d * 2^bits + add; bits at most 32. The caller has room in front. */
void __decimal_shift_left(struct decimal *d, unsigned bits, uint32_t add);
/* d = d / 2^bits, exact as far as there is room, then the last digit stands for all that follow;
 * bits at most 29. */
void __decimal_shift_right(struct decimal *d, unsigned bits);
/* Rounds half to even at 10^position. */
void __decimal_round(struct decimal *d, int position);
/* Exponent of the first digit; 0 for zero. */
int __decimal_exponent(const struct decimal *d);
/* Exponent of the last digit that is not zero; 0 for zero. */
int __decimal_last(const struct decimal *d);
/* The nine digits that end at 10^(9 * place), as a number. */
static inline uint32_t decimal_word(const struct decimal *d, int place)
{
    int i = d->point - 1 - place;
    return i >= d->head && i < d->tail ? d->word[i] : 0;
}
