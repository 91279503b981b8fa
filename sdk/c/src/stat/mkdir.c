#include "internal/path.h"
#include "internal/wasi.h"
#include <sys/stat.h>

int mkdir(const char *path, mode_t mode)
{
    struct path_at at;
    (void)mode;
    if (__path_resolve(path, &at))
        return -1;
    return wasi_result(__wasi_path_create_directory(at.fd, at.path, at.len));
}
