#include "threads/thread.h"
#include <errno.h>
#include <limits.h>

int pthread_attr_init(pthread_attr_t *a)
{
    *a = (pthread_attr_t){THREAD_STACK_BYTES, THREAD_GUARD_BYTES, PTHREAD_CREATE_JOINABLE};
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *a)
{
    (void)a;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *a, int state)
{
    if (state != PTHREAD_CREATE_JOINABLE && state != PTHREAD_CREATE_DETACHED)
        return EINVAL;
    a->__detached = state;
    return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *a, int *out_state)
{
    *out_state = a->__detached;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *a, size_t bytes)
{
    if (bytes < PTHREAD_STACK_MIN)
        return EINVAL;
    a->__stack_bytes = bytes;
    return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *restrict a, size_t *restrict out_bytes)
{
    *out_bytes = a->__stack_bytes;
    return 0;
}

/* Never less than what the library needs below the stack. */
int pthread_attr_setguardsize(pthread_attr_t *a, size_t bytes)
{
    a->__guard_bytes = bytes < THREAD_GUARD_BYTES ? THREAD_GUARD_BYTES : bytes;
    return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t *restrict a, size_t *restrict out_bytes)
{
    *out_bytes = a->__guard_bytes;
    return 0;
}
