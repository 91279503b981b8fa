#include <string.h>

char *strcpy(char *restrict to, const char *restrict from)
{
    return memcpy(to, from, strlen(from) + 1);
}

char *stpcpy(char *restrict to, const char *restrict from)
{
    size_t n = strlen(from);
    return (char *)memcpy(to, from, n + 1) + n;
}
