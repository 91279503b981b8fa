#include "internal/wasi.h"
#include <sys/wait.h>

pid_t waitpid(pid_t pid, int *out_status, int flags)
{
    int found, status;
    if (flags & ~WNOHANG)
        return wasi_result(EINVAL);
    if (pid == 0 || pid < -1)
        return wasi_result(ENOSYS);
    int error = __wasmos_wait(pid, flags & WNOHANG, &found, &status);
    if (error == EAGAIN && flags & WNOHANG)
        return 0;
    if (wasi_result(error))
        return -1;
    if (out_status)
        *out_status = status;
    return found;
}

pid_t wait(int *out_status)
{
    return waitpid(-1, out_status, 0);
}
