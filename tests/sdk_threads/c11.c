/* <threads.h>: threads and their results, mutexes, conditions, storage of threads, once. */
#include "tests/sdk_threads/check.h"
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <threads.h>
#include <time.h>

static struct timespec soon(long ms)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    t.tv_nsec += ms * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

/* ---- threads ---- */

static _Thread_local int initialized = 42;
static _Thread_local char zeros[1000];
static _Alignas(64) _Thread_local int aligned = 7;

static int own_storage(void *argument)
{
    int n = *(int *)argument;
    CHECK(initialized == 42 && zeros[0] == 0 && zeros[999] == 0 && aligned == 7);
    CHECK((uintptr_t)&aligned % 64 == 0);
    initialized = errno = n;
    memset(zeros, n, sizeof zeros);
    for (int i = 0; i < 100; i++) {
        thrd_yield();
        CHECK(initialized == n && errno == n && zeros[500] == n);
    }
    return n * 2;
}

static _Noreturn void leave(int depth)
{
    volatile char frame[200];
    frame[0] = (char)depth;
    if (depth == 0)
        thrd_exit(77);
    leave(frame[0] - 1);
}

static int leaves(void *argument)
{
    (void)argument;
    leave(20);
}

static int sees_itself(void *argument)
{
    return thrd_equal(thrd_current(), *(thrd_t *)argument) && !thrd_equal(thrd_current(), 0);
}

static void threads(void)
{
    enum { N = 16 };
    thrd_t t[N];
    int number[N], result;
    initialized = 1000;
    for (int i = 0; i < N; i++) {
        number[i] = i;
        CHECK(thrd_create(&t[i], own_storage, &number[i]) == thrd_success);
    }
    for (int i = 0; i < N; i++) {
        CHECK(thrd_join(t[i], &result) == thrd_success);
        CHECK(result == 2 * i);
    }
    CHECK(initialized == 1000 && zeros[0] == 0);
    CHECK(thrd_create(&t[0], leaves, NULL) == thrd_success);
    CHECK(thrd_join(t[0], &result) == thrd_success && result == 77);
    CHECK(thrd_create(&t[0], sees_itself, &t[0]) == thrd_success);
    CHECK(thrd_join(t[0], &result) == thrd_success && result == 1);
    CHECK(thrd_join(thrd_current(), NULL) == thrd_error);
    puts("threads");
}

/* ---- mutexes ---- */

static mtx_t mutex;

static int try_other(void *argument)
{
    (void)argument;
    struct timespec deadline = soon(20);
    int r = mtx_trylock(&mutex);
    return r * 10 + mtx_timedlock(&mutex, &deadline);
}

static int in_thread(thrd_start_t run, void *argument)
{
    thrd_t t;
    int result;
    CHECK(thrd_create(&t, run, argument) == thrd_success);
    CHECK(thrd_join(t, &result) == thrd_success);
    return result;
}

static void mutexes(void)
{
    CHECK(mtx_init(&mutex, 99) == thrd_error);
    CHECK(mtx_init(&mutex, mtx_timed) == thrd_success);
    CHECK(mtx_lock(&mutex) == thrd_success);
    CHECK(mtx_trylock(&mutex) == thrd_busy);
    CHECK(in_thread(try_other, NULL) == thrd_busy * 10 + thrd_timedout);
    CHECK(mtx_unlock(&mutex) == thrd_success);
    CHECK(in_thread(try_other, NULL) ==
          thrd_success * 10 + thrd_timedout); /* it has taken it itself */
    CHECK(mtx_unlock(&mutex) == thrd_success);
    mtx_destroy(&mutex);

    CHECK(mtx_init(&mutex, mtx_recursive | mtx_timed) == thrd_success);
    for (int i = 0; i < 3; i++)
        CHECK(mtx_lock(&mutex) == thrd_success && mtx_trylock(&mutex) == thrd_success);
    for (int i = 0; i < 6; i++) {
        CHECK(in_thread(try_other, NULL) == thrd_busy * 10 + thrd_timedout);
        CHECK(mtx_unlock(&mutex) == thrd_success);
    }
    CHECK(mtx_unlock(&mutex) == thrd_error); /* not ours any more */
    mtx_destroy(&mutex);
    puts("mutexes");
}

/* ---- conditions ---- */

static cnd_t condition;
static int stage, woken;

static int waits_for_stage(void *argument)
{
    mtx_lock(&mutex);
    while (stage != *(int *)argument)
        cnd_wait(&condition, &mutex);
    woken++;
    mtx_unlock(&mutex);
    return 0;
}

static void conditions(void)
{
    enum { N = 10 };
    thrd_t t[N];
    int one = 1;
    struct timespec deadline = soon(30);
    mtx_init(&mutex, mtx_plain);
    CHECK(cnd_init(&condition) == thrd_success);
    mtx_lock(&mutex);
    CHECK(cnd_timedwait(&condition, &mutex, &deadline) == thrd_timedout);
    CHECK(mtx_trylock(&mutex) == thrd_busy);
    mtx_unlock(&mutex);
    for (int i = 0; i < N; i++)
        CHECK(thrd_create(&t[i], waits_for_stage, &one) == thrd_success);
    thrd_sleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    CHECK(woken == 0);
    mtx_lock(&mutex);
    stage = 1;
    mtx_unlock(&mutex);
    cnd_signal(&condition);
    cnd_broadcast(&condition);
    for (int i = 0; i < N; i++)
        thrd_join(t[i], NULL);
    CHECK(woken == N);
    cnd_destroy(&condition);
    puts("conditions");
}

/* ---- storage and once ---- */

static tss_t key;
static int destroyed;

static void destroy(void *value)
{
    destroyed++;
    if (*(int *)value > 0) { /* comes back as often as its value says */
        --*(int *)value;
        tss_set(key, value);
    }
}

static int uses_key(void *argument)
{
    CHECK(tss_get(key) == NULL);
    CHECK(tss_set(key, argument) == thrd_success);
    CHECK(tss_get(key) == argument);
    return 0;
}

static once_flag once = ONCE_FLAG_INIT;
static int calls;

static void slow(void)
{
    thrd_sleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    calls++;
}

static int calls_once(void *argument)
{
    (void)argument;
    call_once(&once, slow);
    return calls;
}

static void storage_and_once(void)
{
    enum { N = 6 };
    thrd_t t[N];
    int result, back = 2;
    CHECK(tss_create(&key, destroy) == thrd_success);
    in_thread(uses_key, &back);
    CHECK(destroyed == 3 && back == 0);
    CHECK(tss_get(key) == NULL);
    tss_delete(key);
    CHECK(tss_set(key, &back) == thrd_error);
    for (int i = 0; i < N; i++)
        CHECK(thrd_create(&t[i], calls_once, NULL) == thrd_success);
    for (int i = 0; i < N; i++)
        CHECK(thrd_join(t[i], &result) == thrd_success && result == 1);
    puts("storage and once");
}

int main(void)
{
    threads();
    mutexes();
    conditions();
    storage_and_once();
}
