/* The threads of one CPU that are ready, in the order in which they shall run; inside proc/ only.
 * Everything here wants the queue's lock held. */
#pragma once

#include "kernel/proc/sched.h"

enum {
    SLEEPER_BONUS_NS =
        3 * 1000 * 1000, /* how far a thread that slept may start ahead of the others */
    WEIGHT_BASE = 1024,
};

struct run_queue {
    struct spinlock lock;
    struct pq ready, timers; /* by virtual run time; by wake_ns */
    unsigned nready;         /* also read without the lock, as a hint */
    struct thread *current, *idle;
    struct thread *dead; /* switched away from for good, by the switch under way */
    uint64_t min_vruntime;
    uint64_t account_ns; /* arch_cpu_ns() up to which `current` has been charged */
    uint64_t tick_ns;    /* next tick, NEVER while idle */
    uint64_t armed_ns;   /* what the CPU's timer is set to */
    uint64_t order;
    struct arch_space *space;
    unsigned cpu, ticks;
    bool resched; /* `current` should let another thread run; only its own CPU looks without the
                     lock */
};

static inline bool is_background(const struct thread *t)
{
    return __atomic_load_n(&t->background, __ATOMIC_RELAXED);
}

/* `t->background` does not change while it is in a queue. */
static inline bool ready_before(const struct pq_node *x, const struct pq_node *y)
{
    const struct thread *a = PQ_ENTRY(x, struct thread, ready_node);
    const struct thread *b = PQ_ENTRY(y, struct thread, ready_node);

    if (is_background(a) != is_background(b))
        return is_background(b);
    if (a->vruntime != b->vruntime)
        return a->vruntime < b->vruntime;
    return a->order < b->order;
}

static inline struct thread *first_ready(const struct run_queue *rq)
{
    return rq->ready.first ? PQ_ENTRY(rq->ready.first, struct thread, ready_node) : NULL;
}

static inline void insert(struct run_queue *rq, struct thread *t)
{
    t->order = rq->order++;
    t->queued = true;
    pq_insert(&rq->ready, &t->ready_node);
    __atomic_store_n(&rq->nready, rq->nready + 1, __ATOMIC_RELAXED);
}

static inline struct thread *take_ready(struct run_queue *rq)
{
    struct pq_node *n = pq_pop(&rq->ready);
    struct thread *t;

    if (!n)
        return NULL;
    __atomic_store_n(&rq->nready, rq->nready - 1, __ATOMIC_RELAXED);
    t = PQ_ENTRY(n, struct thread, ready_node);
    t->queued = false;
    rq->min_vruntime = max_u64(rq->min_vruntime, t->vruntime);
    return t;
}

/* Virtual time differs between queues: in between, a thread carries the distance to the least one.
 */
static inline void leave(struct run_queue *rq, struct thread *t)
{
    t->vruntime -= rq->min_vruntime;
}

static inline void enter(struct run_queue *rq, struct thread *t)
{
    int64_t distance = (int64_t)t->vruntime;

    if (distance < -SLEEPER_BONUS_NS)
        distance = -SLEEPER_BONUS_NS;
    t->vruntime = rq->min_vruntime + (uint64_t)distance;
    __atomic_store_n(&t->cpu, rq->cpu, __ATOMIC_RELAXED);
    insert(rq, t);
}

/* Should `t` run instead of `current`, which has used margin_ns more than it at least? */
static inline bool goes_before(const struct thread *t, const struct thread *current,
                               uint64_t margin_ns)
{
    if (is_background(t) != is_background(current))
        return is_background(current);
    return t->vruntime + margin_ns < current->vruntime;
}
