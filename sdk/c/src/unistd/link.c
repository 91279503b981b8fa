/* Links, and reading them. */
#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
    struct path_at a, b;
    if (flags & ~AT_SYMLINK_FOLLOW)
        return wasi_result(EINVAL);
    if (__path_resolve_at(from_directory, from, &a) || __path_resolve_at(to_directory, to, &b))
        return -1;
    return wasi_result(__wasi_path_link(a.fd, flags ? WASI_LOOKUP_SYMLINK_FOLLOW : 0, a.path, a.len,
                                        b.fd, b.path, b.len));
}

int link(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int symlinkat(const char *target, int directory, const char *path)
{
    struct path_at at;
    if (__path_resolve_at(directory, path, &at))
        return -1;
    return wasi_result(__wasi_path_symlink(target, strlen(target), at.fd, at.path, at.len));
}

int symlink(const char *target, const char *path)
{
    return symlinkat(target, AT_FDCWD, path);
}

ssize_t readlinkat(int directory, const char *restrict path, char *restrict to, size_t n)
{
    struct path_at at;
    size_t len;
    if (__path_resolve_at(directory, path, &at))
        return -1;
    int error = __wasi_path_readlink(at.fd, at.path, at.len, to, n, &len);
    return wasi_result(error) ? -1 : (ssize_t)len;
}

ssize_t readlink(const char *restrict path, char *restrict to, size_t n)
{
    return readlinkat(AT_FDCWD, path, to, n);
}
