#include "internal/word.h"
#include <string.h>

size_t strlen(const char *s)
{
    const char *p = s;
    for (; !word_aligned(p); p++)
        if (*p == '\0')
            return (size_t)(p - s);
    for (;; p += 8) {
        uint64_t found = word_zero_bytes(*(const word_t *)p);
        if (found)
            return (size_t)(p - s) + word_first_byte(found);
    }
}
