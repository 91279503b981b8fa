/* From the boot loader's memory map to arch_boot.memory; early frames; the kernel's own page
 * tables. */
#include "kernel/arch/x86_64/ram.h"

#include "base/string.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/paging.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/log.h"

#define LOW_MEMORY   (1 * MIB) /* BIOS data, the start page of other CPUs: never handed out */
#define EARLY_LIMIT  (4 * GIB) /* what the boot page tables map */
#define DIRECT_LIMIT (DIRECT_SLOTS * 512 * GIB)

extern uint8_t kernel_text_start[], kernel_text_end[], kernel_rodata_start[], kernel_rodata_end[];
extern uint8_t kernel_data_start[], kernel_end[];

struct cpu_stacks boot_stacks __attribute__((aligned(4096)));
uint64_t kernel_pml4[PT_ENTRIES] __attribute__((aligned(4096)));

static struct memmap usable; /* free frames */
static struct memmap ram;    /* everything that is memory: what the direct map covers */
static uint64_t device_next = DEVICE_BASE;

void *arch_direct(paddr_t p)
{
    return (void *)(DIRECT_BASE + p);
}

paddr_t arch_direct_to_paddr(const void *p)
{
    uint64_t va = (uint64_t)p;
    assert(va >= DIRECT_BASE && va < DIRECT_BASE + DIRECT_LIMIT);
    return va - DIRECT_BASE;
}

paddr_t image_paddr(const void *p)
{
    assert((uint64_t)p >= KERNEL_BASE && (uint64_t)p < CODE_BASE);
    return (uint64_t)p - KERNEL_BASE;
}

void ram_init(const struct boot_info *b)
{
    for (unsigned i = 0; i < b->nmemory; i++) {
        const struct boot_memory *m = &b->memory[i];
        if (m->type == BOOT_RAM)
            memmap_add(&usable, m->base, m->len);
        if (m->type == BOOT_RAM || m->type == BOOT_ACPI || m->type == BOOT_ACPI_NVS)
            memmap_add(&ram, m->base, m->len);
    }
    for (unsigned i = 0; i < b->nmemory; i++) {
        const struct boot_memory *m = &b->memory[i];
        if (m->type != BOOT_RAM)
            memmap_remove(&usable, m->base, m->len);
        if (m->type == BOOT_RESERVED || m->type == BOOT_BAD)
            memmap_remove(&ram, m->base, m->len);
    }
    memmap_remove(&usable, 0, LOW_MEMORY);
    memmap_remove(&usable, KERNEL_LOAD, image_paddr(kernel_end) - KERNEL_LOAD);
    for (unsigned i = 0; i < b->nmodules; i++)
        memmap_remove(&usable, b->modules[i].base, b->modules[i].len);
    memmap_remove(&usable, DIRECT_LIMIT, UINT64_MAX);
    memmap_remove(&ram, DIRECT_LIMIT, UINT64_MAX);
    memmap_to_pages(&usable);
    memmap_to_pages(&ram);
}

const struct memmap *ram_map(void)
{
    return &ram;
}

paddr_t ram_low_page(const struct boot_info *b)
{
    for (paddr_t p = 0x8000; p < 0x80000; p += PAGE_SIZE) {
        bool free = false, taken = false;
        for (unsigned i = 0; i < b->nmemory; i++) {
            const struct boot_memory *m = &b->memory[i];
            uint64_t end = m->len > UINT64_MAX - m->base ? UINT64_MAX : m->base + m->len;
            if (m->base < p + PAGE_SIZE && end > p)
                *(m->type == BOOT_RAM && m->base <= p && end >= p + PAGE_SIZE ? &free : &taken) =
                    true;
        }
        for (unsigned i = 0; i < b->nmodules; i++)
            taken |=
                b->modules[i].base < p + PAGE_SIZE && b->modules[i].base + b->modules[i].len > p;
        if (free && !taken)
            return p;
    }
    return PADDR_NONE;
}

paddr_t early_alloc(uint64_t bytes)
{
    bytes = align_up(bytes, PAGE_SIZE);
    for (unsigned i = usable.n; i-- > 0;) {
        struct arch_memory *r = &usable.range[i];
        uint64_t end = min_u64(r->base + r->len, EARLY_LIMIT);
        if (r->base >= end || end - r->base < bytes)
            continue;
        paddr_t p = end - bytes;
        memmap_remove(&usable, p, bytes);
        memset(arch_direct(p), 0, bytes);
        return p;
    }
    panic("out of memory while starting: at least 16 MiB are needed");
}

void ram_finish(void)
{
    while (usable.n > ARRAY_LEN(arch_boot.memory)) { /* give up the smallest pieces */
        unsigned smallest = 0;
        for (unsigned i = 1; i < usable.n; i++)
            if (usable.range[i].len < usable.range[smallest].len)
                smallest = i;
        memmap_remove(&usable, usable.range[smallest].base, usable.range[smallest].len);
    }
    for (unsigned i = 0; i < usable.n; i++)
        arch_boot.memory[i] = usable.range[i];
    arch_boot.nmemory = usable.n;
}

/* ---- the kernel's page tables ---- */

static void map_kernel(uint64_t va, paddr_t p, uint64_t bytes, uint64_t flags, unsigned max_level)
{
    int err = pt_map(kernel_pml4, va, p, bytes, flags | PTE_GLOBAL, PT_EARLY, max_level, NULL);
    if (err)
        panic("kernel page tables: cannot map %#lx (%s)", va, errno_name(-err));
}

static void map_image(const uint8_t *start, const uint8_t *end, enum arch_prot prot)
{
    uint64_t bytes = align_up((uint64_t)(end - start), PAGE_SIZE);
    map_kernel((uint64_t)start, image_paddr(start), bytes, pt_flags(prot), 1);
}

static void map_stack(const uint8_t *stack, uint64_t bytes)
{
    map_kernel((uint64_t)stack, image_paddr(stack), bytes, pt_flags(ARCH_READ | ARCH_WRITE), 1);
}

/* Everything writable but the guard pages of the boot CPU's stacks. */
static void map_data(void)
{
    const uint8_t *stacks = (const uint8_t *)&boot_stacks;
    map_image(kernel_data_start, stacks, ARCH_READ | ARCH_WRITE);
    for (unsigned i = 0; i < IST_COUNT; i++)
        map_stack(boot_stacks.ist[i].stack, IST_STACK_SIZE);
    map_stack(boot_stacks.boot, KSTACK_SIZE);
    map_image(stacks + sizeof(boot_stacks), kernel_end, ARCH_READ | ARCH_WRITE);
}

static void map_direct(unsigned max_level)
{
    struct memmap writable = ram;
    uint64_t fixed =
        image_paddr(kernel_rodata_end) - KERNEL_LOAD; /* text and constants stay so here too */
    memmap_remove(&writable, KERNEL_LOAD, fixed);
    for (unsigned i = 0; i < writable.n; i++)
        map_kernel(DIRECT_BASE + writable.range[i].base, writable.range[i].base,
                   writable.range[i].len, pt_flags(ARCH_READ | ARCH_WRITE), max_level);
    map_kernel(DIRECT_BASE + KERNEL_LOAD, KERNEL_LOAD, fixed, pt_flags(ARCH_READ), 1);
}

/* Entries of the root that every space copies: they must exist before the first space does. */
static void make_shared_tables(void)
{
    static const uint64_t shared[] = {KVA_BASE, DEVICE_BASE, KERNEL_BASE};
    for (unsigned i = 0; i < ARRAY_LEN(shared); i++) {
        uint64_t *e = &kernel_pml4[shared[i] >> 39 & (PT_ENTRIES - 1)];
        if (!*e)
            *e = early_alloc(PAGE_SIZE) | PTE_PRESENT | PTE_WRITE | PTE_ACCESSED;
    }
}

void paging_init(void)
{
    make_shared_tables();
    map_image(kernel_text_start, kernel_text_end, ARCH_READ | ARCH_EXEC);
    map_image(kernel_rodata_start, kernel_rodata_end, ARCH_READ);
    map_data();
    map_direct(cpu_features & CPU_GIB_PAGES ? 3 : 2);
    cr3_write(image_paddr(kernel_pml4));
}

void *device_map(paddr_t p, uint64_t len, enum device_cache cache)
{
    uint64_t first = align_down(p, PAGE_SIZE), offset = p - first, bytes, flags, va;
    if (len == 0 || len > DEVICE_END - DEVICE_BASE || p > PTE_ADDRESS - len)
        return NULL;
    bytes = align_up(offset + len, PAGE_SIZE);
    va = device_next;
    if (bytes >= LARGE_PAGE_SIZE) /* so that large pages fit */
        va = align_up(va, LARGE_PAGE_SIZE) + (first & (LARGE_PAGE_SIZE - 1));
    if (bytes > DEVICE_END - va)
        return NULL;
    flags = pt_flags(ARCH_READ | (cache == DEVICE_CACHED_READ_ONLY ? 0 : ARCH_WRITE));
    if (cache == DEVICE_UNCACHED)
        flags |= PTE_PCD | PTE_PWT;
    if (cache == DEVICE_COMBINING)
        flags |= PTE_PWT; /* PAT entry 1 (features.c) */
    map_kernel(va, first, bytes, flags, 2);
    device_next = va + bytes;
    return (void *)(va + offset);
}
