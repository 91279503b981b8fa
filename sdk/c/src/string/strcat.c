#include <string.h>

char *strcat(char *restrict to, const char *restrict from)
{
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t n)
{
    char *end = to + strlen(to);
    size_t len = strnlen(from, n);
    memcpy(end, from, len);
    end[len] = '\0';
    return to;
}
