/* Decimal numbers to binary ones by one multiplication. */
#pragma once

#include "internal/binary_float.h"

/* digits * 10^exponent, or with `cut` up to one unit of `digits` more; digits are not 0. */
struct scanned_decimal {
    uint64_t digits;
    int exponent;
    int cut;
};

/* Rounds it to `bits` bits, halves to even. 0 if the 128 bits of a power of ten do not settle how
 * it rounds, if there are more than 53 bits, or it is out of the type's normal range: `out` is as
 * it was then. */
int __float_quick(const struct scanned_decimal *n, int bits, int least_exponent,
                  int largest_exponent, struct binary_float *out);
