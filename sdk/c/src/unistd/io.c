/* read, write and their relatives on descriptors. */
#include "internal/wasi.h"
#include <unistd.h>

/* In termios/tcsetattr.c; only in programs that use it. */
__attribute__((weak)) int __tty_wait(int fd);

ssize_t read(int fd, void *to, size_t n)
{
    if (__tty_wait && !__tty_wait(fd))
        return 0;
    struct wasi_iovec v = {to, n};
    size_t done;
    return wasi_result(__wasi_fd_read(fd, &v, 1, &done)) ? -1 : (ssize_t)done;
}

ssize_t write(int fd, const void *from, size_t n)
{
    struct wasi_iovec v = {(void *)from, n};
    size_t done;
    return wasi_result(__wasi_fd_write(fd, &v, 1, &done)) ? -1 : (ssize_t)done;
}

off_t lseek(int fd, off_t offset, int whence)
{
    off_t now;
    return wasi_result(__wasi_fd_seek(fd, offset, whence, &now)) ? -1 : now;
}

int close(int fd)
{
    return wasi_result(__wasi_fd_close(fd));
}
