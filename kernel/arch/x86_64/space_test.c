/* Runs in the kernel only: real page tables. Interrupts are off while a test counts frames or has
 * switched spaces: what earlier tests left to be freed by other threads would be counted, and a
 * switch of threads changes the space. */
#include "kernel/arch/x86_64/space.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/mm/frame.h"

#define TABLES_MAX 64 /* committed for the tables of a test */

static uint64_t frames_free(void)
{
    struct frame_stats s;
    frame_stats(&s);
    return s.free;
}

static void add_bytes(void *arg, paddr_t p UNUSED, uint64_t bytes)
{
    *(uint64_t *)arg += bytes;
}

static paddr_t lookup(uintptr_t va)
{
    uint64_t bytes, e = pt_lookup_current(va, &bytes);
    return e ? e & PTE_ADDRESS & ~(bytes - 1) : PADDR_NONE;
}

static struct arch_space *create(void)
{
    struct arch_space *s;
    int err = frame_commit(TABLES_MAX);
    assert(!err);
    err = arch_space_create(&s);
    assert(!err);
    return s;
}

TEST(space_maps_and_leaves_no_frame_behind)
{
    arch_irq_t irq = arch_irq_disable();
    uint64_t before = frames_free(), unmapped = 0;
    struct arch_space *s;
    uintptr_t a, b;
    paddr_t p = frame_alloc(0);
    s = create();
    arch_space_switch(s);
    a = arch_reserve(s, 8 * GIB + 64 * KIB);
    b = arch_reserve(s, 64 * GIB);
    CHECK(a && b && a % LARGE_PAGE_SIZE == 0);
    CHECK(arch_map(s, a + 5 * GIB, p, PAGE_SIZE, ARCH_READ | ARCH_WRITE) == 0);
    CHECK(arch_map(s, a + 5 * GIB, p, PAGE_SIZE, ARCH_READ) == -EEXIST);
    CHECK(arch_map(s, b, p, PAGE_SIZE, ARCH_READ) == 0);
    *(volatile uint64_t *)(a + 5 * GIB) = 42;
    CHECK(*(volatile uint64_t *)b == 42 && lookup(b) == p && lookup(b + PAGE_SIZE) == PADDR_NONE);
    arch_unmap(s, a, 8 * GIB, add_bytes, &unmapped);
    arch_unmap(s, b, 64 * GIB, add_bytes, &unmapped);
    CHECK(unmapped == 2 * PAGE_SIZE && lookup(b) == PADDR_NONE);
    arch_unreserve(s, a, 8 * GIB + 64 * KIB);
    arch_unreserve(s, b, 64 * GIB);
    arch_space_switch(NULL);
    arch_space_destroy(s);
    frame_uncommit(TABLES_MAX);
    frame_free(p, 0);
    CHECK(frames_free() == before);
    arch_irq_restore(irq);
}

TEST(space_uses_large_pages)
{
    arch_irq_t irq = arch_irq_disable();
    uint64_t before = frames_free(), unmapped = 0, bytes;
    struct arch_space *s;
    uintptr_t va;
    paddr_t p = frame_alloc(9);
    if (p == PADDR_NONE) { /* a small machine */
        arch_irq_restore(irq);
        return;
    }
    s = create();
    arch_space_switch(s);
    va = arch_reserve(s, 4 * LARGE_PAGE_SIZE);
    CHECK(arch_map(s, va, p, LARGE_PAGE_SIZE, ARCH_READ | ARCH_WRITE) == 0);
    CHECK((pt_lookup_current(va, &bytes) & PTE_LARGE) && bytes == LARGE_PAGE_SIZE);
    CHECK(arch_map(s, va + LARGE_PAGE_SIZE, p, 4 * PAGE_SIZE, ARCH_READ) == 0);
    CHECK(pt_lookup_current(va + LARGE_PAGE_SIZE, &bytes) && bytes == PAGE_SIZE);
    arch_unmap(s, va, 4 * LARGE_PAGE_SIZE, add_bytes, &unmapped);
    CHECK(unmapped == LARGE_PAGE_SIZE + 4 * PAGE_SIZE);
    arch_unreserve(s, va, 4 * LARGE_PAGE_SIZE);
    arch_space_switch(NULL);
    arch_space_destroy(s);
    frame_uncommit(TABLES_MAX);
    frame_free(p, 9);
    CHECK(frames_free() == before);
    arch_irq_restore(irq);
}

TEST(space_unmaps_scattered_pages_in_batches)
{
    enum { PAGES = 3 * PT_BATCH + 5 };
    arch_irq_t irq = arch_irq_disable();
    uint64_t before = frames_free(), unmapped = 0;
    uintptr_t va = arch_reserve(NULL, 4 * PAGES * PAGE_SIZE);
    paddr_t p = frame_alloc(0);
    for (uint64_t i = 0; i < PAGES; i++)
        CHECK(arch_map(NULL, va + 3 * i * PAGE_SIZE, p, PAGE_SIZE, ARCH_READ) == 0);
    arch_unmap(NULL, va, 4 * PAGES * PAGE_SIZE, add_bytes, &unmapped);
    CHECK(unmapped == PAGES * PAGE_SIZE);
    CHECK(lookup(va) == PADDR_NONE && lookup(va + 3 * PAGE_SIZE) == PADDR_NONE);
    arch_unreserve(NULL, va, 4 * PAGES * PAGE_SIZE);
    frame_free(p, 0);
    CHECK(frames_free() == before);
    arch_irq_restore(irq);
}

TEST(space_counts_table_frames)
{
    CHECK(arch_table_frames(8 * GIB, 0) == 0);
    CHECK(arch_table_frames(8 * GIB, PAGE_SIZE) == 3);
    CHECK(arch_table_frames(8 * GIB, LARGE_PAGE_SIZE) == 3);
    CHECK(arch_table_frames(8 * GIB, GIB) == 512 + 1 + 1);
    CHECK(arch_table_frames(8 * GIB, GIB + PAGE_SIZE) == 513 + 2 + 1);
}

/* No page of the kernel is both writable and executable, in either view. */
TEST(kernel_is_write_xor_execute)
{
    extern const uint8_t kernel_text_start[], kernel_end[];
    uint64_t bytes, bad = 0;
    for (const uint8_t *p = kernel_text_start; (uint64_t)p < (uint64_t)kernel_end; p += PAGE_SIZE) {
        uint64_t e = pt_lookup_current((uint64_t)p, &bytes);
        uint64_t d = pt_lookup_current((uint64_t)arch_direct(image_paddr(p)), &bytes);
        bad += (e & PTE_WRITE) && !(e & PTE_NX);
        bad += d && (!(d & PTE_NX) || ((d & PTE_WRITE) && e && !(e & PTE_WRITE)));
    }
    CHECK(bad == 0);
    CHECK(pt_lookup_current(0, &bytes) == 0 && pt_lookup_current(0x200000, &bytes) == 0);
}
