#include "internal/path.h"
#include "internal/wasi.h"
#include <fcntl.h>
#include <unistd.h>

int unlinkat(int directory, const char *path, int flags)
{
    struct path_at at;
    if (flags & ~AT_REMOVEDIR)
        return wasi_result(EINVAL);
    if (__path_resolve_at(directory, path, &at))
        return -1;
    return wasi_result(flags ? __wasi_path_remove_directory(at.fd, at.path, at.len)
                             : __wasi_path_unlink_file(at.fd, at.path, at.len));
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}
