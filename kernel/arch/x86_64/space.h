/* Address spaces: internals shared by space.c and tlb.c. */
#pragma once

#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/valloc.h"
#include "kernel/core/spinlock.h"

struct arch_space {
    uint64_t *pml4;
    paddr_t root;
    uint64_t cpus;        /* atomic: bit n: CPU n has it in CR3 */
    struct spinlock lock; /* guards the tables and va */
    struct valloc va;
    struct valloc_node nodes[]; /* the rest of the frame */
};

/* Sets up the kernel's own ranges; after frame_init would be too late for nobody: needs no frames.
 */
void space_init(void);

/* Makes cached translations of [low, high] vanish on every CPU that may have them; s NULL: the
 * kernel's. Waits. */
void tlb_flush(struct arch_space *s, uint64_t low, uint64_t high);
/* Makes every CPU leave s. */
void tlb_leave(struct arch_space *s);
/* This CPU wakes from idling: catches up with what it slept through. */
void tlb_wake(void);
/* In the NMI handler: serves a request; false: there was none. */
bool tlb_nmi(void);
