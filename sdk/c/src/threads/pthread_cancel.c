/* No thread can be cancelled: one that is asked to end looks at a variable. */
#include "threads/thread.h"
#include <errno.h>

int pthread_cancel(pthread_t t)
{
    (void)t;
    return ENOTSUP;
}

int pthread_setcancelstate(int state, int *out_old)
{
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (out_old)
        *out_old = __thread_self->cancel_state;
    __thread_self->cancel_state = state;
    return 0;
}

int pthread_setcanceltype(int type, int *out_old)
{
    if (type != PTHREAD_CANCEL_DEFERRED)
        return type == PTHREAD_CANCEL_ASYNCHRONOUS ? ENOTSUP : EINVAL;
    if (out_old)
        *out_old = PTHREAD_CANCEL_DEFERRED;
    return 0;
}

void pthread_testcancel(void) {}
