/* Descriptors for the same open file. Children get only those that spawn gives them, so that all
 * descriptors are close-on-exec. */
#include "internal/wasi.h"
#include <fcntl.h>
#include <unistd.h>

int dup(int fd)
{
    int copy;
    return wasi_result(__wasmos_dup(fd, 0, &copy)) ? -1 : copy;
}

int dup2(int fd, int to)
{
    return wasi_result(__wasmos_dup_to(fd, to)) ? -1 : to;
}

int dup3(int fd, int to, int flags)
{
    if (fd == to || flags & ~O_CLOEXEC)
        return wasi_result(EINVAL);
    return dup2(fd, to);
}
