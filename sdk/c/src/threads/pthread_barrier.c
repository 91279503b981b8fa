#include "internal/lock.h"
#include <bits/futex.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>

int pthread_barrier_init(pthread_barrier_t *restrict b,
                         const pthread_barrierattr_t *restrict attributes, unsigned count)
{
    (void)attributes;
    if (count == 0 || count > INT_MAX)
        return EINVAL;
    *b = (pthread_barrier_t){.__count = count};
    return 0;
}

/* The first to leave may destroy it while the others still wake up: that waits for them. */
int pthread_barrier_destroy(pthread_barrier_t *b)
{
    int n;
    while ((n = __atomic_load_n(&b->__inside, __ATOMIC_ACQUIRE)) > 0)
        __futex_sleep(&b->__inside, n);
    return 0;
}

int pthread_barrier_wait(pthread_barrier_t *b)
{
    __atomic_fetch_add(&b->__inside, 1, __ATOMIC_RELAXED);
    __word_take(&b->__lock);
    int generation = b->__generation, last = ++b->__arrived == b->__count;
    if (last) {
        b->__arrived = 0;
        __atomic_store_n(&b->__generation, generation + 1, __ATOMIC_RELEASE);
    }
    __word_release(&b->__lock);
    if (last)
        __futex_wake(&b->__generation, UINT_MAX);
    while (__atomic_load_n(&b->__generation, __ATOMIC_ACQUIRE) == generation)
        __futex_sleep(&b->__generation, generation);
    if (__atomic_sub_fetch(&b->__inside, 1, __ATOMIC_RELEASE) == 0)
        __futex_wake(&b->__inside, UINT_MAX);
    return last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_barrierattr_init(pthread_barrierattr_t *a)
{
    a->__unused = 0;
    return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *a)
{
    (void)a;
    return 0;
}
