/* Formatting into strings. */
#include "stdio/sink.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void write_string(struct sink *s, const char *from, size_t n)
{
    if (n > s->room)
        n = s->room;
    memcpy(s->next, from, n);
    s->next += n;
    s->room -= n;
}

int vsnprintf(char *restrict s, size_t n, const char *restrict format, va_list args)
{
    struct sink sink = {.write = write_string, .next = s, .room = n > 0 ? n - 1 : 0};
    int count = __format(&sink, format, args);
    if (n > 0)
        *sink.next = '\0';
    return count;
}

int vsprintf(char *restrict s, const char *restrict format, va_list args)
{
    return vsnprintf(s, INT32_MAX, format, args);
}

int snprintf(char *restrict s, size_t n, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int count = vsnprintf(s, n, format, args);
    va_end(args);
    return count;
}

int sprintf(char *restrict s, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int count = vsprintf(s, format, args);
    va_end(args);
    return count;
}
