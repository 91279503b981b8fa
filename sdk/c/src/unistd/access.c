#include "internal/wasi.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* There are no permission bits: what exists may be read, written and run. */
int faccessat(int directory, const char *path, int mode, int flags)
{
    struct stat s;
    if (mode & ~(R_OK | W_OK | X_OK) || flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW))
        return wasi_result(EINVAL);
    return fstatat(directory, path, &s, flags & AT_SYMLINK_NOFOLLOW);
}

int access(const char *path, int mode)
{
    return faccessat(AT_FDCWD, path, mode, 0);
}
