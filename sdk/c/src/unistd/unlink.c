#include "internal/path.h"
#include "internal/wasi.h"
#include <unistd.h>

int unlink(const char *path)
{
    struct path_at at;
    if (__path_resolve(path, &at))
        return -1;
    return wasi_result(__wasi_path_unlink_file(at.fd, at.path, at.len));
}

int rmdir(const char *path)
{
    struct path_at at;
    if (__path_resolve(path, &at))
        return -1;
    return wasi_result(__wasi_path_remove_directory(at.fd, at.path, at.len));
}
