#include "internal/wasi.h"
#include <fcntl.h>
#include <unistd.h>

int ftruncate(int fd, off_t length)
{
    return wasi_result(__wasi_fd_filestat_set_size(fd, length));
}

int truncate(const char *path, off_t length)
{
    int fd = open(path, O_WRONLY);
    if (fd < 0)
        return -1;
    int result = ftruncate(fd, length), error = errno;
    close(fd);
    errno = error;
    return result;
}
