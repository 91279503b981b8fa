/* A process's address space: reservations of the lower half, committed in parts, filled on demand.
 */
#pragma once

#include "kernel/arch/arch.h"

struct space;

MUSTUSE int space_create(struct space **out);
void space_destroy(struct space *s); /* releases every reservation */
struct arch_space *space_arch(struct space *s);

/* An inaccessible range, 64 KiB aligned; 0 when exhausted. */
uintptr_t space_reserve(struct space *s, uint64_t bytes);
/* Zero-filled on demand from now on; charged now. 0, -ENOMEM (machine or limit), -EINVAL. */
MUSTUSE int space_commit(struct space *s, uintptr_t va, uint64_t bytes);
void space_release(struct space *s, uintptr_t va);
/* A page fault at va: 0 and the access may be repeated, or -EFAULT. */
MUSTUSE int space_fault(struct space *s, uintptr_t va);
void space_limit_set(struct space *s, uint64_t bytes); /* of committed memory */
uint64_t space_committed(const struct space *s);

/* ---- the kernel's own mappings ---- */

void *kstack_alloc(void); /* KSTACK_SIZE with guard pages; NULL when out of memory */
void kstack_free(void *stack);
/* Freed stacks are kept for a while; this gives them back when memory is short. false: there were
 * none. */
bool kstack_cache_drop(void);

/* Machine code: one set of frames, two views (docs/memory.md). */
struct code_area {
    uint8_t *exec, *write;
    uint64_t len, committed_bytes;
};
MUSTUSE int code_area_create(uint64_t bytes, struct code_area *out);
MUSTUSE int code_area_commit(struct code_area *a, uint64_t offset, uint64_t bytes);
void code_area_destroy(struct code_area *a);
