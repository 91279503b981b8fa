/* Sleeping: poll_oneoff on one relative clock. */
#include "internal/wasi.h"
#include <time.h>
#include <unistd.h>

static int sleep_ns(clockid_t id, int flags, uint64_t ns)
{
    struct wasi_subscription s = {
        .kind = 0,
        .clock = {.id = (uint32_t)id, .timeout_ns = ns, .flags = (uint16_t)flags},
    };
    struct wasi_event e;
    size_t count;
    int error = __wasi_poll_oneoff(&s, &e, 1, &count);
    return error ? error : e.error;
}

int clock_nanosleep(clockid_t id, int flags, const struct timespec *duration,
                    struct timespec *remaining)
{
    if ((unsigned long)duration->tv_nsec >= 1000000000 || duration->tv_sec < 0)
        return EINVAL;
    uint64_t ns;
    if (__builtin_mul_overflow((uint64_t)duration->tv_sec, 1000000000u, &ns) ||
        __builtin_add_overflow(ns, (uint64_t)duration->tv_nsec, &ns))
        ns = UINT64_MAX;
    int error = sleep_ns(id, flags, ns);
    if (!error && remaining && flags == 0)
        *remaining = (struct timespec){0, 0};
    return error;
}

int nanosleep(const struct timespec *duration, struct timespec *remaining)
{
    return wasi_result(clock_nanosleep(CLOCK_MONOTONIC, 0, duration, remaining));
}

unsigned sleep(unsigned seconds)
{
    struct timespec duration = {seconds, 0};
    return nanosleep(&duration, NULL) ? seconds : 0;
}

int usleep(useconds_t microseconds)
{
    struct timespec duration = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
    return nanosleep(&duration, NULL);
}
