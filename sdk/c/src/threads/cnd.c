#include <errno.h>
#include <pthread.h>
#include <threads.h>

static int status_of(int error)
{
    return error == 0 ? thrd_success : error == ETIMEDOUT ? thrd_timedout : thrd_error;
}

int cnd_init(cnd_t *c)
{
    return status_of(pthread_cond_init(c, NULL));
}

void cnd_destroy(cnd_t *c)
{
    pthread_cond_destroy(c);
}

int cnd_signal(cnd_t *c)
{
    return status_of(pthread_cond_signal(c));
}

int cnd_broadcast(cnd_t *c)
{
    return status_of(pthread_cond_broadcast(c));
}

int cnd_wait(cnd_t *c, mtx_t *m)
{
    return status_of(pthread_cond_wait(c, m));
}

int cnd_timedwait(cnd_t *restrict c, mtx_t *restrict m, const struct timespec *restrict deadline)
{
    return status_of(pthread_cond_timedwait(c, m, deadline));
}
