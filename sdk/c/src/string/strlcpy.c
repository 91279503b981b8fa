#include <string.h>

size_t strlcpy(char *restrict to, const char *restrict from, size_t n)
{
    size_t len = strlen(from);
    if (n > 0) {
        size_t copied = len < n ? len : n - 1;
        memcpy(to, from, copied);
        to[copied] = '\0';
    }
    return len;
}

size_t strlcat(char *restrict to, const char *restrict from, size_t n)
{
    size_t len = strnlen(to, n);
    return len + strlcpy(to + len, from, n - len);
}
