#include "internal/path.h"
#include "internal/wasi.h"
#include <stdio.h>
#include <unistd.h>

int remove(const char *path)
{
    if (unlink(path) == 0)
        return 0;
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

int rename(const char *from, const char *to)
{
    struct path_at a, b;
    if (__path_resolve(from, &a) || __path_resolve(to, &b))
        return -1;
    return wasi_result(__wasi_path_rename(a.fd, a.path, a.len, b.fd, b.path, b.len));
}
