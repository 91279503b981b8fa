/* Links, and reading them. */
#include "internal/path.h"
#include "internal/wasi.h"
#include <string.h>
#include <unistd.h>

int link(const char *from, const char *to)
{
    struct path_at a, b;
    if (__path_resolve(from, &a) || __path_resolve(to, &b))
        return -1;
    return wasi_result(__wasi_path_link(a.fd, 0, a.path, a.len, b.fd, b.path, b.len));
}

int symlink(const char *target, const char *path)
{
    struct path_at at;
    if (__path_resolve(path, &at))
        return -1;
    return wasi_result(__wasi_path_symlink(target, strlen(target), at.fd, at.path, at.len));
}

ssize_t readlink(const char *restrict path, char *restrict to, size_t n)
{
    struct path_at at;
    size_t len;
    if (__path_resolve(path, &at))
        return -1;
    int error = __wasi_path_readlink(at.fd, at.path, at.len, to, n, &len);
    return wasi_result(error) ? -1 : (ssize_t)len;
}
