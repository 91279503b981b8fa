/* C's threads, which are POSIX's with another type of function. */
#include "threads/thread.h"
#include <errno.h>
#include <stdint.h>
#include <threads.h>
#include <time.h>

static int status_of(int error)
{
    return error == 0 ? thrd_success : error == ENOMEM ? thrd_nomem : thrd_error;
}

int thrd_create(thrd_t *out, thrd_start_t run, void *argument)
{
    struct thread_function function = {.c11 = run};
    return status_of(__thread_create(out, NULL, function, argument));
}

thrd_t thrd_current(void)
{
    return pthread_self();
}

int thrd_equal(thrd_t a, thrd_t b)
{
    return a == b;
}

void thrd_exit(int result)
{
    pthread_exit((void *)(intptr_t)result);
}

int thrd_detach(thrd_t t)
{
    return status_of(pthread_detach(t));
}

int thrd_join(thrd_t t, int *out_result)
{
    void *result;
    int error = pthread_join(t, &result);
    if (!error && out_result)
        *out_result = (int)(intptr_t)result;
    return status_of(error);
}

void thrd_yield(void)
{
    sched_yield();
}

/* Nothing interrupts a sleep, so that −1 never comes; −2 is another failure. */
int thrd_sleep(const struct timespec *duration, struct timespec *remaining)
{
    return clock_nanosleep(CLOCK_MONOTONIC, 0, duration, remaining) ? -2 : 0;
}
