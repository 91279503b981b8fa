#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <sys/stat.h>

enum { ATIME = 1, ATIME_NOW = 2, MTIME = 4, MTIME_NOW = 8 };

/* What WASI wants for one of the two times; `set` is its flag, the next one means now. 0 or an
 * errno value. */
static int convert(const struct timespec *t, unsigned set, uint64_t *out_ns, unsigned *flags)
{
    *out_ns = 0;
    if (!t || t->tv_nsec == UTIME_NOW)
        *flags |= set * 2;
    else if (t->tv_nsec != UTIME_OMIT)
        *flags |= set;
    if (!(*flags & set))
        return 0;
    if ((unsigned long)t->tv_nsec >= 1000000000 || t->tv_sec < 0 ||
        __builtin_mul_overflow((uint64_t)t->tv_sec, 1000000000u, out_ns) ||
        __builtin_add_overflow(*out_ns, (uint64_t)t->tv_nsec, out_ns))
        return EINVAL;
    return 0;
}

static int convert_both(const struct timespec times[2], uint64_t ns[2], unsigned *flags)
{
    *flags = 0;
    int error = convert(times, ATIME, &ns[0], flags);
    return error ? error : convert(times ? times + 1 : NULL, MTIME, &ns[1], flags);
}

int utimensat(int directory, const char *path, const struct timespec times[2], int at_flags)
{
    struct path_at at;
    uint64_t ns[2];
    unsigned flags;
    int error = convert_both(times, ns, &flags);
    if (error || at_flags & ~AT_SYMLINK_NOFOLLOW)
        return wasi_result(EINVAL);
    if (__path_resolve_at(directory, path, &at))
        return -1;
    return wasi_result(
        __wasi_path_filestat_set_times(at.fd, at_flags ? 0 : WASI_LOOKUP_SYMLINK_FOLLOW, at.path,
                                       at.len, (int64_t)ns[0], (int64_t)ns[1], flags));
}

int futimens(int fd, const struct timespec times[2])
{
    uint64_t ns[2];
    unsigned flags;
    int error = convert_both(times, ns, &flags);
    return wasi_result(
        error ? error : __wasi_fd_filestat_set_times(fd, (int64_t)ns[0], (int64_t)ns[1], flags));
}
