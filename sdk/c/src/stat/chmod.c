#include "internal/wasi.h"
#include <sys/stat.h>

static mode_t mask = 022; /* nothing uses it */

mode_t umask(mode_t new_mask)
{
    mode_t before = mask;
    mask = new_mask & 0777;
    return before;
}

static int check(int failed, mode_t mode)
{
    enum { OWNER = S_IRUSR | S_IWUSR };
    if (failed)
        return -1;
    return (mode & OWNER) == OWNER ? 0 : wasi_result(ENOTSUP);
}

int chmod(const char *path, mode_t mode)
{
    struct stat s;
    return check(stat(path, &s), mode);
}

int fchmod(int fd, mode_t mode)
{
    struct stat s;
    return check(fstat(fd, &s), mode);
}
