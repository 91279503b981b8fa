#include <string.h>

void *memrchr(const void *s, int byte, size_t n)
{
    const unsigned char *p = s;
    while (n-- > 0)
        if (p[n] == (unsigned char)byte)
            return (void *)(p + n);
    return NULL;
}

void *rawmemchr(const void *s, int byte)
{
    return memchr(s, byte, (size_t)-1 - (size_t)s);
}
