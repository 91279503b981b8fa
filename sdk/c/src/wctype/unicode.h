/* Tables of characters, ordered, to be searched. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <wctype.h>

struct range {
    uint32_t first, last;
};

/* Every stride-th character from first to last has its counterpart delta further. */
struct case_run {
    uint32_t first, last;
    int32_t stride, delta;
};

static inline int in_ranges(const struct range *table, size_t count, uint32_t c)
{
    while (count > 0) {
        const struct range *middle = table + count / 2;
        if (c > middle->last) {
            table = middle + 1;
            count -= count / 2 + 1;
        } else if (c < middle->first) {
            count /= 2;
        } else {
            return 1;
        }
    }
    return 0;
}

static inline uint32_t map_case(const struct case_run *table, size_t count, uint32_t c)
{
    while (count > 0) {
        const struct case_run *middle = table + count / 2;
        if (c > middle->last) {
            table = middle + 1;
            count -= count / 2 + 1;
        } else if (c < middle->first) {
            count /= 2;
        } else {
            int hit = (int32_t)(c - middle->first) % middle->stride == 0;
            return hit ? c + (uint32_t)middle->delta : c;
        }
    }
    return c;
}

#define TABLE_LEN(table) (sizeof(table) / sizeof *(table))
