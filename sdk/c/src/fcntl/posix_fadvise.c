#include "internal/wasi.h"
#include <fcntl.h>

int posix_fadvise(int fd, off_t offset, off_t len, int advice)
{
    if (offset < 0 || len < 0)
        return EINVAL;
    return __wasi_fd_advise(fd, offset, len, advice);
}

int posix_fallocate(int fd, off_t offset, off_t len)
{
    if (offset < 0 || len <= 0)
        return EINVAL;
    return __wasi_fd_allocate(fd, offset, len);
}
