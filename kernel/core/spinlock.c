#include "kernel/core/spinlock.h"

arch_irq_t spin_lock(struct spinlock *l)
{
    arch_irq_t state = arch_irq_disable();
    uint32_t me = arch_cpu() + 1, seen;

    for (;;) {
        seen = 0;
        if (__atomic_compare_exchange_n(&l->holder, &seen, me, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED))
            break;
        assert(seen != me);
        while (__atomic_load_n(&l->holder, __ATOMIC_RELAXED))
            arch_pause(); /* reading only: the line stays shared */
    }
    return state;
}

void spin_unlock(struct spinlock *l, arch_irq_t state)
{
    assert(spin_held(l));
    __atomic_store_n(&l->holder, 0, __ATOMIC_RELEASE);
    arch_irq_restore(state);
}

bool spin_held(const struct spinlock *l)
{
    return !arch_irq_enabled() && __atomic_load_n(&l->holder, __ATOMIC_RELAXED) == arch_cpu() + 1;
}
