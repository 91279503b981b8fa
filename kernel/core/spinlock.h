/* Spin lock: for a few instructions, interrupts off on this CPU. Lock order: docs/locking.md. */
#pragma once

#include "base/base.h"
#include "kernel/arch/arch.h"

/* First come, first served would be fairer, but under virtualization the first in line is often a
 * CPU that is not running: with four virtual CPUs on two real ones a ticket lock made
 * waitq_loses_no_wake take 72 s instead of 0.6 s. */
struct spinlock {
    uint32_t holder; /* CPU number + 1, 0: free */
};

#define SPINLOCK_INIT {0}

MUSTUSE arch_irq_t spin_lock(struct spinlock *l); /* disables interrupts, returns their state */
void spin_unlock(struct spinlock *l, arch_irq_t state);
bool spin_held(const struct spinlock *l); /* by this CPU */
