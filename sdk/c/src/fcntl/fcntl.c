#include "internal/wasi.h"
#include <fcntl.h>
#include <stdarg.h>

static int status_flags(int fd)
{
    struct wasi_fdstat s;
    if (wasi_result(__wasi_fd_fdstat_get(fd, &s)))
        return -1;
    int flags = (s.flags & WASI_FDFLAG_APPEND ? O_APPEND : 0) |
                (s.flags & WASI_FDFLAG_NONBLOCK ? O_NONBLOCK : 0) |
                (s.flags & WASI_FDFLAG_DSYNC ? O_DSYNC : 0) |
                (s.flags & WASI_FDFLAG_SYNC ? O_SYNC : 0) |
                (s.flags & WASI_FDFLAG_RSYNC ? O_RSYNC : 0);
    int readable = (s.rights & WASI_RIGHT_FD_READ) != 0;
    int writable = (s.rights & WASI_RIGHT_FD_WRITE) != 0;
    return flags | (readable && writable ? O_RDWR : writable ? O_WRONLY : O_RDONLY);
}

static int set_status_flags(int fd, int flags)
{
    unsigned wanted = (flags & O_APPEND ? WASI_FDFLAG_APPEND : 0) |
                      (flags & O_NONBLOCK ? WASI_FDFLAG_NONBLOCK : 0) |
                      (flags & O_DSYNC ? WASI_FDFLAG_DSYNC : 0) |
                      (flags & O_SYNC ? WASI_FDFLAG_SYNC : 0) |
                      (flags & O_RSYNC ? WASI_FDFLAG_RSYNC : 0);
    return wasi_result(__wasi_fd_fdstat_set_flags(fd, wanted));
}

int fcntl(int fd, int command, ...)
{
    int copy;
    va_list args;
    va_start(args, command);
    int has_argument = command == F_SETFL || command == F_DUPFD || command == F_DUPFD_CLOEXEC;
    int argument = has_argument ? va_arg(args, int) : 0;
    va_end(args);
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return wasi_result(__wasmos_dup(fd, argument, &copy)) ? -1 : copy;
    case F_GETFD:
        return status_flags(fd) < 0 ? -1 : FD_CLOEXEC; /* children inherit 0 to 2 only */
    case F_SETFD:
        return 0;
    case F_GETFL:
        return status_flags(fd);
    case F_SETFL:
        return set_status_flags(fd, argument);
    default:
        return wasi_result(EINVAL);
    }
}
