/* The state is the number of readers, or WRITER; WAITED is added while somebody may sleep. Readers
 * that come while others read do not wait: a thread may read twice. */
#include <bits/futex.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>

#define WRITER  0x3fffffffu
#define READERS 0x3ffffffeu /* at most */
#define WAITED  0x80000000u

int pthread_rwlock_init(pthread_rwlock_t *restrict l,
                        const pthread_rwlockattr_t *restrict attributes)
{
    (void)attributes;
    l->__state = 0;
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
    return __atomic_load_n(&l->__state, __ATOMIC_RELAXED) ? EBUSY : 0;
}

static unsigned *state_of(pthread_rwlock_t *l)
{
    return (unsigned *)&l->__state;
}

/* 0; EBUSY with the state that was in the way; EAGAIN: too many readers. */
static int try_lock(pthread_rwlock_t *l, int writes, unsigned *out_state)
{
    unsigned s = __atomic_load_n(state_of(l), __ATOMIC_RELAXED), next;
    do {
        unsigned holders = s & ~WAITED;
        *out_state = s;
        if (holders == WRITER || (writes && holders > 0))
            return EBUSY;
        if (holders == READERS)
            return EAGAIN;
        next = writes ? s | WRITER : s + 1;
    } while (
        !__atomic_compare_exchange_n(state_of(l), &s, next, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
    return 0;
}

static int lock_until(pthread_rwlock_t *l, int writes, clockid_t clock,
                      const struct timespec *deadline)
{
    unsigned s;
    int error;
    while ((error = try_lock(l, writes, &s)) == EBUSY) {
        if (!(s & WAITED) && !__atomic_compare_exchange_n(state_of(l), &s, s | WAITED, 0,
                                                          __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            continue;
        error = __futex_wait(&l->__state, (int)(s | WAITED), clock, deadline);
        if (error)
            return error;
    }
    return error;
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *restrict l, clockid_t clock,
                               const struct timespec *restrict deadline)
{
    return lock_until(l, 0, clock, deadline);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict l,
                               const struct timespec *restrict deadline)
{
    return lock_until(l, 0, CLOCK_REALTIME, deadline);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
    return lock_until(l, 0, CLOCK_MONOTONIC, NULL);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
    unsigned s;
    return try_lock(l, 0, &s);
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *restrict l, clockid_t clock,
                               const struct timespec *restrict deadline)
{
    return lock_until(l, 1, clock, deadline);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict l,
                               const struct timespec *restrict deadline)
{
    return lock_until(l, 1, CLOCK_REALTIME, deadline);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
    return lock_until(l, 1, CLOCK_MONOTONIC, NULL);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
    unsigned s;
    return try_lock(l, 1, &s);
}

int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
    unsigned s = __atomic_load_n(state_of(l), __ATOMIC_RELAXED), holders, next;
    do {
        holders = s & ~WAITED;
        next = holders == WRITER || holders == 1 ? 0 : s - 1;
        if (holders == 0)
            return EPERM;
    } while (
        !__atomic_compare_exchange_n(state_of(l), &s, next, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (next == 0 && s & WAITED)
        __futex_wake(&l->__state, UINT_MAX);
    return 0;
}

int pthread_rwlockattr_init(pthread_rwlockattr_t *a)
{
    a->__unused = 0;
    return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *a)
{
    (void)a;
    return 0;
}
