/* Kernel stacks: mapped, with an inaccessible range below each. */
#include "base/sanitize.h"
#include "kernel/core/spinlock.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/space.h"

enum {
    RESERVE_ALIGN = 64 * 1024,
    SLOT_BYTES = (KSTACK_SIZE + PAGE_SIZE + RESERVE_ALIGN - 1) / RESERVE_ALIGN * RESERVE_ALIGN,
};

_Static_assert(SLOT_BYTES - KSTACK_SIZE >= PAGE_SIZE, "room for the guard");

/* Stacks kept for the next thread: unmapping one costs all CPUs a look at their TLBs. */
enum { CACHE_MAX = 32, CACHE_SHARE = 64 /* of all memory */ };

static struct spinlock cache_lock; /* guards cache and ncached */
static void *cache[CACHE_MAX];
static unsigned ncached;

static void *cache_take(void)
{
    arch_irq_t irq = spin_lock(&cache_lock);
    void *stack = ncached ? cache[--ncached] : NULL;

    spin_unlock(&cache_lock, irq);
    return stack;
}

static bool cache_put(void *stack)
{
    struct frame_stats frames;
    arch_irq_t irq;
    bool room;

    frame_stats(&frames);
    irq = spin_lock(&cache_lock);
    room = ncached < CACHE_MAX &&
           (ncached + 1) * (KSTACK_SIZE / PAGE_SIZE) <= frames.total / CACHE_SHARE;
    if (room)
        cache[ncached++] = stack;
    spin_unlock(&cache_lock, irq);
    return room;
}

static void free_unmapped(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    frame_free_run(p, bytes / PAGE_SIZE, false);
}

static void destroy(void *stack)
{
    arch_unmap(NULL, (uintptr_t)stack, KSTACK_SIZE, free_unmapped, NULL);
    arch_unreserve(NULL, (uintptr_t)stack + KSTACK_SIZE - SLOT_BYTES, SLOT_BYTES);
}

static void *create(void)
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

void *kstack_alloc(void)
{
    void *stack = cache_take();

    return stack ? stack : create();
}

void kstack_free(void *stack)
{
    sanitize_unpoison(stack, KSTACK_SIZE); /* what its last frames left */
    if (!cache_put(stack))
        destroy(stack);
}

bool kstack_cache_drop(void)
{
    bool any = false;
    void *stack;

    while ((stack = cache_take())) {
        destroy(stack);
        any = true;
    }
    return any;
}
