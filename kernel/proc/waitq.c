#include "kernel/proc/sched.h"

void waitq_init(struct waitq *q)
{
    q->lock = (struct spinlock)SPINLOCK_INIT;
    list_init(&q->waiters);
}

/* The way to sleep: queue lock before run-queue lock, `l` let go when both are held, so that no
 * wake is lost. */
static int wait(struct waitq *q, struct spinlock *l, arch_irq_t *irq, uint64_t deadline_ns,
                bool interruptible)
{
    struct thread *t = thread_current();
    arch_irq_t keep;
    int result;

    assert(spin_held(l));
    keep = spin_lock(&q->lock);
    if (!sched__wait_begin(t, deadline_ns, interruptible)) {
        spin_unlock(&q->lock, keep);
        return -EINTR;
    }
    t->waiting_on = q;
    list_push_back(&q->waiters, &t->wait_link);
    spin_unlock(&q->lock, keep);
    spin_unlock(l, keep);
    sched__wait(); /* interrupts stay off to here */
    keep = spin_lock(&q->lock);
    result = 0; /* who was taken from the queue was woken, even if its time was up as well */
    if (!list_empty(&t->wait_link)) {
        list_remove(&t->wait_link);
        result = t->wake_result;
    }
    t->waiting_on = NULL;
    spin_unlock(&q->lock, keep);
    arch_irq_restore(*irq);
    *irq = spin_lock(l);
    return result;
}

int waitq_wait(struct waitq *q, struct spinlock *l, arch_irq_t *irq, uint64_t deadline_ns)
{
    return wait(q, l, irq, deadline_ns, true);
}

void waitq_wait_uninterruptible(struct waitq *q, struct spinlock *l, arch_irq_t *irq)
{
    int err = wait(q, l, irq, UINT64_MAX, false);

    assert(!err);
}

/* With the queue's lock held: the woken thread takes it before it goes on, so both stay valid. */
static bool wake_first(struct waitq *q)
{
    struct list *it = list_pop_front(&q->waiters);

    if (!it)
        return false;
    sched__wake(LIST_ENTRY(it, struct thread, wait_link), 0);
    return true;
}

void waitq_wake_one(struct waitq *q)
{
    arch_irq_t irq = spin_lock(&q->lock);

    wake_first(q);
    spin_unlock(&q->lock, irq);
}

void waitq_wake_all(struct waitq *q)
{
    arch_irq_t irq = spin_lock(&q->lock);

    while (wake_first(q)) {
    }
    spin_unlock(&q->lock, irq);
}
