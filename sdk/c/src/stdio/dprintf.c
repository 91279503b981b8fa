#include "stdio/file.h"
#include <string.h>

int vdprintf(int fd, const char *restrict format, va_list args)
{
    unsigned char space[UNGET_MAX + 1];
    struct __file f = {
        .buffer = space + UNGET_MAX,
        .next = space + UNGET_MAX,
        .end = space + UNGET_MAX,
        .capacity = 1,
        .flags = FILE_WRITE | FILE_UNBUFFERED,
        .fd = fd,
    };
    return vfprintf(&f, format, args);
}

int dprintf(int fd, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vdprintf(fd, format, args);
    va_end(args);
    return n;
}
