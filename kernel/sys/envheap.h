/* The heap behind env.malloc: guest memory handed out by the kernel. All bookkeeping is on the
 * kernel's side (in the process's address space, charged to it, out of the program's reach), so a
 * program can corrupt only its data. */
#pragma once

#include "kernel/sys/sys.h"

enum { ENV_HEAP_ALIGN = 16 };

/* A block of at least `size` bytes; 0 when out of memory. Makes the heap at the first call. */
guest_t env_heap_alloc(struct program *p, uint32_t size);
/* false: not the address of a block. */
bool env_heap_free(struct env_heap *h, guest_t addr);
/* Usable bytes of a block, or -1. */
int64_t env_heap_block_size(const struct env_heap *h, guest_t addr);
/* NULL is fine. */
void env_heap_destroy(struct env_heap *h);
