/* Powers of ten in 128 bits, from a table of 880 bytes. */
#pragma once

#include <stdint.h>

/* 10^k <= (high * 2^64 + low) * 2^exponent, which is less than one unit too much, and nothing too
 * much if `exact`. The highest bit is set. */
struct power_of_ten {
    uint64_t high, low;
    int exponent;
    uint8_t exact;
};

enum { POWER_LEAST = -342, POWER_LARGEST = 354 };

static inline int floor_log2_of_power(int k) /* |k| < 1233 */
{
    return k * 1741647 >> 19;
}

/* POWER_LEAST <= k <= POWER_LARGEST. */
struct power_of_ten __power_of_ten(int k);
