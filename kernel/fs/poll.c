/* Waiting for any of several vnodes: one queue for all pollers and a counter of changes. Pollers
 * are few and the check after a wake-up is cheap. */
#include "kernel/fs/vfs.h"
#include "kernel/proc/thread.h"

static struct {
    struct spinlock lock;
    uint64_t generation; /* guarded by lock */
    struct waitq waiters;
} poll = {.waiters = {.waiters = LIST_INIT(poll.waiters.waiters)}};

void vfs_poll_notify(void)
{
    arch_irq_t irq = spin_lock(&poll.lock);
    poll.generation++;
    spin_unlock(&poll.lock, irq);
    waitq_wake_all(&poll.waiters);
}

uint64_t vfs_poll_generation(void)
{
    arch_irq_t irq = spin_lock(&poll.lock);
    uint64_t g = poll.generation;
    spin_unlock(&poll.lock, irq);
    return g;
}

int vfs_poll_wait(uint64_t generation, uint64_t deadline_ns)
{
    int err = 0;
    arch_irq_t irq = spin_lock(&poll.lock);
    while (!err && poll.generation == generation)
        err = waitq_wait(&poll.waiters, &poll.lock, &irq, deadline_ns);
    spin_unlock(&poll.lock, irq);
    return err;
}
