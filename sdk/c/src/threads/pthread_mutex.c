#include "internal/lock.h"
#include "threads/thread.h"
#include <errno.h>
#include <limits.h>
#include <stddef.h>

int pthread_mutex_init(pthread_mutex_t *restrict m, const pthread_mutexattr_t *restrict attributes)
{
    *m = (pthread_mutex_t){.__kind = attributes ? attributes->__kind : PTHREAD_MUTEX_DEFAULT};
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *m)
{
    return __atomic_load_n(&m->__word, __ATOMIC_RELAXED) ? EBUSY : 0;
}

/* Only the owner itself ever finds its own name here. */
static int is_owner(const pthread_mutex_t *m)
{
    return m->__kind != PTHREAD_MUTEX_NORMAL &&
           __atomic_load_n(&m->__owner, __ATOMIC_RELAXED) == __thread_self;
}

static int lock_again(pthread_mutex_t *m)
{
    if (m->__depth == UINT_MAX)
        return EAGAIN;
    m->__depth++;
    return 0;
}

static int owned(pthread_mutex_t *m)
{
    if (m->__kind != PTHREAD_MUTEX_NORMAL) {
        __atomic_store_n(&m->__owner, __thread_self, __ATOMIC_RELAXED);
        m->__depth = 1;
    }
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t *m)
{
    if (is_owner(m))
        return m->__kind == PTHREAD_MUTEX_RECURSIVE ? lock_again(m) : EDEADLK;
    __word_take(&m->__word);
    return owned(m);
}

int pthread_mutex_clocklock(pthread_mutex_t *restrict m, clockid_t clock,
                            const struct timespec *restrict deadline)
{
    if (is_owner(m))
        return m->__kind == PTHREAD_MUTEX_RECURSIVE ? lock_again(m) : EDEADLK;
    if (!__word_try(&m->__word)) {
        int error = __word_take_until(&m->__word, clock, deadline);
        if (error)
            return error;
    }
    return owned(m);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict m, const struct timespec *restrict deadline)
{
    return pthread_mutex_clocklock(m, CLOCK_REALTIME, deadline);
}

int pthread_mutex_trylock(pthread_mutex_t *m)
{
    if (is_owner(m) && m->__kind == PTHREAD_MUTEX_RECURSIVE)
        return lock_again(m);
    return __word_try(&m->__word) ? owned(m) : EBUSY;
}

int pthread_mutex_unlock(pthread_mutex_t *m)
{
    if (m->__kind != PTHREAD_MUTEX_NORMAL) {
        if (!is_owner(m))
            return EPERM;
        if (--m->__depth > 0)
            return 0;
        __atomic_store_n(&m->__owner, NULL, __ATOMIC_RELAXED);
    }
    __word_release(&m->__word);
    return 0;
}
