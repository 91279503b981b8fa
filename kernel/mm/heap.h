/* Kernel heap: size classes in frames, large blocks by whole frames. Zeroed memory, aligned to 16
 * (a page for blocks of a page and more). Any context but interrupts. */
#pragma once

#include "base/base.h"

void heap_init(void);
void *kalloc(size_t bytes);        /* NULL when out of memory */
void kfree(void *p, size_t bytes); /* bytes as asked for; NULL is fine */
#define KNEW(T) ((T *)kalloc(sizeof(T)))

struct heap_stats {
    uint64_t bytes, blocks;
};
void heap_stats(struct heap_stats *out);
