/* TLB shootdown. The request is announced by NMI, so a CPU answers also while it spins for a lock
 * with interrupts off: flushing is allowed under any lock. A halted CPU is left asleep; it flushes
 * everything when it wakes. */
#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/space.h"
#include "kernel/arch/x86_64/x86.h"

#define INVLPG_MAX 32 /* pages; more of them: flush everything */

static struct spinlock request_lock;
static struct {
    uint64_t low, high;
    bool kernel;              /* global translations as well */
    struct arch_space *leave; /* to be given up where it is loaded */
} request;                    /* guarded by request_lock; read by the CPUs asked */

static void flush_all(bool global)
{
    if (global) {
        uint64_t cr4 = cr4_read();
        cr4_write(cr4 & ~CR4_PGE); /* SDM volume 3, 4.10.4.1: also global ones */
        cr4_write(cr4);
    } else {
        cr3_write(cr3_read());
    }
}

static void flush_range(uint64_t low, uint64_t high, bool global)
{
    if (high - low >= INVLPG_MAX * PAGE_SIZE) {
        flush_all(global);
        return;
    }
    for (uint64_t va = align_down(low, PAGE_SIZE);; va += PAGE_SIZE) {
        invlpg(va);
        if (high - va < PAGE_SIZE)
            return;
    }
}

static void leave_local(struct cpu *c, struct arch_space *s)
{
    if (__atomic_load_n(&c->space, __ATOMIC_SEQ_CST) != s)
        return;
    cr3_write(image_paddr(kernel_pml4));
    __atomic_store_n(&c->space, NULL, __ATOMIC_SEQ_CST);
    __atomic_and_fetch(&s->cpus, ~(1ull << c->number), __ATOMIC_SEQ_CST);
}

bool tlb_nmi(void)
{
    struct cpu *c = cpu_self();
    if (!__atomic_load_n(&c->shoot_pending, __ATOMIC_ACQUIRE))
        return false;
    if (request.leave)
        leave_local(c, request.leave);
    else
        flush_range(request.low, request.high, request.kernel);
    __atomic_store_n(&c->shoot_pending, false, __ATOMIC_RELEASE);
    return true;
}

void tlb_wake(void)
{
    struct cpu *c = cpu_self();
    __atomic_store_n(&c->idle, false, __ATOMIC_SEQ_CST);
    if (__atomic_exchange_n(&c->flush_pending, false, __ATOMIC_SEQ_CST))
        flush_all(true);
}

/* False: the CPU sleeps and will flush on its own. */
static bool must_ask(struct cpu *c)
{
    if (request.leave)
        return true;
    if (!__atomic_load_n(&c->idle, __ATOMIC_SEQ_CST))
        return true;
    __atomic_store_n(&c->flush_pending, true, __ATOMIC_SEQ_CST);
    return !__atomic_load_n(&c->idle, __ATOMIC_SEQ_CST);
}

/* Asks the CPUs of `targets` and waits for them; request_lock is held. */
static void ask(uint64_t targets)
{
    for (uint64_t m = targets; m; m &= m - 1) {
        unsigned n = (unsigned)__builtin_ctzll(m);
        if (!must_ask(cpus[n])) {
            targets &= ~(1ull << n);
            continue;
        }
        __atomic_store_n(&cpus[n]->shoot_pending, true, __ATOMIC_SEQ_CST);
        apic_send_nmi(cpus[n]->apic_id);
    }
    for (uint64_t m = targets; m; m &= m - 1) {
        struct cpu *c = cpus[__builtin_ctzll(m)];
        while (__atomic_load_n(&c->shoot_pending, __ATOMIC_ACQUIRE))
            cpu_pause();
    }
}

static uint64_t online_mask(void)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < CPU_MAX; i++) {
        struct cpu *c = __atomic_load_n(&cpus[i], __ATOMIC_ACQUIRE);
        if (c && __atomic_load_n(&c->online, __ATOMIC_SEQ_CST))
            mask |= 1ull << i;
    }
    return mask;
}

void tlb_flush(struct arch_space *s, uint64_t low, uint64_t high)
{
    arch_irq_t irq = arch_irq_disable();
    struct cpu *c = cpu_self();
    uint64_t self = 1ull << c->number, targets;
    if (!s || c->space == s)
        flush_range(low, high, !s);
    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* the entries are gone before anyone is looked up */
    targets = (s ? __atomic_load_n(&s->cpus, __ATOMIC_SEQ_CST) : online_mask()) & ~self;
    if (targets) {
        arch_irq_t inner = spin_lock(&request_lock);
        request.low = low;
        request.high = high;
        request.kernel = !s;
        request.leave = NULL;
        ask(targets);
        spin_unlock(&request_lock, inner);
    }
    arch_irq_restore(irq);
}

void tlb_leave(struct arch_space *s)
{
    arch_irq_t irq = arch_irq_disable();
    leave_local(cpu_self(), s);
    uint64_t targets = __atomic_load_n(&s->cpus, __ATOMIC_SEQ_CST);
    if (targets) {
        arch_irq_t inner = spin_lock(&request_lock);
        request.leave = s;
        ask(targets);
        request.leave = NULL;
        spin_unlock(&request_lock, inner);
    }
    while (__atomic_load_n(&s->cpus, __ATOMIC_SEQ_CST)) /* a switch under way clears its own bit */
        cpu_pause();
    arch_irq_restore(irq);
}
