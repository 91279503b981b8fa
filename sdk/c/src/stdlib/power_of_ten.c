#include "internal/power_of_ten.h"
#include "stdlib/power_table.h"

typedef unsigned __int128 u128;

/* 5^k = 5^(POWER_STEP * i) * 5^j. The first factor stands in a table, rounded down to 192 bits; the
 * second one is less than 2^64. The first 128 bits of their product are those of 5^k for every k of
 * the range: the error is less than 2^-189 of it, and nowhere do 60 ones follow behind the 128 bits
 * (checked for all of them with exact arithmetic). */
struct power_of_ten __power_of_ten(int k)
{
    int i = (k - POWER_INDEX_LEAST * POWER_STEP) / POWER_STEP;
    const uint64_t *w = power_large[i];
    uint64_t factor = power_small[k - (i + POWER_INDEX_LEAST) * POWER_STEP];
    u128 low = (u128)w[2] * factor;
    u128 middle = (u128)w[1] * factor + (uint64_t)(low >> 64);
    u128 top = (u128)w[0] * factor + (uint64_t)(middle >> 64);
    uint64_t below = (uint64_t)middle;
    if (!(top >> 64)) {
        top = top << 64 | below;
        below = (uint64_t)low;
    }
    int shift = __builtin_clzll((uint64_t)(top >> 64));
    if (shift > 0)
        top = top << shift | below >> (64 - shift);
    int exact = k >= 0 && k <= 55; /* 5^55 < 2^128 */
    if (!exact)
        top++;
    return (struct power_of_ten){(uint64_t)(top >> 64), (uint64_t)top, floor_log2_of_power(k) - 127,
                                 (uint8_t)exact};
}
