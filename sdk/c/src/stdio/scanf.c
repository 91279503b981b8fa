#include "stdio/scan.h"
#include <limits.h>

int vfscanf(FILE *restrict f, const char *restrict format, va_list args)
{
    struct char_source s = {.stream = f, .get = fgetc, .unget = ungetc, .left = LLONG_MAX};
    return __scan(&s, format, args);
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
