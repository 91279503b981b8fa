/* stress counters|queue|grow|many|churn: several threads on one memory; what they count must be
 * exact. */
#include "tests/threads/runtime.h"

enum { WORKERS = 6, ROUNDS = 20000, ITEMS = 4000, SLOTS = 8, GROWS = 20, CHURN = 300 };

/* ---- counters, by every means ---- */

static struct {
    int32_t added, swapped, spin, spun, mutex, locked;
    uint8_t narrow[4];
    uint64_t wide;
} count;

static void count_all(struct thread *t)
{
    for (int i = 0; i < ROUNDS; i++) {
        int32_t old = __atomic_load_n(&count.swapped, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&count.added, 1, __ATOMIC_SEQ_CST);
        while (!__atomic_compare_exchange_n(&count.swapped, &old, old + 1, false, __ATOMIC_SEQ_CST,
                                            __ATOMIC_SEQ_CST)) {
        }
        __atomic_fetch_add(&count.narrow[t->number % 4], 1, __ATOMIC_SEQ_CST);
        __atomic_fetch_sub(&count.wide, 1, __ATOMIC_SEQ_CST);
        __atomic_fetch_xor(&count.wide, 1ull << 63, __ATOMIC_SEQ_CST);
        if (i % 8 == 0) {
            while (__atomic_exchange_n(&count.spin, 1, __ATOMIC_SEQ_CST))
                wait32(&count.spin, 1, 1000);
            count.spun++;
            __atomic_store_n(&count.spin, 0, __ATOMIC_SEQ_CST);
        }
        if (i % 4 == 0) {
            lock(&count.mutex);
            count.locked++;
            unlock(&count.mutex);
        }
    }
}

static void counters(void)
{
    struct thread *t[WORKERS];

    for (unsigned i = 0; i < WORKERS; i++)
        t[i] = start(count_all, i);
    for (unsigned i = 0; i < WORKERS; i++)
        join(t[i]);
    say_number("added", (uint64_t)count.added);
    say_number("swapped", (uint64_t)count.swapped);
    say_number("spun", (uint64_t)count.spun);
    say_number("locked", (uint64_t)count.locked);
    say_number("wide", -count.wide);
    say_number("narrow",
               (uint64_t)count.narrow[0] + count.narrow[1] + count.narrow[2] + count.narrow[3]);
}

/* ---- producers and consumers ---- */

static struct {
    int32_t mutex, changed;
    unsigned used, next, producing;
    uint32_t slots[SLOTS];
    uint64_t taken, sum;
} queue;

static void produce(struct thread *t)
{
    for (uint32_t i = 1; i <= ITEMS; i++) {
        lock(&queue.mutex);
        while (queue.used == SLOTS)
            condition_wait(&queue.changed, &queue.mutex);
        queue.slots[(queue.next + queue.used++) % SLOTS] = i * (t->number + 1);
        condition_wake(&queue.changed);
        unlock(&queue.mutex);
    }
    lock(&queue.mutex);
    queue.producing--;
    condition_wake(&queue.changed);
    unlock(&queue.mutex);
}

static void consume(struct thread *t)
{
    (void)t;
    lock(&queue.mutex);
    for (;;) {
        while (!queue.used && queue.producing)
            condition_wait(&queue.changed, &queue.mutex);
        if (!queue.used)
            break;
        queue.sum += queue.slots[queue.next++ % SLOTS];
        queue.used--;
        queue.taken++;
        condition_wake(&queue.changed);
    }
    unlock(&queue.mutex);
}

static void run_queue(void)
{
    struct thread *t[WORKERS];

    queue.producing = WORKERS / 2;
    for (unsigned i = 0; i < WORKERS; i++)
        t[i] = start(i % 2 ? consume : produce, i / 2);
    for (unsigned i = 0; i < WORKERS; i++)
        join(t[i]);
    say_number("taken", queue.taken);
    say_number("sum", queue.sum);
}

/* ---- memory.grow from all sides: every page is given once, and can be written at once ---- */

static uint32_t pages[WORKERS * GROWS];
static int32_t ngrown;

static void grow(struct thread *t)
{
    for (unsigned i = 0; i < GROWS; i++) {
        size_t page = __builtin_wasm_memory_grow(0, 1);
        if (page == SIZE_MAX)
            return;
        *(volatile uint32_t *)(page << 16) = t->number + 1;
        pages[__atomic_fetch_add(&ngrown, 1, __ATOMIC_SEQ_CST)] = page;
    }
}

static void run_grow(void)
{
    struct thread *t[WORKERS];
    uint64_t before = __builtin_wasm_memory_size(0), twice = 0;

    for (unsigned i = 0; i < WORKERS; i++)
        t[i] = start(grow, i);
    for (unsigned i = 0; i < WORKERS; i++)
        join(t[i]);
    for (int i = 0; i < ngrown; i++)
        for (int k = 0; k < i; k++)
            twice += pages[i] == pages[k];
    say_number("grown", (uint64_t)ngrown);
    say_number("size", __builtin_wasm_memory_size(0) - before);
    say_number("twice", twice);
}

/* ---- as many as there may be, and one after another ---- */

static int32_t gate;

static void wait_at_gate(struct thread *t)
{
    (void)t;
    while (!__atomic_load_n(&gate, __ATOMIC_SEQ_CST))
        wait32(&gate, 0, FOR_EVER);
}

static void run_many(void)
{
    struct thread *t[THREADS];
    unsigned n = 0;

    while (n < THREADS && (t[n] = start(wait_at_gate, n)))
        n++;
    say_number("threads", n);
    __atomic_store_n(&gate, 1, __ATOMIC_SEQ_CST);
    notify(&gate, UINT32_MAX);
    while (n)
        join(t[--n]);
}

static void nothing(struct thread *t)
{
    (void)t;
}

static void churn(void)
{
    unsigned n = 0;

    for (unsigned i = 0; i < CHURN; i++) {
        struct thread *t = start(nothing, i);
        if (!t) /* the last ones have done their work, but are not gone yet */
            continue;
        join(t);
        n++;
    }
    say_number("ran", n > CHURN / 2);
}

__attribute__((export_name("_start"))) void _start(void)
{
    const char *what = argument();

    if (is(what, "counters"))
        counters();
    else if (is(what, "queue"))
        run_queue();
    else if (is(what, "grow"))
        run_grow();
    else if (is(what, "many"))
        run_many();
    else if (is(what, "churn"))
        churn();
    else
        proc_exit(2);
}
