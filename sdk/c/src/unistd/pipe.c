#include "internal/wasi.h"
#include <fcntl.h>
#include <unistd.h>

int pipe2(int fds[2], int flags)
{
    if (flags & ~(O_CLOEXEC | O_NONBLOCK))
        return wasi_result(EINVAL);
    return wasi_result(__wasmos_pipe(flags & O_NONBLOCK ? WASI_FDFLAG_NONBLOCK : 0, fds));
}

int pipe(int fds[2])
{
    return pipe2(fds, 0);
}
