/* Allocator of address ranges: constant time for allocation and release however many ranges there
 * are. Every range, free or taken, is a node in address order; free ones hang in a list per power
 * of two, taken ones in a hash by base. Not thread-safe: the owner locks. Nodes come from pages
 * that the owner supplies. */
#pragma once

#include "base/base.h"

#define VALLOC_BINS      48
#define VALLOC_BUCKETS   64
#define VALLOC_PAGE_SIZE 4096

struct valloc_node {
    uint64_t base, len;
    struct valloc_node *below, *above; /* neighbours by address */
    struct valloc_node *next, *prev;   /* in the bin (free) or bucket (taken) */
    bool free;
};

struct valloc {
    uint64_t unit;       /* granule in bytes: alignment of every range; a power of two */
    void *(*page)(void); /* VALLOC_PAGE_SIZE bytes, or NULL */
    struct valloc_node *lowest;
    struct valloc_node *bins[VALLOC_BINS];
    struct valloc_node *buckets[VALLOC_BUCKETS];
    struct valloc_node *spare; /* unused nodes, linked by next */
    struct valloc_page *pages; /* to be given back by valloc_fini */
    uint64_t taken;            /* ranges handed out */
};

/* Manages [base, end), both multiples of `unit`. `first` (may be NULL) is memory for the first
 * nodes that the owner keeps. -ENOMEM when there is none for the first node. */
MUSTUSE int valloc_init(struct valloc *a, uint64_t base, uint64_t end, uint64_t unit,
                        void *(*page)(void), void *first, size_t first_bytes);
/* Gives all pages back. */
void valloc_fini(struct valloc *a, void (*page_free)(void *));
/* A range of at least `bytes` (rounded up to the granule); 0 when none is left. */
uint64_t valloc_alloc(struct valloc *a, uint64_t bytes);
/* `base` and `bytes` as allocated; asserted. */
void valloc_free(struct valloc *a, uint64_t base, uint64_t bytes);
