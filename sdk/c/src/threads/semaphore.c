#include <semaphore.h>
#include <bits/futex.h>
#include <errno.h>
#include <limits.h>
#include <stddef.h>

static int failed(int error)
{
    errno = error;
    return -1;
}

int sem_init(sem_t *s, int shared, unsigned value)
{
    if (value > SEM_VALUE_MAX)
        return failed(EINVAL);
    if (shared)
        return failed(ENOTSUP);
    *s = (sem_t){.__value = (int)value};
    return 0;
}

int sem_destroy(sem_t *s)
{
    (void)s;
    return 0;
}

int sem_post(sem_t *s)
{
    int value = __atomic_load_n(&s->__value, __ATOMIC_RELAXED);
    do {
        if (value == SEM_VALUE_MAX)
            return failed(EOVERFLOW);
    } while (!__atomic_compare_exchange_n(&s->__value, &value, value + 1, 0, __ATOMIC_SEQ_CST,
                                          __ATOMIC_RELAXED));
    /* whoever takes it may free the semaphore: from here on only its address counts */
    if (__atomic_load_n(&s->__waiters, __ATOMIC_SEQ_CST) > 0)
        __futex_wake(&s->__value, 1);
    return 0;
}

static int take(sem_t *s)
{
    int value = __atomic_load_n(&s->__value, __ATOMIC_SEQ_CST);
    while (value > 0)
        if (__atomic_compare_exchange_n(&s->__value, &value, value - 1, 0, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST))
            return 1;
    return 0;
}

int sem_trywait(sem_t *s)
{
    return take(s) ? 0 : failed(EAGAIN);
}

int sem_clockwait(sem_t *restrict s, clockid_t clock, const struct timespec *restrict deadline)
{
    int error = 0;
    if (take(s))
        return 0;
    __atomic_fetch_add(&s->__waiters, 1, __ATOMIC_SEQ_CST);
    int taken;
    while (!(taken = take(s)) && !error)
        error = __futex_wait(&s->__value, 0, clock, deadline);
    __atomic_fetch_sub(&s->__waiters, 1, __ATOMIC_SEQ_CST);
    return taken ? 0 : failed(error);
}

int sem_timedwait(sem_t *restrict s, const struct timespec *restrict deadline)
{
    return sem_clockwait(s, CLOCK_REALTIME, deadline);
}

int sem_wait(sem_t *s)
{
    return sem_clockwait(s, CLOCK_MONOTONIC, NULL);
}

int sem_getvalue(sem_t *restrict s, int *restrict out)
{
    *out = __atomic_load_n(&s->__value, __ATOMIC_RELAXED);
    return 0;
}
