/* Waiting on a place of a shared memory (wasm_host.wait): sleepers in a table by process and
 * address. Whoever wakes one takes it out of its list with the bucket's lock held, so a record,
 * which lies on its sleeper's stack, is not touched any more once its sleeper has the lock again.
 */
#include "kernel/run/exec.h"

enum { BUCKETS = 128, WOKEN = 0, NOT_EQUAL = 1, TIMED_OUT = 2 };

struct sleeper {
    struct list link; /* guarded by the bucket's lock, as all of it */
    const void *address;
    struct process *process;
    struct waitq queue;
    bool woken;
};

static struct bucket {
    struct spinlock lock;
    struct list sleepers; /* in the order of their coming; all zero: none was here yet */
} buckets[BUCKETS];

static struct process *process_of(void *owner)
{
    return ((struct running *)owner)->program.process;
}

static struct bucket *lock_bucket(const struct process *p, const void *address, arch_irq_t *out_irq)
{
    uint64_t h = ((uint64_t)(uintptr_t)address >> 2 ^ (uint64_t)p->pid << 40) * 0x9e3779b97f4a7c15;
    struct bucket *b = &buckets[h >> 57];

    _Static_assert(BUCKETS == 1 << (64 - 57), "the highest bits choose");
    *out_irq = spin_lock(&b->lock);
    if (!b->sleepers.next)
        list_init(&b->sleepers);
    return b;
}

static uint64_t read_word(const void *address, unsigned bytes)
{
    return bytes == 4 ? __atomic_load_n((const uint32_t *)address, __ATOMIC_SEQ_CST)
                      : __atomic_load_n((const uint64_t *)address, __ATOMIC_SEQ_CST);
}

static uint64_t deadline_of(int64_t timeout_ns)
{
    uint64_t deadline;

    if (timeout_ns < 0 || __builtin_add_overflow(arch_clock_ns(), (uint64_t)timeout_ns, &deadline))
        return UINT64_MAX;
    return deadline;
}

int run__wait(void *owner, const void *address, uint64_t expected, unsigned bytes,
              int64_t timeout_ns)
{
    struct sleeper s = {.address = address, .process = process_of(owner)};
    uint64_t deadline = deadline_of(timeout_ns);
    int err = 0;
    arch_irq_t irq;
    struct bucket *b;

    if (read_word(address, bytes) != expected) /* the page is there from here on */
        return NOT_EQUAL;
    waitq_init(&s.queue);
    b = lock_bucket(s.process, address, &irq);
    if (read_word(address, bytes) != expected) {
        spin_unlock(&b->lock, irq);
        return NOT_EQUAL;
    }
    list_push_back(&b->sleepers, &s.link);
    while (!s.woken && !err)
        err = waitq_wait(&s.queue, &b->lock, &irq, deadline);
    if (!s.woken)
        list_remove(&s.link);
    spin_unlock(&b->lock, irq);
    if (thread_dying())
        return -thread_current()->kill_pending; /* which is 1 + enum wasm_trap */
    return s.woken ? WOKEN : TIMED_OUT;
}

uint32_t run__notify(void *owner, const void *address, uint32_t count)
{
    struct process *p = process_of(owner);
    uint32_t n = 0;
    arch_irq_t irq;
    struct bucket *b = lock_bucket(p, address, &irq);
    struct list *next;

    for (struct list *it = b->sleepers.next; it != &b->sleepers && n < count; it = next) {
        struct sleeper *s = LIST_ENTRY(it, struct sleeper, link);
        next = it->next;
        if (s->address != address || s->process != p)
            continue;
        list_remove(it);
        s->woken = true;
        waitq_wake_one(&s->queue);
        n++;
    }
    spin_unlock(&b->lock, irq);
    return n;
}
