#include <string.h>

char *stpncpy(char *restrict to, const char *restrict from, size_t n)
{
    size_t len = strnlen(from, n);
    memcpy(to, from, len);
    memset(to + len, 0, n - len);
    return to + len;
}

char *strncpy(char *restrict to, const char *restrict from, size_t n)
{
    stpncpy(to, from, n);
    return to;
}
