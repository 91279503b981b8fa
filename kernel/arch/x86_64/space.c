/* Address spaces, reservations, mappings: arch.h's functions over pagetable.c, valloc.c and tlb.c.
 */
#include "kernel/arch/x86_64/space.h"

#include "base/string.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/mm/frame.h"

#define KERNEL_UNIT (64 * KIB)
#define FIRST_NODES 64 /* kernel ranges: nodes in the image, before there are frames */

static struct spinlock kernel_lock; /* guards the kernel's tables, kernel_va and code_va */
static struct valloc kernel_va, code_va;
static struct valloc_node kernel_nodes[FIRST_NODES], code_nodes[FIRST_NODES];

static void *node_page(void)
{
    paddr_t p = frame_alloc(0);
    return p == PADDR_NONE ? NULL : arch_direct(p);
}

static void node_page_free(void *page)
{
    frame_free(arch_direct_to_paddr(page), 0);
}

void space_init(void)
{
    int err = valloc_init(&kernel_va, KVA_BASE, KVA_END, KERNEL_UNIT, node_page, kernel_nodes,
                          sizeof(kernel_nodes));
    assert(!err);
    err = valloc_init(&code_va, CODE_BASE, CODE_END, KERNEL_UNIT, node_page, code_nodes,
                      sizeof(code_nodes));
    assert(!err);
}

int arch_space_create(struct arch_space **out)
{
    paddr_t frame = frame_alloc(0), root = frame_alloc(0);
    struct arch_space *s;
    int err = -ENOMEM;
    if (frame == PADDR_NONE || root == PADDR_NONE)
        goto fail;
    s = arch_direct(frame);
    memset(s, 0, sizeof(*s));
    s->root = root;
    s->pml4 = arch_direct(root);
    err = valloc_init(&s->va, USER_BASE, USER_END, LARGE_PAGE_SIZE, node_page, s->nodes,
                      PAGE_SIZE - sizeof(*s));
    if (err)
        goto fail;
    memset(s->pml4, 0, PAGE_SIZE / 2);
    memcpy(s->pml4 + PT_ENTRIES / 2, kernel_pml4 + PT_ENTRIES / 2, PAGE_SIZE / 2);
    *out = s;
    return 0;
fail:
    if (frame != PADDR_NONE)
        frame_free(frame, 0);
    if (root != PADDR_NONE)
        frame_free(root, 0);
    return err;
}

void arch_space_destroy(struct arch_space *s)
{
    tlb_leave(s);
    for (unsigned i = 0; i < PT_ENTRIES / 2; i++)
        assert(s->pml4[i] == 0);
    valloc_fini(&s->va, node_page_free);
    frame_free(s->root, 0);
    frame_free(arch_direct_to_paddr(s), 0);
}

/* A CPU without a space keeps the tables it has (their upper half is everyone's) until it needs
 * others or their space is destroyed. */
void arch_space_switch(struct arch_space *s)
{
    arch_irq_t irq = arch_irq_disable();
    struct cpu *c = cpu_self();
    if (s && c->space != s) {
        uint64_t bit = 1ull << c->number;
        struct arch_space *old;
        __atomic_or_fetch(&s->cpus, bit, __ATOMIC_SEQ_CST); /* before CR3: flushes concern us now */
        old = __atomic_exchange_n(&c->space, s, __ATOMIC_SEQ_CST); /* tlb_nmi may have taken it */
        cr3_write(s->root);
        if (old)
            __atomic_and_fetch(&old->cpus, ~bit, __ATOMIC_SEQ_CST);
    }
    arch_irq_restore(irq);
}

static struct valloc *range_of(struct arch_space *s, uintptr_t va)
{
    if (s)
        return &s->va;
    return va >= CODE_BASE ? &code_va : &kernel_va;
}

static struct spinlock *lock_of(struct arch_space *s)
{
    return s ? &s->lock : &kernel_lock;
}

static uintptr_t reserve_in(struct valloc *a, struct spinlock *l, uint64_t bytes)
{
    arch_irq_t irq = spin_lock(l);
    uintptr_t va = valloc_alloc(a, bytes);
    spin_unlock(l, irq);
    return va;
}

uintptr_t arch_reserve(struct arch_space *s, uint64_t bytes)
{
    return reserve_in(s ? &s->va : &kernel_va, lock_of(s), bytes);
}

uintptr_t arch_reserve_code(uint64_t bytes)
{
    return reserve_in(&code_va, &kernel_lock, bytes);
}

void arch_unreserve(struct arch_space *s, uintptr_t va, uint64_t bytes)
{
    arch_irq_t irq = spin_lock(lock_of(s));
    valloc_free(range_of(s, va), va, bytes);
    spin_unlock(lock_of(s), irq);
}

uint64_t arch_table_frames(uintptr_t va, uint64_t bytes)
{
    uint64_t n = 0;
    if (bytes == 0)
        return 0;
    for (unsigned shift = 21; shift <= 39; shift += 9)
        n += ((va + bytes - 1) >> shift) - (va >> shift) + 1;
    return n;
}

static bool range_ok(struct arch_space *s, uintptr_t va, uint64_t bytes)
{
    if (s)
        return va >= USER_BASE && va < USER_END && bytes <= USER_END - va;
    return (va >= KVA_BASE && va < KVA_END && bytes <= KVA_END - va) ||
           (va >= CODE_BASE && va < CODE_END && bytes <= CODE_END - va);
}

/* Unmaps what lies in [va, va + bytes), flushes, frees tables and reports frames, batch by batch.
 */
static void unmap(struct arch_space *s, uintptr_t va, uint64_t bytes, arch_unmapped_fn fn,
                  void *arg)
{
    uint64_t end = va + bytes;
    struct pt_batch b;
    while (va < end) {
        arch_irq_t irq = spin_lock(lock_of(s));
        va = pt_unmap(s ? s->pml4 : kernel_pml4, va, end, !s, &b);
        if (b.low <= b.high)
            tlb_flush(s, b.low, b.high);
        spin_unlock(lock_of(s), irq);
        pt_batch_free_tables(&b, s ? PT_SPACE : PT_KERNEL);
        for (unsigned i = 0; fn && i < b.nruns; i++)
            fn(arg, b.runs[i].base, b.runs[i].len);
    }
}

int arch_map(struct arch_space *s, uintptr_t va, paddr_t p, uint64_t bytes, enum arch_prot prot)
{
    uint64_t flags = pt_flags(prot) | (s ? 0 : PTE_GLOBAL), done;
    arch_irq_t irq;
    int err;
    assert(range_ok(s, va, bytes));
    irq = spin_lock(lock_of(s));
    err =
        pt_map(s ? s->pml4 : kernel_pml4, va, p, bytes, flags, s ? PT_SPACE : PT_KERNEL, 2, &done);
    spin_unlock(lock_of(s), irq);
    if (err == -ENOMEM)
        done += PAGE_SIZE; /* the tables that were made for the page after */
    if (err)
        unmap(s, va, done, NULL, NULL);
    return err;
}

void arch_unmap(struct arch_space *s, uintptr_t va, uint64_t bytes, arch_unmapped_fn fn, void *arg)
{
    assert(range_ok(s, va, bytes) && ((va | bytes) & (PAGE_SIZE - 1)) == 0);
    unmap(s, va, bytes, fn, arg);
}
