#include "internal/wasi.h"
#include <unistd.h>

/* A terminal is a character device without a position (/dev/null and the like can seek or fail at
 * once). */
int isatty(int fd)
{
    struct wasi_fdstat s;
    if (wasi_result(__wasi_fd_fdstat_get(fd, &s)))
        return 0;
    if (s.filetype == WASI_FILETYPE_CHARACTER_DEVICE &&
        !(s.rights & (WASI_RIGHT_FD_SEEK | WASI_RIGHT_FD_TELL)))
        return 1;
    errno = ENOTTY;
    return 0;
}
