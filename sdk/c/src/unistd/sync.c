#include "internal/wasi.h"
#include <fcntl.h>
#include <unistd.h>

int fsync(int fd)
{
    return wasi_result(__wasi_fd_sync(fd));
}

int fdatasync(int fd)
{
    return wasi_result(__wasi_fd_datasync(fd));
}

/* Nothing waits in memory that is to be written anywhere: each fsync is complete. */
void sync(void) {}
