#include <errno.h>
#include <pthread.h>
#include <threads.h>

static int status_of(int error)
{
    return error == 0           ? thrd_success
           : error == EBUSY     ? thrd_busy
           : error == ETIMEDOUT ? thrd_timedout
                                : thrd_error;
}

int mtx_init(mtx_t *m, int type)
{
    if (type & ~(mtx_recursive | mtx_timed))
        return thrd_error;
    int kind = type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL;
    return status_of(pthread_mutex_init(m, &(pthread_mutexattr_t){kind}));
}

void mtx_destroy(mtx_t *m)
{
    pthread_mutex_destroy(m);
}

int mtx_lock(mtx_t *m)
{
    return status_of(pthread_mutex_lock(m));
}

int mtx_timedlock(mtx_t *restrict m, const struct timespec *restrict deadline)
{
    return status_of(pthread_mutex_timedlock(m, deadline));
}

int mtx_trylock(mtx_t *m)
{
    return status_of(pthread_mutex_trylock(m));
}

int mtx_unlock(mtx_t *m)
{
    return status_of(pthread_mutex_unlock(m));
}
