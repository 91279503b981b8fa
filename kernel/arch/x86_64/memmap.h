/* The physical memory map: ranges added and taken away, at last whole pages. No allocation, no
 * recursion. */
#pragma once

#include "kernel/arch/arch.h"

#define MEMMAP_RANGES_MAX 128

struct memmap {
    struct arch_memory range[MEMMAP_RANGES_MAX]; /* sorted, disjoint, not adjacent */
    unsigned n;
    unsigned dropped; /* ranges that found no room: memory lost, never invented */
};

/* Adds [base, base + len); overlaps are merged. Ranges that pass the end of the address space are
 * cut. */
void memmap_add(struct memmap *m, uint64_t base, uint64_t len);
/* Takes [base, base + len) away. */
void memmap_remove(struct memmap *m, uint64_t base, uint64_t len);
/* Shrinks every range to whole pages and drops empty ones. */
void memmap_to_pages(struct memmap *m);
bool memmap_contains(const struct memmap *m, uint64_t base, uint64_t len);
