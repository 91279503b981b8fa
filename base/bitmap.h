/* Bit sets in arrays of 64-bit words. */
#pragma once

#include "base/base.h"

#define BITMAP_WORDS(bits) (((size_t)(bits) + 63) / 64)

static inline bool bitmap_get(const uint64_t *map, size_t i)
{
    return map[i / 64] >> (i % 64) & 1;
}
static inline void bitmap_set(uint64_t *map, size_t i)
{
    map[i / 64] |= 1ull << (i % 64);
}
static inline void bitmap_clear(uint64_t *map, size_t i)
{
    map[i / 64] &= ~(1ull << (i % 64));
}
