#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <sys/stat.h>

int mkdirat(int directory, const char *path, mode_t mode)
{
    struct path_at at;
    (void)mode;
    if (__path_resolve_at(directory, path, &at))
        return -1;
    return wasi_result(__wasi_path_create_directory(at.fd, at.path, at.len));
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}
