#include "kernel/proc/thread.h"

#include "base/test.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/mm/space.h"

enum { MS = 1000 * 1000 };

/* Threads of a test announce their end here. */
static struct spinlock done_lock;
static struct waitq done_wait;
static unsigned running;

static void start(const char *name, void (*fn)(void *), void *arg, struct thread **out)
{
    arch_irq_t irq = spin_lock(&done_lock);
    struct thread *t;

    running++;
    spin_unlock(&done_lock, irq);
    t = thread_create(NULL, name, fn, arg);
    assert(t);
    if (out)
        *out = t;
}

static void finished(void)
{
    arch_irq_t irq = spin_lock(&done_lock);

    running--;
    waitq_wake_all(&done_wait);
    spin_unlock(&done_lock, irq);
}

/* Until all have ended and were cleaned up. */
static void join(unsigned threads_before)
{
    arch_irq_t irq = spin_lock(&done_lock);

    while (running)
        waitq_wait_uninterruptible(&done_wait, &done_lock, &irq);
    spin_unlock(&done_lock, irq);
    while (thread_count() > threads_before)
        thread_yield();
    thread_sleep_until(arch_clock_ns() + 1 * MS); /* the reaper frees the last record */
}

static void set_up(void)
{
    done_lock = (struct spinlock)SPINLOCK_INIT;
    waitq_init(&done_wait);
}

/* ---- mutual exclusion ---- */

enum { COUNTERS = 8, ROUNDS = 2000 };

static struct mutex counter_mutex;
static unsigned counter;

static void count_up(void *arg UNUSED)
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        mutex_lock(&counter_mutex);
        unsigned seen = *(volatile unsigned *)&counter;
        if (i % 64 == 0)
            thread_yield();
        *(volatile unsigned *)&counter = seen + 1;
        mutex_unlock(&counter_mutex);
    }
    finished();
}

TEST(mutex_keeps_threads_apart)
{
    unsigned before = thread_count();

    set_up();
    mutex_init(&counter_mutex);
    counter = 0;
    for (unsigned i = 0; i < COUNTERS; i++)
        start("counter", count_up, NULL, NULL);
    join(before);
    CHECK(counter == COUNTERS * ROUNDS);
}

/* ---- a bounded queue: no wake may be lost ---- */

enum { QUEUE = 4, PAIRS = 6, ITEMS = 3000 };

static struct {
    struct spinlock lock;
    struct waitq not_empty, not_full;
    unsigned count;
    uint64_t put, got;
} queue;

static void producer(void *arg UNUSED)
{
    for (unsigned i = 0; i < ITEMS; i++) {
        arch_irq_t irq = spin_lock(&queue.lock);
        while (queue.count == QUEUE)
            waitq_wait_uninterruptible(&queue.not_full, &queue.lock, &irq);
        queue.count++;
        queue.put++;
        waitq_wake_one(&queue.not_empty);
        spin_unlock(&queue.lock, irq);
    }
    finished();
}

static void consumer(void *arg UNUSED)
{
    for (unsigned i = 0; i < ITEMS; i++) {
        arch_irq_t irq = spin_lock(&queue.lock);
        while (!queue.count) {
            uint64_t soon =
                i % 3 ? UINT64_MAX : arch_clock_ns() + MS; /* time-outs race with wakes */
            (void)!waitq_wait(&queue.not_empty, &queue.lock, &irq, soon);
        }
        queue.count--;
        queue.got++;
        waitq_wake_one(&queue.not_full);
        spin_unlock(&queue.lock, irq);
    }
    finished();
}

TEST(waitq_loses_no_wake)
{
    unsigned before = thread_count();

    set_up();
    queue.count = 0;
    queue.put = queue.got = 0;
    waitq_init(&queue.not_empty);
    waitq_init(&queue.not_full);
    for (unsigned i = 0; i < PAIRS; i++) {
        start("producer", producer, NULL, NULL);
        start("consumer", consumer, NULL, NULL);
    }
    join(before);
    CHECK(queue.put == PAIRS * ITEMS && queue.got == queue.put && !queue.count);
}

/* ---- time-outs and kills ---- */

TEST(waits_time_out)
{
    struct spinlock lock = SPINLOCK_INIT;
    uint64_t start_ns = arch_clock_ns(), waited;
    struct waitq q;
    arch_irq_t irq;

    waitq_init(&q);
    irq = spin_lock(&lock);
    CHECK(waitq_wait(&q, &lock, &irq, start_ns + 5 * MS) == -ETIMEDOUT);
    waited = arch_clock_ns() - start_ns;
    CHECK(waited >= 5 * MS);
    CHECK(waitq_wait(&q, &lock, &irq, 0) == -ETIMEDOUT); /* in the past */
    spin_unlock(&lock, irq);
    CHECK(!thread_sleep_until(arch_clock_ns() + 2 * MS));
    CHECK(!thread_sleep_until(0));
}

static int kill_results[3];
static bool killed_twice; /* atomic */

static void killed_in_sleep(void *arg)
{
    int *results = arg;

    results[0] = thread_sleep_until(UINT64_MAX - 1);
    results[1] = thread_sleep_until(arch_clock_ns() + 1); /* still to be killed */
    while (!__atomic_load_n(&killed_twice,
                            __ATOMIC_RELAXED)) /* a thread that is killed must be there */
        thread_yield();
    results[2] = thread_current()->kill_pending;
    finished();
}

TEST(kill_ends_waits)
{
    unsigned before = thread_count();
    struct thread *t;

    set_up();
    __atomic_store_n(&killed_twice, false, __ATOMIC_RELAXED);
    start("sleeper", killed_in_sleep, kill_results, &t);
    thread_sleep_until(arch_clock_ns() + 2 * MS);
    thread_kill(t, 6);
    thread_kill(t, 3); /* the first kind wins */
    __atomic_store_n(&killed_twice, true, __ATOMIC_RELAXED);
    join(before);
    CHECK(kill_results[0] == -EINTR && kill_results[1] == -EINTR && kill_results[2] == 7);
}

/* ---- preemption ---- */

static volatile bool stop;

static void spin(void *arg)
{
    volatile uint64_t *turns = arg;

    while (!stop)
        ++*turns;
    finished();
}

TEST(endless_loops_are_preempted)
{
    unsigned before = thread_count();
    uint64_t turns[CPU_MAX + 2] = {0};
    unsigned n = arch_boot.ncpus + 2, starved = 0;

    set_up();
    stop = false;
    for (unsigned i = 0; i < n; i++)
        start("spinner", spin, &turns[i], NULL);
    thread_sleep_until(arch_clock_ns() + 150 * MS);
    stop = true;
    for (unsigned i = 0; i < n; i++)
        starved += turns[i] == 0;
    join(before);
    CHECK(!starved);
}

static void spin_at(void *arg)
{
    uint64_t *out = arg;

    thread_priority_set((unsigned)*out);
    while (!stop) {
    }
    sched_account(thread_current());
    *out = thread_current()->cpu_ns;
    finished();
}

TEST(priority_is_a_share_of_the_cpu)
{
    unsigned before = thread_count();
    uint64_t low = 4, high = 6;

    if (arch_boot.ncpus > 1)
        return; /* each has a CPU of its own */
    set_up();
    stop = false;
    start("low", spin_at, &low, NULL);
    start("high", spin_at, &high, NULL);
    thread_sleep_until(arch_clock_ns() + 400 * MS);
    stop = true;
    join(before);
    CHECK(high > low && high < low * 10); /* 2.25 times, by the weights */
}

/* ---- churn ---- */

static void short_life(void *arg)
{
    if ((uintptr_t)arg % 3 == 0)
        thread_yield();
    finished();
}

TEST(threads_leave_nothing_behind)
{
    struct frame_stats frames_before, frames_after;
    struct heap_stats heap_before, heap_after;
    unsigned before = thread_count();

    set_up();
    heap_stats(&heap_before);
    kstack_cache_drop();
    frame_stats(&frames_before);
    for (unsigned batch = 0; batch < 20; batch++) {
        for (uintptr_t i = 0; i < 50; i++)
            start("short", short_life, (void *)i, NULL);
        join(before);
    }
    heap_stats(&heap_after);
    kstack_cache_drop();
    frame_stats(&frames_after);
    CHECK(heap_before.bytes == heap_after.bytes && heap_before.blocks == heap_after.blocks);
    CHECK(frames_before.free == frames_after.free &&
          frames_before.committed == frames_after.committed);
}
