/* A condition variable is a counter of its wakes. A waiter that was woken does not touch it any
 * more, so it may be destroyed as soon as everybody has been woken. */
#include <bits/futex.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>

int pthread_cond_init(pthread_cond_t *restrict c, const pthread_condattr_t *restrict attributes)
{
    *c = (pthread_cond_t){.__clock = attributes ? attributes->__clock : CLOCK_REALTIME};
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *c)
{
    (void)c;
    return 0;
}

static int wake(pthread_cond_t *c, unsigned count)
{
    __atomic_fetch_add(&c->__wakes, 1, __ATOMIC_SEQ_CST);
    __futex_wake(&c->__wakes, count);
    return 0;
}

int pthread_cond_signal(pthread_cond_t *c)
{
    return wake(c, 1);
}

int pthread_cond_broadcast(pthread_cond_t *c)
{
    return wake(c, UINT_MAX);
}

int pthread_cond_clockwait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m, clockid_t clock,
                           const struct timespec *restrict deadline)
{
    int seen = __atomic_load_n(&c->__wakes, __ATOMIC_SEQ_CST);
    int error = pthread_mutex_unlock(m);
    if (error)
        return error;
    error = __futex_wait(&c->__wakes, seen, clock, deadline);
    int failed = pthread_mutex_lock(m);
    return failed ? failed : error;
}

int pthread_cond_timedwait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m,
                           const struct timespec *restrict deadline)
{
    return pthread_cond_clockwait(c, m, c->__clock, deadline);
}

int pthread_cond_wait(pthread_cond_t *restrict c, pthread_mutex_t *restrict m)
{
    return pthread_cond_clockwait(c, m, CLOCK_MONOTONIC, NULL);
}
