/* Page frames: a buddy allocator over the boot memory map, and the commit account that makes
 * overcommit impossible: whoever will touch n frames reserves them first, so a page fault can never
 * fail. */
#pragma once

#include "kernel/arch/arch.h"

#define FRAME_ORDER_MAX 10 /* 4 MiB */

void frame_init(void); /* from arch_boot.memory */
/* 2^order frames, naturally aligned, not zeroed; PADDR_NONE when there are none. */
MUSTUSE paddr_t frame_alloc(unsigned order);
void frame_free(paddr_t p, unsigned order);

/* Reserves n frames for later frame_alloc_committed; 0 or -ENOMEM. frame_alloc itself commits what
 * it takes. */
MUSTUSE int frame_commit(uint64_t n);
void frame_uncommit(uint64_t n);
/* Takes 2^order of frames committed before; may return PADDR_NONE only for order > 0. */
MUSTUSE paddr_t frame_alloc_committed(unsigned order);
/* Frees frames whose commitment stays (they may be taken again). */
void frame_free_committed(paddr_t p, unsigned order);

/* Contiguous frames of any number up to 2^FRAME_ORDER_MAX, and freeing of any piece of what was
 * allocated. */
MUSTUSE paddr_t frame_alloc_run(uint64_t pages);
void frame_free_run(paddr_t p, uint64_t pages, bool committed);

struct frame_stats {
    uint64_t total, free, committed;
};
void frame_stats(struct frame_stats *out);

enum { FRAME_KEPT_SHARE = 32, FRAME_KEPT_MIN = 128 };
/* Frames that files and programs may still take: what is not committed, less a share for the kernel
 * itself, so that it can start and end programs when one of them has eaten the rest. */
static inline uint64_t frame_spare(void)
{
    struct frame_stats s;
    frame_stats(&s);
    uint64_t kept = s.total / FRAME_KEPT_SHARE;
    if (kept < FRAME_KEPT_MIN)
        kept = FRAME_KEPT_MIN;
    return s.total > s.committed + kept ? s.total - s.committed - kept : 0;
}
