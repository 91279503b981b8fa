#include <string.h>

void *memccpy(void *restrict to, const void *restrict from, int byte, size_t n)
{
    const void *found = memchr(from, byte, n);
    if (!found) {
        memcpy(to, from, n);
        return NULL;
    }
    return mempcpy(to, from, (size_t)((const char *)found - (const char *)from) + 1);
}
