#include <bits/futex.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>

enum { NS_PER_S = 1000000000 };

/* How long until the deadline; 0: it is over; -1 for EINVAL. */
static int64_t left_ns(clockid_t clock, const struct timespec *deadline)
{
    struct timespec now;
    int64_t ns;
    if ((unsigned long)deadline->tv_nsec >= NS_PER_S || clock_gettime(clock, &now))
        return -1;
    if (deadline->tv_sec < 0)
        return 0;
    if (__builtin_mul_overflow(deadline->tv_sec - now.tv_sec, (int64_t)NS_PER_S, &ns) ||
        __builtin_add_overflow(ns, deadline->tv_nsec - now.tv_nsec, &ns))
        return INT64_MAX;
    return ns < 0 ? 0 : ns;
}

#ifdef __wasm_atomics__

static int wait_ns(const int *at, int expected, int64_t ns)
{
    enum { TIMED_OUT = 2 };
    int result = __builtin_wasm_memory_atomic_wait32((int *)at, expected, ns);
    return result == TIMED_OUT ? ETIMEDOUT : 0;
}

#else

/* Nobody else could change the word or wake the caller: only time can pass. */
static int wait_ns(const int *at, int expected, int64_t ns)
{
    if (*at != expected)
        return 0;
    struct timespec duration = {ns / NS_PER_S, (long)(ns % NS_PER_S)};
    nanosleep(&duration, NULL);
    return ETIMEDOUT;
}

#endif

int __futex_wait(const int *at, int expected, clockid_t clock, const struct timespec *deadline)
{
    if (!deadline) {
        __futex_sleep(at, expected);
        return 0;
    }
    int64_t ns = left_ns(clock, deadline);
    if (ns <= 0)
        return ns < 0 ? EINVAL : ETIMEDOUT;
    return wait_ns(at, expected, ns);
}
