/* struct iovec is WASI's own. */
#include "internal/wasi.h"
#include <stddef.h>
#include <sys/uio.h>

_Static_assert(offsetof(struct iovec, iov_len) == offsetof(struct wasi_iovec, len), "WASI layout");

static int invalid(int count)
{
    return count < 0 || count > IOV_MAX ? EINVAL : 0;
}

ssize_t readv(int fd, const struct iovec *pieces, int count)
{
    size_t done;
    int error = invalid(count);
    return wasi_result(error ? error : __wasi_fd_read(fd, pieces, count, &done)) ? -1
                                                                                 : (ssize_t)done;
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    size_t done;
    int error = invalid(count);
    return wasi_result(error ? error : __wasi_fd_write(fd, pieces, count, &done)) ? -1
                                                                                  : (ssize_t)done;
}

ssize_t preadv(int fd, const struct iovec *pieces, int count, off_t offset)
{
    size_t done;
    int error = invalid(count);
    error = error ? error : __wasi_fd_pread(fd, pieces, count, offset, &done);
    return wasi_result(error) ? -1 : (ssize_t)done;
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset)
{
    size_t done;
    int error = invalid(count);
    error = error ? error : __wasi_fd_pwrite(fd, pieces, count, offset, &done);
    return wasi_result(error) ? -1 : (ssize_t)done;
}
