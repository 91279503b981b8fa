#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int remove(const char *path)
{
    if (unlink(path) == 0)
        return 0;
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

int renameat(int from_directory, const char *from, int to_directory, const char *to)
{
    struct path_at a, b;
    if (__path_resolve_at(from_directory, from, &a) || __path_resolve_at(to_directory, to, &b))
        return -1;
    return wasi_result(__wasi_path_rename(a.fd, a.path, a.len, b.fd, b.path, b.len));
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}
