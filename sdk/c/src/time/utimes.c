/* Older forms of utimensat. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <utime.h>

int utimes(const char *path, const struct timeval times[2])
{
    struct timespec t[2];
    for (int i = 0; times && i < 2; i++) {
        if (times[i].tv_usec < 0 || times[i].tv_usec >= 1000000) {
            errno = EINVAL;
            return -1;
        }
        t[i] = (struct timespec){times[i].tv_sec, (long)times[i].tv_usec * 1000};
    }
    return utimensat(AT_FDCWD, path, times ? t : NULL, 0);
}

int utime(const char *path, const struct utimbuf *times)
{
    struct timespec t[2] = {{0}};
    if (times) {
        t[0].tv_sec = times->actime;
        t[1].tv_sec = times->modtime;
    }
    return utimensat(AT_FDCWD, path, times ? t : NULL, 0);
}
