#include "internal/wasi.h"
#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

enum { WASI_CLOCK_PROCESS_CPU = 2, KIB = 1024 };

int getrusage(int who, struct rusage *out)
{
    uint64_t ns;
    if (who != RUSAGE_SELF)
        return wasi_result(who == RUSAGE_CHILDREN ? ENOSYS : EINVAL);
    if (wasi_result(__wasi_clock_time_get(WASI_CLOCK_PROCESS_CPU, 1, &ns)))
        return -1;
    *out = (struct rusage){
        .ru_utime = {(time_t)(ns / 1000000000), (suseconds_t)(ns % 1000000000 / 1000)},
        .ru_maxrss = (long)(__builtin_wasm_memory_size(0) * (PAGESIZE / KIB)),
    };
    return 0;
}

/* The linker's: where the data starts, and the stack that lies below it. */
extern unsigned char __global_base;

int getrlimit(int resource, struct rlimit *out)
{
    rlim_t value = RLIM_INFINITY;
    switch (resource) {
    case RLIMIT_CPU:
    case RLIMIT_FSIZE:
        break;
    case RLIMIT_DATA:
    case RLIMIT_AS:
        value = UINT64_C(1) << 32;
        break;
    case RLIMIT_STACK:
        value = (rlim_t)(uintptr_t)&__global_base;
        break;
    case RLIMIT_CORE:
        value = 0;
        break;
    case RLIMIT_NOFILE:
        value = (rlim_t)sysconf(_SC_OPEN_MAX);
        break;
    default:
        return wasi_result(EINVAL);
    }
    *out = (struct rlimit){value, value};
    return 0;
}

int setrlimit(int resource, const struct rlimit *limit)
{
    struct rlimit now;
    if (getrlimit(resource, &now))
        return -1;
    return limit->rlim_cur == now.rlim_cur && limit->rlim_max == now.rlim_max ? 0
                                                                              : wasi_result(EPERM);
}
