#include "internal/wasi.h"
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static long value_of(int name)
{
    switch (name) {
    case _PC_NAME_MAX:
        return NAME_MAX;
    case _PC_PATH_MAX:
    case _PC_SYMLINK_MAX:
        return PATH_MAX;
    case _PC_PIPE_BUF:
        return PIPE_BUF;
    case _PC_MAX_CANON:
    case _PC_MAX_INPUT:
        return 1024;
    case _PC_NO_TRUNC: /* a name that is too long is an error */
    case _PC_2_SYMLINKS:
    case _PC_CHOWN_RESTRICTED:
        return 1;
    case _PC_VDISABLE:
        return 0;
    case _PC_FILESIZEBITS:
        return 64;
    case _PC_LINK_MAX: /* no limit */
    case _PC_SYNC_IO:
        return -1;
    default:
        return wasi_result(EINVAL);
    }
}

long pathconf(const char *path, int name)
{
    struct stat s;
    return stat(path, &s) ? -1 : value_of(name);
}

long fpathconf(int fd, int name)
{
    struct stat s;
    return fstat(fd, &s) ? -1 : value_of(name);
}
