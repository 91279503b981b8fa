#include <errno.h>
#include <pthread.h>

int pthread_condattr_init(pthread_condattr_t *a)
{
    a->__clock = CLOCK_REALTIME;
    return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *a)
{
    (void)a;
    return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *a, clockid_t clock)
{
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    a->__clock = clock;
    return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *restrict a, clockid_t *restrict out_clock)
{
    *out_clock = a->__clock;
    return 0;
}

/* Processes share no memory. */
int pthread_condattr_setpshared(pthread_condattr_t *a, int shared)
{
    (void)a;
    return shared == PTHREAD_PROCESS_PRIVATE  ? 0
           : shared == PTHREAD_PROCESS_SHARED ? ENOTSUP
                                              : EINVAL;
}

int pthread_condattr_getpshared(const pthread_condattr_t *restrict a, int *restrict out_shared)
{
    (void)a;
    *out_shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}
