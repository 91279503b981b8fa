/* The pages of a RAM file: a radix tree of 512-way tables over page frames; holes cost nothing. Not
 * locked. */
#pragma once

#include "base/base.h"

#define PAGES_FANOUT     512u
#define PAGES_HEIGHT_MAX 4u

struct pages {
    void *root;      /* a page (height 0) or a table */
    unsigned height; /* tables on the way to a page */
};

/* Page `index`, or NULL: a hole. */
void *pages_get(const struct pages *p, uint64_t index);
/* The page, made (not zeroed, then *out_fresh) if it is a hole. NULL: out of memory or beyond the
 * tree. */
void *pages_make(struct pages *p, uint64_t index, bool *out_fresh);
/* Frees every page from `index` on. */
void pages_truncate(struct pages *p, uint64_t index);
