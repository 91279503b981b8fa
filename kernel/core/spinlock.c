#include "kernel/core/spinlock.h"

arch_irq_t spin_lock(struct spinlock *l)
{
    arch_irq_t state = arch_irq_disable();
    uint32_t me = arch_cpu() + 1;
    uint32_t ticket;

    assert(__atomic_load_n(&l->holder, __ATOMIC_RELAXED) != me);
    ticket = __atomic_fetch_add(&l->next, 1, __ATOMIC_RELAXED);
    while (__atomic_load_n(&l->serving, __ATOMIC_ACQUIRE) != ticket)
        arch_pause();
    __atomic_store_n(&l->holder, me, __ATOMIC_RELAXED);
    return state;
}

void spin_unlock(struct spinlock *l, arch_irq_t state)
{
    assert(spin_held(l));
    __atomic_store_n(&l->holder, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&l->serving, l->serving + 1, __ATOMIC_RELEASE);
    arch_irq_restore(state);
}

bool spin_held(const struct spinlock *l)
{
    return !arch_irq_enabled() && __atomic_load_n(&l->holder, __ATOMIC_RELAXED) == arch_cpu() + 1;
}
