#include <errno.h>
#include <string.h>

static const char *const messages[] = {
#define ERRNO(number, name, message) [number] = message,
#include "abi/errno.def"
#undef ERRNO
};

char *strerror(int error)
{
    if (error < 0 || (size_t)error >= sizeof messages / sizeof messages[0] || !messages[error])
        return (char *)"Unknown error";
    return (char *)messages[error];
}

int strerror_r(int error, char *buffer, size_t n)
{
    return strlcpy(buffer, strerror(error), n) >= n ? ERANGE : 0;
}
