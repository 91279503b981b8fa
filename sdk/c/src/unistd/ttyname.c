#include <errno.h>
#include <string.h>
#include <unistd.h>

static char name[] = "/dev/tty";

char *ttyname(int fd)
{
    return isatty(fd) ? name : NULL;
}

int ttyname_r(int fd, char *to, size_t n)
{
    if (!isatty(fd))
        return errno;
    if (n < sizeof name)
        return ERANGE;
    memcpy(to, name, sizeof name);
    return 0;
}
