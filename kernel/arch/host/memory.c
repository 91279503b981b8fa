/* Physical memory is a file without a name: mapped once as the direct map, and again wherever
 * arch_map says. All reservations are cut from a few large inaccessible mappings, so that making
 * one is free.
 *
 * Perf takes names from its map only for code that lies in no file. If it shall (perf.c), memory is
 * a shared anonymous mapping, and further views are made by mremap with an old size of 0. */
#include "kernel/arch/host/host.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"

enum {
    SMALL_ALIGN = 64 * 1024,
    SMALL_MAX = 1024 * 1024, /* larger reservations are aligned to LARGE_PAGE_SIZE */
};

#define FRAMES_START    LARGE_PAGE_SIZE /* physical address of the first frame: 0 is never one */
#define SMALL_RANGE     (64 * GIB)
#define CODE_RANGE      (2 * GIB - MIB)
#define LARGE_RANGE_MAX (64ull << 40)
#define LARGE_RANGE_MIN (64 * GIB)

struct arch_space {
    char unused; /* there is one address space for all */
};

static int memory_fd = -1;
static char *direct; /* direct + p is frame p */
static uint64_t memory_end;
static struct spinlock ranges_lock;
static struct host_range small_range, large_range, code_range;
static uintptr_t code_start;

static void *inaccessible(void *at, uint64_t bytes, int flags)
{
    void *p =
        mmap(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

static void ranges_init(void)
{
    uint64_t bytes = LARGE_RANGE_MAX;
    void *p;

    while (!(p = inaccessible(NULL, bytes, 0)) && bytes > LARGE_RANGE_MIN)
        bytes /= 2;
    if (!p)
        host_fatal("no address space for reservations");
    host_range_init(&large_range, (uintptr_t)p, bytes, LARGE_PAGE_SIZE);
    if (!(p = inaccessible(NULL, SMALL_RANGE, 0)))
        host_fatal("no address space for stacks");
    host_range_init(&small_range, (uintptr_t)p, SMALL_RANGE, SMALL_ALIGN);
    if (!(p = inaccessible(NULL, CODE_RANGE, 0)))
        host_fatal("no address space for code");
    host_range_init(&code_range, (uintptr_t)p, CODE_RANGE, SMALL_ALIGN);
    code_start = (uintptr_t)p;
}

void host_memory_init(uint64_t bytes)
{
    uint64_t span = FRAMES_START + bytes;
    uintptr_t at;

    int flags = MAP_SHARED | MAP_FIXED;
    if (arch_boot.code_notes) {
        flags |= MAP_ANONYMOUS | MAP_NORESERVE;
    } else {
        memory_fd = memfd_create("wasmos", MFD_CLOEXEC);
        if (memory_fd < 0 || ftruncate(memory_fd, (off_t)span))
            host_fatal("no memory");
    }
    at = (uintptr_t)inaccessible(NULL, span + LARGE_PAGE_SIZE, 0);
    if (!at)
        host_fatal("no address space for the memory");
    direct = (char *)align_up(at, LARGE_PAGE_SIZE);
    if (mmap(direct + FRAMES_START, bytes, PROT_READ | PROT_WRITE, flags, memory_fd,
             (off_t)FRAMES_START) == MAP_FAILED)
        host_fatal("the memory cannot be mapped");
    memory_end = span;
    arch_boot.memory[0] = (struct arch_memory){FRAMES_START, bytes};
    arch_boot.nmemory = 1;
    ranges_init();
}

void *arch_direct(paddr_t p)
{
    dassert(p <= memory_end);
    return direct + p;
}

paddr_t arch_direct_to_paddr(const void *p)
{
    paddr_t at = (paddr_t)((const char *)p - direct);

    assert(at >= FRAMES_START && at < memory_end);
    return at;
}

/* ---- address spaces ---- */

int arch_space_create(struct arch_space **out)
{
    static struct arch_space the_one;

    *out = &the_one;
    return 0;
}

void arch_space_destroy(struct arch_space *s)
{
    (void)s;
}

void arch_space_switch(struct arch_space *s)
{
    (void)s;
}

uint64_t arch_table_frames(uintptr_t va, uint64_t bytes)
{
    (void)va;
    (void)bytes;
    return 0;
}

static struct host_range *range_for(uint64_t bytes)
{
    return bytes <= SMALL_MAX ? &small_range : &large_range;
}

static uintptr_t reserve(struct host_range *r, uint64_t bytes)
{
    arch_irq_t irq = spin_lock(&ranges_lock);
    uintptr_t va = host_range_take(r, bytes);

    spin_unlock(&ranges_lock, irq);
    return va;
}

uintptr_t arch_reserve(struct arch_space *s, uint64_t bytes)
{
    (void)s;
    return bytes > LARGE_RANGE_MAX ? 0 : reserve(range_for(bytes), bytes);
}

uintptr_t arch_reserve_code(uint64_t bytes)
{
    return bytes > CODE_RANGE ? 0 : reserve(&code_range, bytes);
}

void arch_unreserve(struct arch_space *s, uintptr_t va, uint64_t bytes)
{
    struct host_range *r = va - code_start < CODE_RANGE ? &code_range : range_for(bytes);
    arch_irq_t irq;

    (void)s;
    assert(va % SMALL_ALIGN == 0);
    irq = spin_lock(&ranges_lock);
    host_range_give(r, va, bytes);
    spin_unlock(&ranges_lock, irq);
}

/* ---- mappings ---- */

/* Frames at a further address. */
static void *view(uintptr_t va, paddr_t p, uint64_t bytes, int linux_prot)
{
    void *at;

    if (memory_fd >= 0)
        return mmap((void *)va, bytes, linux_prot, MAP_SHARED | MAP_FIXED | MAP_POPULATE, memory_fd,
                    (off_t)p);
    at = mremap(direct + p, 0, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)va);
    return at != MAP_FAILED && mprotect(at, bytes, linux_prot) ? MAP_FAILED : at;
}

int arch_map(struct arch_space *s, uintptr_t va, paddr_t p, uint64_t bytes, enum arch_prot prot)
{
    int linux_prot = (prot & ARCH_READ ? PROT_READ : 0) | (prot & ARCH_WRITE ? PROT_WRITE : 0) |
                     (prot & ARCH_EXEC ? PROT_EXEC : 0);
    arch_irq_t irq;
    void *at;

    (void)s;
    assert((prot & (ARCH_WRITE | ARCH_EXEC)) != (ARCH_WRITE | ARCH_EXEC));
    assert(bytes && (va | p | bytes) % PAGE_SIZE == 0 && p + bytes <= memory_end);
    if (host_tables_mapped(va))
        return -WASI_EEXIST;
    irq = arch_irq_disable();
    at = view(va, p, bytes, linux_prot);
    if (at != MAP_FAILED)
        host_tables_set(va, p, bytes);
    arch_irq_restore(irq);
    return at == MAP_FAILED ? -WASI_ENOMEM : 0;
}

void arch_unmap(struct arch_space *s, uintptr_t va, uint64_t bytes, arch_unmapped_fn fn, void *arg)
{
    uintptr_t start, end;
    arch_irq_t irq = arch_irq_disable();

    (void)s;
    assert((va | bytes) % PAGE_SIZE == 0);
    if (host_tables_hull(va, bytes, &start, &end)) {
        if (!inaccessible((void *)start, end - start, MAP_FIXED))
            panic("Linux does not unmap: error %d", errno);
        host_tables_clear(start, end - start, fn, arg);
    }
    arch_irq_restore(irq);
}
