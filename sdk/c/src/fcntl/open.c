#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>

static unsigned open_flags(int flags)
{
    return (flags & O_CREAT ? WASI_OFLAG_CREAT : 0) | (flags & O_EXCL ? WASI_OFLAG_EXCL : 0) |
           (flags & O_TRUNC ? WASI_OFLAG_TRUNC : 0) |
           (flags & O_DIRECTORY ? WASI_OFLAG_DIRECTORY : 0);
}

static unsigned descriptor_flags(int flags)
{
    return (flags & O_APPEND ? WASI_FDFLAG_APPEND : 0) |
           (flags & O_NONBLOCK ? WASI_FDFLAG_NONBLOCK : 0) |
           (flags & O_DSYNC ? WASI_FDFLAG_DSYNC : 0) | (flags & O_SYNC ? WASI_FDFLAG_SYNC : 0) |
           (flags & O_RSYNC ? WASI_FDFLAG_RSYNC : 0);
}

/* Everything the directory can give, less what the access mode excludes. */
static int wanted_rights(int directory, int flags, uint64_t *rights, uint64_t *inheriting)
{
    struct wasi_fdstat s;
    int error = __wasi_fd_fdstat_get(directory, &s);
    if (error)
        return error;
    *inheriting = s.rights_inheriting;
    *rights = s.rights_inheriting;
    switch (flags & O_ACCMODE) {
    case O_RDONLY:
        *rights &= ~(uint64_t)WASI_RIGHTS_WRITER;
        return 0;
    case O_WRONLY:
        *rights &= ~(uint64_t)WASI_RIGHT_FD_READ;
        return 0;
    case O_RDWR:
        return 0;
    default:
        return EINVAL;
    }
}

int openat(int directory, const char *path, int flags, ...)
{
    struct path_at at;
    uint64_t rights, inheriting;
    int fd;
    if (__path_resolve_at(directory, path, &at))
        return -1;
    int error = wanted_rights(at.fd, flags, &rights, &inheriting);
    if (!error)
        error = __wasi_path_open(at.fd, flags & O_NOFOLLOW ? 0 : WASI_LOOKUP_SYMLINK_FOLLOW,
                                 at.path, at.len, open_flags(flags), (int64_t)rights,
                                 (int64_t)inheriting, descriptor_flags(flags), &fd);
    return wasi_result(error) ? -1 : fd;
}

int open(const char *path, int flags, ...)
{
    return openat(AT_FDCWD, path, flags);
}

int creat(const char *path, mode_t mode)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
