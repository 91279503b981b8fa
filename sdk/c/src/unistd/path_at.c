#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <string.h>

int __path_resolve_at(int fd, const char *path, struct path_at *out)
{
    if (fd == AT_FDCWD || path[0] == '/')
        return __path_resolve(path, out);
    out->fd = fd;
    out->path = path;
    out->len = strlen(path);
    if (out->len == 0)
        return wasi_result(ENOENT);
    return out->len >= PATH_MAX ? wasi_result(ENAMETOOLONG) : 0;
}
