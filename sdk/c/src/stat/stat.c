/* stat and its forms. */
#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <sys/stat.h>

static struct timespec from_ns(uint64_t ns)
{
    return (struct timespec){(time_t)(ns / 1000000000), (long)(ns % 1000000000)};
}

static mode_t mode_of(int filetype)
{
    switch (filetype) {
    case WASI_FILETYPE_BLOCK_DEVICE:
        return S_IFBLK | 0644;
    case WASI_FILETYPE_CHARACTER_DEVICE:
        return S_IFCHR | 0666;
    case WASI_FILETYPE_DIRECTORY:
        return S_IFDIR | 0755;
    case WASI_FILETYPE_REGULAR_FILE:
        return S_IFREG | 0644;
    case WASI_FILETYPE_SOCKET_DGRAM:
    case WASI_FILETYPE_SOCKET_STREAM:
        return S_IFSOCK | 0666;
    case WASI_FILETYPE_SYMBOLIC_LINK:
        return S_IFLNK | 0777;
    default:
        return S_IFIFO | 0666; /* a pipe: WASI has no type for it */
    }
}

static int fill(int error, const struct wasi_filestat *s, struct stat *out)
{
    if (wasi_result(error))
        return -1;
    *out = (struct stat){
        .st_dev = s->dev,
        .st_ino = s->ino,
        .st_nlink = s->nlink,
        .st_mode = mode_of(s->filetype),
        .st_size = (off_t)s->size,
        .st_blksize = 4096,
        .st_blocks = (blkcnt_t)((s->size + 511) / 512),
        .st_atim = from_ns(s->atime_ns),
        .st_mtim = from_ns(s->mtime_ns),
        .st_ctim = from_ns(s->ctime_ns),
    };
    return 0;
}

int fstatat(int directory, const char *restrict path, struct stat *restrict out, int flags)
{
    struct path_at at;
    struct wasi_filestat s;
    if (flags & ~AT_SYMLINK_NOFOLLOW)
        return wasi_result(EINVAL);
    if (__path_resolve_at(directory, path, &at))
        return -1;
    unsigned lookup = flags ? 0 : WASI_LOOKUP_SYMLINK_FOLLOW;
    return fill(__wasi_path_filestat_get(at.fd, lookup, at.path, at.len, &s), &s, out);
}

int stat(const char *restrict path, struct stat *restrict out)
{
    return fstatat(AT_FDCWD, path, out, 0);
}

int lstat(const char *restrict path, struct stat *restrict out)
{
    return fstatat(AT_FDCWD, path, out, AT_SYMLINK_NOFOLLOW);
}

int fstat(int fd, struct stat *out)
{
    struct wasi_filestat s;
    return fill(__wasi_fd_filestat_get(fd, &s), &s, out);
}
