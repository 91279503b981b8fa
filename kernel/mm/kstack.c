/* Kernel stacks: mapped, with an inaccessible range below each. */
#include "base/sanitize.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/space.h"

enum {
    RESERVE_ALIGN = 64 * 1024,
    SLOT_BYTES = (KSTACK_SIZE + PAGE_SIZE + RESERVE_ALIGN - 1) / RESERVE_ALIGN * RESERVE_ALIGN,
};

_Static_assert(SLOT_BYTES - KSTACK_SIZE >= PAGE_SIZE, "room for the guard");

static void free_unmapped(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    frame_free_run(p, bytes / PAGE_SIZE, false);
}

void *kstack_alloc(void)
{
    uintptr_t slot = arch_reserve(NULL, SLOT_BYTES), stack = slot + SLOT_BYTES - KSTACK_SIZE;
    paddr_t p;

    if (!slot)
        return NULL;
    p = frame_alloc_run(KSTACK_SIZE / PAGE_SIZE);
    if (p == PADDR_NONE)
        goto fail;
    if (arch_map(NULL, stack, p, KSTACK_SIZE, ARCH_READ | ARCH_WRITE)) {
        frame_free_run(p, KSTACK_SIZE / PAGE_SIZE, false);
        goto fail;
    }
    return (void *)stack;
fail:
    arch_unreserve(NULL, slot, SLOT_BYTES);
    return NULL;
}

void kstack_free(void *stack)
{
    sanitize_unpoison(stack, KSTACK_SIZE); /* what its last frames left */
    arch_unmap(NULL, (uintptr_t)stack, KSTACK_SIZE, free_unmapped, NULL);
    arch_unreserve(NULL, (uintptr_t)stack + KSTACK_SIZE - SLOT_BYTES, SLOT_BYTES);
}
