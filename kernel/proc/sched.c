/* Run queues, one a CPU. A thread's virtual run time grows with the CPU time that it uses, slower
 * at high priority; the thread with the least runs next. A CPU without work pulls from the busiest
 * one. Threads in the background come after all others, and their CPUs count as idle.
 *
 * A context switch happens with the run-queue lock held: the thread that is switched to lets go of
 * it. So nobody who holds that lock ever sees a thread half switched. A thread that changes queues
 * is READY and in no queue in between. */
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/proc/run_queue.h"

enum {
    TICK_NS = 10 * 1000 * 1000,
    PREEMPT_NS = 1000 * 1000, /* a woken thread preempts one that is so much behind it */
    BALANCE_TICKS = 8,
};

#define TIME_START (1ull << 40) /* of virtual time: nothing goes below 0 */
#define NEVER      UINT64_MAX

static const uint32_t weights[PRIORITY_COUNT] = {202, 303, 455, 683, WEIGHT_BASE, 1536, 2304, 3456};

static struct run_queue queues[CPU_MAX];
static struct thread idle_threads[CPU_MAX];
/* A bit for each CPU; atomic. spare_mask: runs a thread that is in the background. */
static uint64_t online_mask, idle_mask, spare_mask;

/* Of this CPU; interrupts are off. */
static struct run_queue *this_queue(void)
{
    return arch_cpu_data();
}

/* Interrupts are off already and stay off. */
static void lock(struct run_queue *rq)
{
    arch_irq_t irq = spin_lock(&rq->lock);

    (void)irq;
}

static void unlock(struct run_queue *rq)
{
    spin_unlock(&rq->lock, arch_irq_disable());
}

static bool timer_before(const struct pq_node *a, const struct pq_node *b)
{
    return PQ_ENTRY(a, struct thread, timer_node)->wake_ns <
           PQ_ENTRY(b, struct thread, timer_node)->wake_ns;
}

/* ---- time, all with the queue's lock held ---- */

static void arm(struct run_queue *rq)
{
    uint64_t deadline = rq->tick_ns;

    if (rq->timers.first)
        deadline =
            min_u64(deadline, PQ_ENTRY(rq->timers.first, struct thread, timer_node)->wake_ns);
    if (deadline != rq->armed_ns) {
        rq->armed_ns = deadline;
        arch_timer_set(deadline);
    }
}

/* Charges the running thread for the time since the last call. */
static void account(struct run_queue *rq)
{
    uint64_t now = arch_cpu_ns(rq->cpu), used = now - rq->account_ns, least;
    struct thread *t = rq->current, *first = first_ready(rq);

    rq->account_ns = now;
    if (t == rq->idle)
        return;
    t->cpu_ns += used;
    t->vruntime += used * WEIGHT_BASE / weights[t->priority];
    if (t->process)
        __atomic_fetch_add(&t->process->cpu_ns, used, __ATOMIC_RELAXED);
    least = first && first->vruntime < t->vruntime ? first->vruntime : t->vruntime;
    rq->min_vruntime = max_u64(rq->min_vruntime, least);
}

/* ---- waking ---- */

/* Interrupts off on return; *out_irq as before. */
static struct run_queue *lock_queue_of(struct thread *t, arch_irq_t *out_irq)
{
    for (;;) {
        unsigned cpu = __atomic_load_n(&t->cpu, __ATOMIC_RELAXED);
        struct run_queue *rq = &queues[cpu];
        *out_irq = spin_lock(&rq->lock);
        if (__atomic_load_n(&t->cpu, __ATOMIC_RELAXED) == cpu)
            return rq;
        spin_unlock(&rq->lock, *out_irq);
    }
}

static unsigned select_cpu(const struct thread *t)
{
    uint64_t idle = __atomic_load_n(&idle_mask, __ATOMIC_RELAXED);
    unsigned last = __atomic_load_n(&t->cpu, __ATOMIC_RELAXED);

    if (!idle && !is_background(t))
        idle = __atomic_load_n(&spare_mask, __ATOMIC_RELAXED);
    if (!idle || idle >> last & 1)
        return last;
    return (unsigned)__builtin_ctzll(idle);
}

/* Puts a thread that is READY and in no queue on one. Interrupts are off. */
static void place(struct thread *t)
{
    struct run_queue *rq = &queues[select_cpu(t)];
    arch_irq_t irq = spin_lock(&rq->lock);
    bool kick = false;

    enter(rq, t);
    if (rq->current == rq->idle) {
        kick = rq->cpu != arch_cpu(); /* here, the idle loop looks anyway */
    } else if (!rq->resched) {
        account(rq);
        kick = goes_before(t, rq->current, PREEMPT_NS);
        __atomic_store_n(&rq->resched, kick, __ATOMIC_RELAXED);
    }
    spin_unlock(&rq->lock, irq);
    if (kick)
        arch_cpu_kick(rq->cpu);
}

/* A thread that waits becomes READY and is in no queue. The queue's lock is held. */
static void stop_waiting(struct run_queue *rq, struct thread *t, int result)
{
    t->wake_result = result;
    t->state = THREAD_READY;
    if (t->wake_ns != NEVER) {
        pq_remove(&rq->timers, &t->timer_node);
        t->wake_ns = NEVER;
    }
    leave(rq, t);
}

void sched__wake(struct thread *t, int result)
{
    arch_irq_t irq;
    struct run_queue *rq = lock_queue_of(t, &irq);
    bool waits = t->state == THREAD_WAITING;

    if (waits)
        stop_waiting(rq, t, result);
    unlock(rq);
    if (waits)
        place(t);
    arch_irq_restore(irq);
}

/* Once the lock is let go of, t may end, unless it was just made ready here. */
void sched__interrupt(struct thread *t, int result)
{
    arch_irq_t irq;
    struct run_queue *rq = lock_queue_of(t, &irq);
    bool waits = t->state == THREAD_WAITING && t->interruptible;
    bool runs = rq->current == t;

    if (waits)
        stop_waiting(rq, t, result);
    unlock(rq);
    if (waits)
        place(t);
    else if (runs)
        arch_cpu_kick(rq->cpu);
    arch_irq_restore(irq);
}

void sched__start(struct thread *t)
{
    arch_irq_t irq = arch_irq_disable();

    t->state = THREAD_READY;
    t->cpu = arch_cpu();
    t->vruntime = 0;
    t->wake_ns = NEVER;
    place(t);
    arch_irq_restore(irq);
}

/* ---- switching ---- */

/* On the new thread's stack: the other half of switch_away. Interrupts are off. */
static void finish_switch(void)
{
    struct run_queue *rq = this_queue();
    struct thread *dead = rq->dead;

    rq->dead = NULL;
    unlock(rq);
    if (dead)
        thread__dead(dead);
}

static void enter_space(struct run_queue *rq, struct thread *t)
{
    struct space *s = t->process ? t->process->space : NULL;
    struct arch_space *space = s ? space_arch(s) : NULL;

    if (rq->space != space) {
        rq->space = space;
        arch_space_switch(space);
    }
}

/* Does the queue's CPU run something in the background now? Its lock is held. */
static void note_spare(const struct run_queue *rq, const struct thread *current)
{
    uint64_t bit = 1ull << rq->cpu;

    if (is_background(current))
        __atomic_fetch_or(&spare_mask, bit, __ATOMIC_RELAXED);
    else if (__atomic_load_n(&spare_mask, __ATOMIC_RELAXED) & bit)
        __atomic_fetch_and(&spare_mask, ~bit, __ATOMIC_RELAXED);
}

/* The queue's lock is held and `current` is in its new state (in the ready queue, if READY).
 * Returns without the lock when the thread runs again, maybe on another CPU. */
static void switch_away(struct run_queue *rq)
{
    struct thread *prev = rq->current, *next;

    account(rq);
    next = take_ready(rq);
    if (!next)
        next = rq->idle;
    next->state = THREAD_RUNNING;
    __atomic_store_n(&rq->resched, false, __ATOMIC_RELAXED);
    note_spare(rq, next);
    if (next == prev) {
        unlock(rq);
        return;
    }
    rq->current = next;
    if (prev == rq->idle) {
        rq->tick_ns = arch_clock_ns() + TICK_NS;
        arm(rq);
    } else if (next == rq->idle) {
        rq->tick_ns = NEVER; /* the idle loop sets the timer */
    }
    arch_thread_set(next, next->kstack ? (char *)next->kstack + KSTACK_SIZE / 2 : NULL);
    enter_space(rq, next);
    arch_context_switch(&prev->context, &next->context);
    finish_switch();
}

/* Lets others run that are due. The queue's lock is held. */
static void requeue_and_switch(struct run_queue *rq)
{
    struct thread *t = rq->current;

    assert(t->state == THREAD_RUNNING && t != rq->idle);
    account(rq);
    t->state = THREAD_READY;
    insert(rq, t);
    switch_away(rq);
}

void sched_preempt(void)
{
    arch_irq_t irq = arch_irq_disable();
    struct run_queue *rq = this_queue();

    if (__atomic_load_n(&rq->resched, __ATOMIC_RELAXED) && rq->current != rq->idle) {
        lock(rq);
        requeue_and_switch(rq);
    }
    arch_irq_restore(irq);
}

void thread_yield(void)
{
    arch_irq_t irq = arch_irq_disable();
    struct run_queue *rq = this_queue();
    struct thread *t = rq->current, *first;

    lock(rq);
    account(rq);
    first = first_ready(rq);
    if (first && t->vruntime < first->vruntime)
        t->vruntime = first->vruntime; /* behind it: it came first */
    requeue_and_switch(rq);
    arch_irq_restore(irq);
}

bool sched__wait_begin(struct thread *t, uint64_t deadline_ns, bool interruptible)
{
    struct run_queue *rq = this_queue();

    assert(!arch_irq_enabled());
    lock(rq);
    assert(t == rq->current && t != rq->idle);
    if (interruptible && __atomic_load_n(&t->kill_pending, __ATOMIC_RELAXED)) {
        unlock(rq);
        return false;
    }
    t->state = THREAD_WAITING;
    t->interruptible = interruptible;
    t->wake_ns = deadline_ns;
    if (deadline_ns != NEVER) {
        pq_insert(&rq->timers, &t->timer_node);
        arm(rq);
    }
    return true;
}

void sched__wait(void)
{
    switch_away(this_queue());
}

void sched__exit(void)
{
    struct run_queue *rq;

    arch_irq_disable();
    rq = this_queue();
    lock(rq);
    rq->current->state = THREAD_DEAD;
    rq->dead = rq->current;
    switch_away(rq);
    panic("a dead thread runs");
}

void sched__first_run(void)
{
    finish_switch();
    arch_irq_enable();
}

/* ---- balance ---- */

/* A ready thread of the CPU that has most of them, if it has at least `least`; READY and in no
 * queue. */
static struct thread *pull(const struct run_queue *to, unsigned least)
{
    uint64_t online = __atomic_load_n(&online_mask, __ATOMIC_RELAXED) & ~(1ull << to->cpu);
    struct run_queue *from = NULL;
    struct thread *t;

    for (; online; online &= online - 1) {
        struct run_queue *rq = &queues[__builtin_ctzll(online)];
        unsigned n = __atomic_load_n(&rq->nready, __ATOMIC_RELAXED);
        if (n >= least) {
            from = rq;
            least = n + 1;
        }
    }
    if (!from)
        return NULL;
    lock(from);
    t = take_ready(from);
    if (t)
        leave(from, t);
    unlock(from);
    return t;
}

/* Gets a thread from elsewhere, with interrupts off and no lock held. */
static void balance(struct run_queue *rq, unsigned least)
{
    struct thread *t = pull(rq, least);

    if (!t)
        return;
    lock(rq);
    enter(rq, t);
    if (rq->current != rq->idle && goes_before(t, rq->current, PREEMPT_NS))
        __atomic_store_n(&rq->resched, true, __ATOMIC_RELAXED);
    unlock(rq);
}

/* ---- the tick ---- */

/* Takes the threads whose time is up out of the timers; they are READY and in no queue. */
static void expire(struct run_queue *rq, uint64_t now, struct list *expired)
{
    while (rq->timers.first) {
        struct thread *t = PQ_ENTRY(rq->timers.first, struct thread, timer_node);
        if (t->wake_ns > now)
            break;
        pq_pop(&rq->timers);
        assert(t->state == THREAD_WAITING);
        t->wake_ns = NEVER;
        t->wake_result = -ETIMEDOUT;
        t->state = THREAD_READY;
        leave(rq, t);
        list_push_back(expired, &t->batch_link);
    }
}

void sched_tick(void)
{
    struct run_queue *rq = this_queue();
    struct list expired = LIST_INIT(expired), *it;
    unsigned least = 0; /* threads elsewhere that are worth a look */
    uint64_t now;

    assert(!arch_irq_enabled());
    lock(rq);
    now = arch_clock_ns();
    rq->armed_ns = 0; /* it has fired */
    account(rq);
    expire(rq, now, &expired);
    if (now >= rq->tick_ns) {
        struct thread *first = first_ready(rq);
        rq->tick_ns = now + TICK_NS;
        if (++rq->ticks % BALANCE_TICKS == 0)
            least = rq->nready + 2;
        if (is_background(rq->current))
            least = 1; /* as an idle CPU */
        if (first && goes_before(first, rq->current, 0))
            __atomic_store_n(&rq->resched, true, __ATOMIC_RELAXED);
    }
    arm(rq);
    unlock(rq);
    while ((it = list_pop_front(&expired)))
        place(LIST_ENTRY(it, struct thread, batch_link));
    if (least)
        balance(rq, least);
}

void sched_tick_within(uint64_t ns)
{
    arch_irq_t irq = arch_irq_disable();
    struct run_queue *rq = this_queue();

    lock(rq);
    rq->tick_ns = min_u64(rq->tick_ns, arch_clock_ns() + ns);
    arm(rq);
    spin_unlock(&rq->lock, irq);
}

void sched_account(struct thread *t)
{
    arch_irq_t irq;
    struct run_queue *rq = lock_queue_of(t, &irq);

    if (rq->current == t)
        account(rq);
    spin_unlock(&rq->lock, irq);
}

uint64_t thread_cpu_ns(void)
{
    struct thread *t = thread_current();

    sched_account(t);
    return t->cpu_ns;
}

/* ---- CPUs ---- */

void sched_cpu_init(unsigned cpu)
{
    struct run_queue *rq = &queues[cpu];
    struct thread *idle = &idle_threads[cpu];

    assert(cpu < CPU_MAX && !rq->idle && !arch_irq_enabled());
    pq_init(&rq->ready, ready_before);
    pq_init(&rq->timers, timer_before);
    rq->cpu = cpu;
    rq->idle = rq->current = idle;
    rq->min_vruntime = TIME_START;
    rq->tick_ns = rq->armed_ns = NEVER;
    rq->account_ns = arch_cpu_ns(cpu);
    idle->cpu = cpu;
    idle->state = THREAD_RUNNING;
    idle->wake_ns = NEVER;
    str_copy(idle->name, "idle", sizeof idle->name);
    arch_cpu_data_set(rq);
    arch_thread_set(idle, NULL);
    __atomic_fetch_or(&online_mask, 1ull << cpu, __ATOMIC_RELEASE);
}

void sched_init(void)
{
    sched_cpu_init(arch_cpu());
    thread__init();
}

/* A waker sees either no idle bit and the thread in the queue is found here, or `current` idle and
 * kicks. */
void sched_idle(void)
{
    struct run_queue *rq;

    arch_irq_disable();
    rq = this_queue();
    assert(rq->current == rq->idle);
    for (;;) {
        if (!__atomic_load_n(&rq->nready, __ATOMIC_RELAXED))
            balance(rq, 1);
        lock(rq);
        if (first_ready(rq)) {
            switch_away(rq);
            continue;
        }
        __atomic_fetch_or(&idle_mask, 1ull << rq->cpu, __ATOMIC_RELAXED);
        arm(rq);
        unlock(rq);
        arch_idle();
        __atomic_fetch_and(&idle_mask, ~(1ull << rq->cpu), __ATOMIC_RELAXED);
    }
}

void thread_priority_set(unsigned priority)
{
    arch_irq_t irq;
    struct thread *t = thread_current();
    struct run_queue *rq = lock_queue_of(t, &irq);

    assert(priority < PRIORITY_COUNT);
    account(rq);
    t->priority = priority;
    spin_unlock(&rq->lock, irq);
}

void thread_background_set(struct thread *t, bool background)
{
    arch_irq_t irq;
    struct run_queue *rq = lock_queue_of(t, &irq);
    bool queued = t->queued;

    if (queued) { /* its place in the queue is another now, maybe even on another CPU */
        pq_remove(&rq->ready, &t->ready_node);
        __atomic_store_n(&rq->nready, rq->nready - 1, __ATOMIC_RELAXED);
        t->queued = false;
        leave(rq, t);
    }
    __atomic_store_n(&t->background, background, __ATOMIC_RELAXED);
    if (rq->current == t)
        note_spare(rq, t);
    unlock(rq);
    if (queued)
        place(t);
    arch_irq_restore(irq);
}

int thread_sleep_until(uint64_t deadline_ns)
{
    arch_irq_t irq = arch_irq_disable();
    struct thread *t = this_queue()->current;
    int result = -EINTR;

    if (sched__wait_begin(t, deadline_ns, true)) {
        sched__wait();
        result = t->wake_result == -ETIMEDOUT ? 0 : t->wake_result;
    }
    arch_irq_restore(irq);
    return result;
}
