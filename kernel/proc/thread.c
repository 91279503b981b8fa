#include "kernel/proc/thread.h"

#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/sched.h"

enum { REAPER_PRIORITY = PRIORITY_COUNT - 1 };

/* What a new thread starts with, at the top of its stack's life. */
struct start {
    void (*fn)(void *);
    void *arg;
};

static unsigned nthreads;         /* atomic */
static struct spinlock dead_lock; /* guards dead_threads */
static struct list dead_threads = LIST_INIT(dead_threads);
static struct waitq dead_wait;

static void thread_start(void *arg)
{
    struct start s = *(struct start *)arg;

    kfree(arg, sizeof s);
    sched__first_run();
    s.fn(s.arg);
    thread_exit();
}

/* Counts it, unless there are THREAD_MAX. */
static bool count_thread(void)
{
    if (__atomic_add_fetch(&nthreads, 1, __ATOMIC_RELAXED) <= THREAD_MAX)
        return true;
    __atomic_fetch_sub(&nthreads, 1, __ATOMIC_RELAXED);
    return false;
}

struct thread *thread_create(struct process *p, const char *name, void (*fn)(void *), void *arg)
{
    struct thread *t = KNEW(struct thread);
    struct start *s = KNEW(struct start);

    if (!t || !s)
        goto fail;
    t->kstack = kstack_alloc();
    if (!t->kstack)
        goto fail;
    if (!count_thread()) {
        kstack_free(t->kstack);
        goto fail;
    }
    *s = (struct start){fn, arg};
    t->process = p;
    t->priority = THREAD_PRIORITY;
    str_copy(t->name, name, sizeof t->name);
    list_init(&t->process_link);
    list_init(&t->wait_link);
    list_init(&t->batch_link);
    arch_context_init(&t->context, t->kstack, KSTACK_SIZE, thread_start, s);
    if (p)
        process__thread_add(p, t);
    sched__start(t);
    return t;
fail:
    kfree(s, sizeof *s);
    kfree(t, sizeof *t);
    return NULL;
}

void thread_exit(void)
{
    assert(arch_irq_enabled()); /* no spin lock is held */
    sched__exit();
}

void thread_kill(struct thread *t, int kind)
{
    int none = 0;

    assert(kind >= 0);
    __atomic_compare_exchange_n(&t->kill_pending, &none, kind + 1, false, __ATOMIC_RELAXED,
                                __ATOMIC_RELAXED);
    sched__interrupt(t, -EINTR);
}

unsigned thread_count(void)
{
    return __atomic_load_n(&nthreads, __ATOMIC_RELAXED);
}

/* ---- the reaper: frees what a thread cannot free while it stands on it ---- */

void thread__dead(struct thread *t)
{
    arch_irq_t irq = spin_lock(&dead_lock);

    list_push_back(&dead_threads, &t->batch_link);
    waitq_wake_one(&dead_wait);
    spin_unlock(&dead_lock, irq);
}

static struct thread *next_dead(void)
{
    arch_irq_t irq = spin_lock(&dead_lock);
    struct list *it;

    while (!(it = list_pop_front(&dead_threads)))
        waitq_wait_uninterruptible(&dead_wait, &dead_lock, &irq);
    spin_unlock(&dead_lock, irq);
    return LIST_ENTRY(it, struct thread, batch_link);
}

static void reaper(void *arg UNUSED)
{
    thread_priority_set(REAPER_PRIORITY);
    for (;;) {
        struct thread *t = next_dead();
        struct process *p = t->process;
        assert(list_empty(&t->wait_link));
        kstack_free(t->kstack);
        t->kstack = NULL;
        __atomic_fetch_sub(&nthreads, 1, __ATOMIC_RELAXED);
        if (p)
            process__thread_gone(p, t); /* t is freed first: whoever waits may count */
        else
            kfree(t, sizeof *t);
    }
}

void thread__init(void)
{
    waitq_init(&dead_wait);
    if (!thread_create(NULL, "reaper", reaper, NULL))
        panic("no memory for the first thread");
}
