#include <errno.h>
#include <stddef.h>
#include <time.h>

enum { TEXT_MAX = 64 };

char *asctime_r(const struct tm *restrict t, char *restrict text)
{
    if (strftime(text, TEXT_MAX, "%a %b %e %H:%M:%S %1Y\n", t))
        return text;
    errno = EOVERFLOW;
    return NULL;
}

char *asctime(const struct tm *t)
{
    static char text[TEXT_MAX];
    return asctime_r(t, text);
}

char *ctime_r(const time_t *restrict t, char *restrict text)
{
    struct tm broken;
    return gmtime_r(t, &broken) ? asctime_r(&broken, text) : NULL;
}

char *ctime(const time_t *t)
{
    struct tm broken;
    return gmtime_r(t, &broken) ? asctime(&broken) : NULL;
}
