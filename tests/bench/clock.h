/* The clock of the benchmarks. */
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#ifdef __wasi__
#include <wasi/api.h>
#endif

/* CPU time, so that a busy machine changes little. */
static uint64_t bench_now_ns(void)
{
#ifdef __wasi__
    __wasi_timestamp_t now_ns;

    if (__wasi_clock_time_get(__WASI_CLOCKID_PROCESS_CPUTIME_ID, 1, &now_ns))
        abort();
    return now_ns;
#else
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
#endif
}
