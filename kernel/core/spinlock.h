/* Spin lock: for a few instructions, interrupts off on this CPU. Lock order: docs/locking.md. */
#pragma once

#include "base/base.h"
#include "kernel/arch/arch.h"

struct spinlock {
    uint32_t next, serving; /* ticket lock */
    uint32_t holder;        /* CPU number + 1, for assertions */
};

#define SPINLOCK_INIT {0}

MUSTUSE arch_irq_t spin_lock(struct spinlock *l); /* disables interrupts, returns their state */
void spin_unlock(struct spinlock *l, arch_irq_t state);
bool spin_held(const struct spinlock *l); /* by this CPU */
