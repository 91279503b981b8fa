/* Threads that work on one thing: a counter, a bounded queue, a sort, and the first thread's waits
 * among them. */
#include "tests/sdk_threads/check.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

enum {
    THREADS = 8,
    ROUNDS = 20000,
    ITEMS = 20000,
    QUEUE = 16,
    NUMBERS = 200000,
    SORTED_ALONE = 4096
};

static pthread_t started[THREADS];

static void start_all(void *(*run)(void *), int count)
{
    for (intptr_t i = 0; i < count; i++)
        CHECK(pthread_create(&started[i], NULL, run, (void *)i) == 0);
}

static void join_all(int count)
{
    for (int i = 0; i < count; i++)
        CHECK(pthread_join(started[i], NULL) == 0);
}

/* ---- counters ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int locked;
static atomic_int added;
static _Atomic uint8_t narrow;
static _Atomic uint64_t wide;
static _Atomic double real;

static void *counts(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        locked++;
        pthread_mutex_unlock(&mutex);
        added++;
        narrow += 3;
        wide += 1ull << 32;
        if (i % 16 == 0)
            real += 0.5;
    }
    return argument;
}

/* ---- a bounded queue ---- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t not_empty, not_full;
    int items[QUEUE];
    unsigned head, tail;
} queue = {
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER, {0}, 0, 0};

static void put(int item)
{
    pthread_mutex_lock(&queue.lock);
    while (queue.head - queue.tail == QUEUE)
        pthread_cond_wait(&queue.not_full, &queue.lock);
    queue.items[queue.head++ % QUEUE] = item;
    pthread_mutex_unlock(&queue.lock);
    pthread_cond_signal(&queue.not_empty);
}

static int get(void)
{
    pthread_mutex_lock(&queue.lock);
    while (queue.head == queue.tail)
        pthread_cond_wait(&queue.not_empty, &queue.lock);
    int item = queue.items[queue.tail++ % QUEUE];
    pthread_mutex_unlock(&queue.lock);
    pthread_cond_signal(&queue.not_full);
    return item;
}

static atomic_long sum;

static void *takes(void *argument)
{
    for (int item; (item = get()) > 0;)
        sum += item;
    return argument;
}

static void *gives(void *argument)
{
    for (int i = (int)(intptr_t)argument; i < ITEMS; i += THREADS / 2)
        put(i + 1);
    return argument;
}

static void use_queue(void)
{
    pthread_t givers[THREADS / 2];
    start_all(takes, THREADS / 2);
    for (intptr_t i = 0; i < THREADS / 2; i++)
        CHECK(pthread_create(&givers[i], NULL, gives, (void *)i) == 0);
    for (int i = 0; i < THREADS / 2; i++)
        CHECK(pthread_join(givers[i], NULL) == 0);
    for (int i = 0; i < THREADS / 2; i++)
        put(0);
    join_all(THREADS / 2);
    printf("taken %ld\n", (long)sum);
}

/* ---- a parallel merge sort ---- */

static int numbers[NUMBERS], scratch[NUMBERS];

struct part {
    int *at, *room;
    size_t len;
    int depth; /* threads are started above 0 */
};

static int ascending(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void merge(const struct part *p, size_t half)
{
    size_t i = 0, k = half;
    for (size_t to = 0; to < p->len; to++) {
        int left = k == p->len || (i < half && p->at[i] <= p->at[k]);
        p->room[to] = left ? p->at[i++] : p->at[k++];
    }
    memcpy(p->at, p->room, p->len * sizeof *p->at);
}

static void *sort(void *argument)
{
    const struct part *p = argument;
    if (p->len <= SORTED_ALONE || p->depth == 0) {
        qsort(p->at, p->len, sizeof *p->at, ascending);
        return NULL;
    }
    size_t half = p->len / 2;
    struct part low = {p->at, p->room, half, p->depth - 1};
    struct part high = {p->at + half, p->room + half, p->len - half, p->depth - 1};
    pthread_t t;
    CHECK(pthread_create(&t, NULL, sort, &low) == 0);
    sort(&high);
    CHECK(pthread_join(t, NULL) == 0);
    merge(p, half);
    return NULL;
}

static void sort_in_parallel(void)
{
    uint32_t state = 1;
    long before = 0, after = 0;
    for (int i = 0; i < NUMBERS; i++)
        before += numbers[i] = (int)((state = state * 1664525 + 1013904223) >> 4);
    sort(&(struct part){numbers, scratch, NUMBERS, 4});
    for (int i = 0; i < NUMBERS; i++) {
        after += numbers[i];
        CHECK(i == 0 || numbers[i - 1] <= numbers[i]);
    }
    CHECK(before == after);
    puts("sorted");
}

int main(void)
{
    start_all(counts, THREADS);
    counts(NULL);
    join_all(THREADS);
    printf("locked %d added %d narrow %d wide %llu real %.1f\n", locked, (int)added, (int)narrow,
           (unsigned long long)wide >> 32, (double)real);
    use_queue();
    sort_in_parallel();
}
