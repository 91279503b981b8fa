#include <errno.h>
#include <pthread.h>

int pthread_mutexattr_init(pthread_mutexattr_t *a)
{
    a->__kind = PTHREAD_MUTEX_DEFAULT;
    return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *a)
{
    (void)a;
    return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *a, int kind)
{
    if ((unsigned)kind > PTHREAD_MUTEX_ERRORCHECK)
        return EINVAL;
    a->__kind = kind;
    return 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *restrict a, int *restrict out_kind)
{
    *out_kind = a->__kind;
    return 0;
}

/* Processes share no memory. */
int pthread_mutexattr_setpshared(pthread_mutexattr_t *a, int shared)
{
    (void)a;
    return shared == PTHREAD_PROCESS_PRIVATE  ? 0
           : shared == PTHREAD_PROCESS_SHARED ? ENOTSUP
                                              : EINVAL;
}

int pthread_mutexattr_getpshared(const pthread_mutexattr_t *restrict a, int *restrict out_shared)
{
    (void)a;
    *out_shared = PTHREAD_PROCESS_PRIVATE;
    return 0;
}
