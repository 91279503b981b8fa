#include <stddef.h>
#include <time.h>

char *asctime(const struct tm *t)
{
    static char text[64];
    return strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y\n", t) ? text : NULL;
}

char *ctime(const time_t *t)
{
    struct tm broken;
    return gmtime_r(t, &broken) ? asctime(&broken) : NULL;
}
