/* Page tables of four levels (SDM volume 3, 4.5). An entry that points to a table counts the
 * present entries of that table in its ignored bits 52 … 61, so that tables are freed as soon as
 * they are empty. */
#pragma once

#include "kernel/arch/arch.h"

#define PTE_PRESENT  (1ull << 0)
#define PTE_WRITE    (1ull << 1)
#define PTE_PWT      (1ull << 3)
#define PTE_PCD      (1ull << 4)
#define PTE_ACCESSED (1ull << 5)
#define PTE_DIRTY    (1ull << 6)
#define PTE_LARGE    (1ull << 7)
#define PTE_GLOBAL   (1ull << 8)
#define PTE_NX       (1ull << 63)
#define PTE_ADDRESS  0x000ffffffffff000ull

#define PT_ENTRIES 512
#define PT_TOP     4 /* level of the root */

extern uint64_t kernel_pml4[PT_ENTRIES];

/* Where table frames come from and go to. */
enum pt_source { PT_EARLY, PT_KERNEL, PT_SPACE };

uint64_t pt_flags(enum arch_prot prot);
/* Maps with the largest pages up to `max_level` (1: 4 KiB, 2: 2 MiB, 3: 1 GiB). 0, -ENOMEM,
 * -EEXIST; after an error part of the range may be mapped: *out_done bytes. */
MUSTUSE int pt_map(uint64_t *root, uint64_t va, paddr_t p, uint64_t bytes, uint64_t flags,
                   enum pt_source source, unsigned max_level, uint64_t *out_done);

#define PT_BATCH 64
/* What one pass of pt_unmap took away; nothing of it may be freed before the TLBs are flushed. */
struct pt_batch {
    struct arch_memory runs[PT_BATCH];
    paddr_t tables[PT_BATCH];
    unsigned nruns, ntables;
    uint64_t low, high; /* addresses whose translations may be cached; low > high: none */
};

/* Unmaps from va on, until `end` or until the batch is full; returns where it stopped. keep_top:
 * the tables below the root stay (the kernel's, which all spaces share). */
uint64_t pt_unmap(uint64_t *root, uint64_t va, uint64_t end, bool keep_top, struct pt_batch *b);
void pt_batch_free_tables(struct pt_batch *b, enum pt_source source);

/* The leaf entry for va in the tables that CR3 holds, 0 if not mapped; *out_bytes: size of its
 * page. Takes no lock: for reports. */
uint64_t pt_lookup_current(uint64_t va, uint64_t *out_bytes);

/* ---- boot ---- */

/* Builds the kernel's tables and loads them; after ram_init. */
void paging_init(void);
enum device_cache { DEVICE_UNCACHED, DEVICE_COMBINING, DEVICE_CACHED_READ_ONLY };
/* Maps device memory; before kernel_main only. NULL when there is no room. */
void *device_map(paddr_t p, uint64_t len, enum device_cache cache);

/* Early frames: zeroed, below 4 GiB, contiguous; before kernel_main only. Panics when there are
 * none. */
paddr_t early_alloc(uint64_t bytes);

/* Physical address of something in the kernel's image. */
paddr_t image_paddr(const void *p);
