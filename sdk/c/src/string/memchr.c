#include "internal/word.h"
#include <string.h>

void *memchr(const void *s, int byte, size_t n)
{
    const unsigned char *p = s;
    unsigned char c = (unsigned char)byte;
    for (; n > 0 && !word_aligned(p); n--, p++)
        if (*p == c)
            return (void *)p;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t found = word_zero_bytes(*(const word_t *)p ^ (WORD_ONES * c));
        if (found)
            return (void *)(p + word_first_byte(found));
    }
    for (; n > 0; n--, p++)
        if (*p == c)
            return (void *)p;
    return NULL;
}
