#include <stdio.h>
#include <stdlib.h>

int vasprintf(char **out, const char *restrict format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *out = n < 0 ? NULL : malloc((size_t)n + 1);
    if (!*out)
        return -1;
    return vsnprintf(*out, (size_t)n + 1, format, args);
}

int asprintf(char **out, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vasprintf(out, format, args);
    va_end(args);
    return n;
}
