#include "internal/wasi.h"
#include <signal.h>
#include <unistd.h>
#include <wasmos.h>

int kill(pid_t pid, int number)
{
    if (number < 0 || number >= NSIG)
        return wasi_result(EINVAL);
    if (pid == getpid())
        return number ? raise(number) : 0;
    if (pid <= 0)
        return wasi_result(ENOSYS); /* there are no groups */
    switch (number) {
    case SIGINT:
        return wasmos_kill(pid, SIGINT);
    case SIGTERM: /* what no handler can catch kills */
    case SIGKILL:
        return wasmos_kill(pid, SIGKILL);
    default:
        return wasi_result(ENOSYS);
    }
}

int killpg(pid_t group, int number)
{
    (void)group;
    (void)number;
    return wasi_result(ENOSYS);
}
