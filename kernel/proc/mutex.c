#include "kernel/proc/thread.h"

void mutex_init(struct mutex *m)
{
    m->lock = (struct spinlock)SPINLOCK_INIT;
    m->owner = NULL;
    waitq_init(&m->waiters);
}

void mutex_lock(struct mutex *m)
{
    struct thread *me = thread_current();
    arch_irq_t irq;

    assert(arch_irq_enabled()); /* it may sleep */
    irq = spin_lock(&m->lock);
    assert(m->owner != me);
    while (m->owner)
        waitq_wait_uninterruptible(&m->waiters, &m->lock, &irq);
    m->owner = me;
    spin_unlock(&m->lock, irq);
}

/* The wake is inside the lock: whoever gets the mutex next may free it right away. */
void mutex_unlock(struct mutex *m)
{
    arch_irq_t irq = spin_lock(&m->lock);

    assert(m->owner == thread_current());
    m->owner = NULL;
    waitq_wake_one(&m->waiters);
    spin_unlock(&m->lock, irq);
}

bool mutex_held(struct mutex *m)
{
    return __atomic_load_n(&m->owner, __ATOMIC_RELAXED) == thread_current();
}
