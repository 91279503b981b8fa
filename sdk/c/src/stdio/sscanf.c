#include "stdio/scan.h"
#include <limits.h>

int vsscanf(const char *restrict string, const char *restrict format, va_list args)
{
    struct char_source s = {
        .string = (const unsigned char *)string, .one_way = 1, .left = LLONG_MAX};
    return __scan(&s, format, args);
}

int sscanf(const char *restrict string, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsscanf(string, format, args);
    va_end(args);
    return n;
}
