/* Clocks. */
#include "internal/wasi.h"
#include <sys/time.h>
#include <time.h>

static struct timespec from_ns(uint64_t ns)
{
    return (struct timespec){(time_t)(ns / 1000000000), (long)(ns % 1000000000)};
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    uint64_t ns;
    if (wasi_result(__wasi_clock_time_get(clock, 1, &ns)))
        return -1;
    *out = from_ns(ns);
    return 0;
}

int clock_getres(clockid_t clock, struct timespec *out)
{
    uint64_t ns;
    if (wasi_result(__wasi_clock_res_get(clock, &ns)))
        return -1;
    if (out)
        *out = from_ns(ns);
    return 0;
}

clock_t clock(void)
{
    uint64_t ns;
    if (wasi_result(__wasi_clock_time_get(CLOCK_PROCESS_CPUTIME_ID, 1, &ns)))
        return -1;
    return (clock_t)(ns / (1000000000 / CLOCKS_PER_SEC));
}

time_t time(time_t *out)
{
    struct timespec now;
    time_t t = clock_gettime(CLOCK_REALTIME, &now) ? -1 : now.tv_sec;
    if (out)
        *out = t;
    return t;
}

int timespec_get(struct timespec *out, int base)
{
    return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, out) == 0 ? base : 0;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now))
        return -1;
    *out = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}
