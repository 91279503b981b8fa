/* <pthread.h>, <semaphore.h>, <sched.h>: every kind of lock, and what each of them refuses. */
#include "tests/sdk_threads/check.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <time.h>

static struct timespec soon(clockid_t clock, long ms)
{
    struct timespec t;
    clock_gettime(clock, &t);
    t.tv_nsec += ms * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void *in_thread(void *(*run)(void *), void *argument)
{
    pthread_t t;
    void *result;
    CHECK(pthread_create(&t, NULL, run, argument) == 0);
    CHECK(pthread_join(t, &result) == 0);
    return result;
}

/* ---- mutexes ---- */

static void *unlocks(void *m)
{
    return (void *)(intptr_t)pthread_mutex_unlock(m);
}

static void mutexes(void)
{
    pthread_mutexattr_t a;
    pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
    int kind;
    struct timespec past = {0, 0}, wrong = {0, 1000000000};
    CHECK(pthread_mutex_lock(&m) == 0 && pthread_mutex_trylock(&m) == EBUSY);
    CHECK(pthread_mutex_timedlock(&m, &past) == ETIMEDOUT);
    CHECK(pthread_mutex_timedlock(&m, &wrong) == EINVAL);
    struct timespec later = soon(CLOCK_MONOTONIC, 20);
    CHECK(pthread_mutex_clocklock(&m, CLOCK_MONOTONIC, &later) == ETIMEDOUT);
    CHECK(pthread_mutex_destroy(&m) == EBUSY);
    CHECK(pthread_mutex_unlock(&m) == 0 && pthread_mutex_destroy(&m) == 0);

    CHECK(pthread_mutexattr_init(&a) == 0 && pthread_mutexattr_settype(&a, 9) == EINVAL);
    CHECK(pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED) == ENOTSUP);
    CHECK(pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK) == 0);
    CHECK(pthread_mutexattr_gettype(&a, &kind) == 0 && kind == PTHREAD_MUTEX_ERRORCHECK);
    CHECK(pthread_mutex_init(&m, &a) == 0);
    CHECK(pthread_mutex_unlock(&m) == EPERM);
    CHECK(pthread_mutex_lock(&m) == 0 && pthread_mutex_lock(&m) == EDEADLK);
    CHECK(in_thread(unlocks, &m) == (void *)EPERM);
    CHECK(pthread_mutex_unlock(&m) == 0);

    pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
    CHECK(pthread_mutex_lock(&r) == 0 && pthread_mutex_lock(&r) == 0);
    CHECK(pthread_mutex_unlock(&r) == 0 && in_thread(unlocks, &r) == (void *)EPERM);
    CHECK(pthread_mutex_unlock(&r) == 0 && pthread_mutex_unlock(&r) == EPERM);
    puts("mutexes");
}

/* ---- readers and writers ---- */

static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static int value_a, value_b, readers, most_readers;

static void *reads(void *argument)
{
    for (int i = 0; i < 500; i++) {
        pthread_rwlock_rdlock(&shared);
        int n = __atomic_add_fetch(&readers, 1, __ATOMIC_SEQ_CST);
        if (n > __atomic_load_n(&most_readers, __ATOMIC_SEQ_CST))
            __atomic_store_n(&most_readers, n, __ATOMIC_SEQ_CST);
        CHECK(value_a == value_b);
        if (i % 50 == 0)
            sched_yield();
        __atomic_sub_fetch(&readers, 1, __ATOMIC_SEQ_CST);
        pthread_rwlock_unlock(&shared);
    }
    return argument;
}

static void *writes(void *argument)
{
    for (int i = 0; i < 500; i++) {
        pthread_rwlock_wrlock(&shared);
        CHECK(__atomic_load_n(&readers, __ATOMIC_SEQ_CST) == 0);
        value_a++;
        if (i % 50 == 0)
            sched_yield();
        value_b++;
        pthread_rwlock_unlock(&shared);
    }
    return argument;
}

static void *tries(void *argument)
{
    struct timespec later = soon(CLOCK_REALTIME, 20);
    (void)argument;
    CHECK(pthread_rwlock_trywrlock(&shared) == EBUSY);
    CHECK(pthread_rwlock_timedwrlock(&shared, &later) == ETIMEDOUT);
    int error = pthread_rwlock_tryrdlock(&shared);
    if (error == 0)
        pthread_rwlock_unlock(&shared);
    return (void *)(intptr_t)error;
}

static void readers_and_writers(void)
{
    pthread_t t[6];
    for (int i = 0; i < 6; i++)
        CHECK(pthread_create(&t[i], NULL, i % 3 ? reads : writes, NULL) == 0);
    for (int i = 0; i < 6; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
    CHECK(value_a == 1000 && value_b == 1000 && most_readers >= 1);
    CHECK(pthread_rwlock_unlock(&shared) == EPERM);
    CHECK(pthread_rwlock_rdlock(&shared) == 0 && pthread_rwlock_rdlock(&shared) == 0);
    CHECK(in_thread(tries, NULL) == 0);
    pthread_rwlock_unlock(&shared);
    pthread_rwlock_unlock(&shared);
    CHECK(pthread_rwlock_wrlock(&shared) == 0 && in_thread(tries, NULL) == (void *)EBUSY);
    pthread_rwlock_unlock(&shared);
    CHECK(pthread_rwlock_destroy(&shared) == 0);
    puts("readers and writers");
}

/* ---- barriers, spin locks, semaphores ---- */

static pthread_barrier_t *barrier;
static int arrivals, serial;

static void *meets(void *argument)
{
    for (int round = 1; round <= 50; round++) {
        __atomic_add_fetch(&arrivals, 1, __ATOMIC_SEQ_CST);
        if (pthread_barrier_wait(barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            __atomic_add_fetch(&serial, 1, __ATOMIC_SEQ_CST);
        CHECK(__atomic_load_n(&arrivals, __ATOMIC_SEQ_CST) >= round * 5);
        pthread_barrier_wait(barrier);
    }
    if (pthread_barrier_wait(barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
        pthread_barrier_destroy(barrier);
        free(barrier);
    }
    return argument;
}

static pthread_spinlock_t spin;
static sem_t items, room;
static int spun, produced, consumed;

static void *spins(void *argument)
{
    for (int i = 0; i < 5000; i++) {
        pthread_spin_lock(&spin);
        spun++;
        pthread_spin_unlock(&spin);
    }
    return argument;
}

static void *consumes(void *argument)
{
    for (int i = 0; i < 1000; i++) {
        CHECK(sem_wait(&items) == 0);
        CHECK(__atomic_add_fetch(&consumed, 1, __ATOMIC_SEQ_CST) <=
              __atomic_load_n(&produced, __ATOMIC_SEQ_CST));
        CHECK(sem_post(&room) == 0);
    }
    return argument;
}

static void other_locks(void)
{
    pthread_t t[5];
    barrier = malloc(sizeof *barrier);
    CHECK(pthread_barrier_init(barrier, NULL, 0) == EINVAL);
    CHECK(pthread_barrier_init(barrier, NULL, 5) == 0);
    for (int i = 0; i < 5; i++)
        CHECK(pthread_create(&t[i], NULL, meets, NULL) == 0);
    for (int i = 0; i < 5; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
    CHECK(serial == 50);

    CHECK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) == 0);
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&t[i], NULL, spins, NULL) == 0);
    for (int i = 0; i < 4; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
    CHECK(spun == 20000 && pthread_spin_trylock(&spin) == 0 &&
          pthread_spin_trylock(&spin) == EBUSY);

    struct timespec later = soon(CLOCK_REALTIME, 20);
    int n;
    CHECK(sem_init(&items, 1, 0) == -1 && errno == ENOTSUP);
    CHECK(sem_init(&items, 0, 0) == 0 && sem_init(&room, 0, 3) == 0);
    CHECK(sem_trywait(&items) == -1 && errno == EAGAIN);
    CHECK(sem_timedwait(&items, &later) == -1 && errno == ETIMEDOUT);
    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&t[i], NULL, consumes, NULL) == 0);
    for (int i = 0; i < 3000; i++) {
        CHECK(sem_wait(&room) == 0);
        __atomic_add_fetch(&produced, 1, __ATOMIC_SEQ_CST);
        CHECK(sem_post(&items) == 0);
    }
    for (int i = 0; i < 3; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
    CHECK(consumed == 3000 && sem_getvalue(&room, &n) == 0 && n == 3);
    CHECK(sem_init(&items, 0, SEM_VALUE_MAX) == 0 && sem_post(&items) == -1 && errno == EOVERFLOW);
    puts("barriers, spin locks, semaphores");
}

/* ---- keys, cleanup, attributes ---- */

static char order[16];
static size_t order_len;

static void note(void *letter)
{
    order[order_len++] = *(const char *)letter;
}

static void *cleans_up(void *argument)
{
    pthread_cleanup_push(note, "a");
    pthread_cleanup_push(note, "b");
    pthread_cleanup_push(note, "c");
    pthread_cleanup_pop(1);
    if (argument)
        pthread_exit(argument);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(1);
    return "returned";
}

static pthread_key_t keys[PTHREAD_KEYS_MAX];

static void *sees_nothing(void *argument)
{
    for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
        CHECK(pthread_getspecific(keys[i]) == NULL);
    return argument;
}

static void *ends_at_once(void *argument)
{
    return argument;
}

static void keys_and_attributes(void)
{
    pthread_key_t one_more;
    for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
        CHECK(pthread_key_create(&keys[i], NULL) == 0 &&
              pthread_setspecific(keys[i], keys + i) == 0);
    CHECK(pthread_key_create(&one_more, NULL) == EAGAIN);
    in_thread(sees_nothing, NULL);
    for (int i = 0; i < PTHREAD_KEYS_MAX; i++)
        CHECK(pthread_getspecific(keys[i]) == keys + i && pthread_key_delete(keys[i]) == 0);
    CHECK(pthread_key_delete(keys[0]) == EINVAL && pthread_setspecific(keys[0], keys) == EINVAL);
    CHECK(pthread_key_create(&one_more, NULL) == 0 && pthread_getspecific(one_more) == NULL);

    CHECK(in_thread(cleans_up, "exited") && in_thread(cleans_up, NULL));
    CHECK(order_len == 5 && order[0] == 'c' && order[1] == 'b' && order[2] == 'a' &&
          order[3] == 'c' && order[4] == 'a');

    pthread_attr_t a;
    pthread_t t;
    size_t bytes;
    int state;
    CHECK(pthread_attr_init(&a) == 0 && pthread_attr_setstacksize(&a, 100) == EINVAL);
    CHECK(pthread_attr_setstacksize(&a, 1 << 20) == 0);
    CHECK(pthread_attr_getstacksize(&a, &bytes) == 0 && bytes == 1 << 20);
    CHECK(pthread_create(&t, &a, ends_at_once, NULL) == 0 && pthread_join(t, NULL) == 0);
    CHECK(pthread_attr_setstacksize(&a, SIZE_MAX) == 0);
    CHECK(pthread_create(&t, &a, ends_at_once, NULL) == EAGAIN);
    CHECK(pthread_attr_setdetachstate(&a, 7) == EINVAL);
    CHECK(pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED) == 0);
    CHECK(pthread_attr_getdetachstate(&a, &state) == 0 && state == PTHREAD_CREATE_DETACHED);
    CHECK(pthread_join(pthread_self(), NULL) == EDEADLK);
    CHECK(pthread_cancel(pthread_self()) == ENOTSUP);
    puts("keys, cleanup, attributes");
}

int main(void)
{
    mutexes();
    readers_and_writers();
    other_locks();
    keys_and_attributes();
}
