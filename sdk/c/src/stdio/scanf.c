#include "stdio/file.h"
#include "stdio/scan.h"
#include <limits.h>

int vfscanf(FILE *restrict f, const char *restrict format, va_list args)
{
    struct char_source s = {
        .stream = f, .one_way = 1, .get = getc_unlocked, .unget = ungetc, .left = LLONG_MAX};
    owned_take(&f->lock);
    int n = __scan(&s, format, args);
    owned_release(&f->lock);
    return n;
}

int vscanf(const char *restrict format, va_list args)
{
    return vfscanf(stdin, format, args);
}

int fscanf(FILE *restrict f, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfscanf(f, format, args);
    va_end(args);
    return n;
}

int scanf(const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfscanf(stdin, format, args);
    va_end(args);
    return n;
}
