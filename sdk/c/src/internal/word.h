/* Eight bytes at a time. Reading an aligned word never leaves the memory: its size is a multiple of
 * 64 KiB. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef uint64_t __attribute__((may_alias)) word_t;

#define WORD_ONES  0x0101010101010101ull
#define WORD_HIGHS 0x8080808080808080ull

/* Non-zero if a byte of `w` is zero; its lowest set bit is in the first such byte. */
static inline uint64_t word_zero_bytes(uint64_t w)
{
    return (w - WORD_ONES) & ~w & WORD_HIGHS;
}

static inline size_t word_first_byte(uint64_t marks)
{
    return (size_t)__builtin_ctzll(marks) / 8;
}

static inline int word_aligned(const void *p)
{
    return ((uintptr_t)p & 7) == 0;
}
