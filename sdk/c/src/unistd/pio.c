#include "internal/wasi.h"
#include <unistd.h>

ssize_t pread(int fd, void *to, size_t n, off_t offset)
{
    struct wasi_iovec v = {to, n};
    size_t done;
    return wasi_result(__wasi_fd_pread(fd, &v, 1, offset, &done)) ? -1 : (ssize_t)done;
}

ssize_t pwrite(int fd, const void *from, size_t n, off_t offset)
{
    struct wasi_iovec v = {(void *)from, n};
    size_t done;
    return wasi_result(__wasi_fd_pwrite(fd, &v, 1, offset, &done)) ? -1 : (ssize_t)done;
}
