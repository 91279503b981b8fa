#include "internal/word.h"
#include <string.h>

char *strchrnul(const char *s, int c)
{
    char wanted = (char)c;
    for (; !word_aligned(s); s++)
        if (*s == wanted || *s == '\0')
            return (char *)s;
    for (;; s += 8) {
        uint64_t w = *(const word_t *)s;
        uint64_t end = word_zero_bytes(w);
        uint64_t hit = word_zero_bytes(w ^ (WORD_ONES * (unsigned char)c));
        if (end && hit) /* a mark above a set one may be false, so the lower of the two first ones
                           counts */
            return (char *)s + (word_first_byte(end) < word_first_byte(hit) ? word_first_byte(end)
                                                                            : word_first_byte(hit));
        if (end | hit)
            return (char *)s + word_first_byte(end | hit);
    }
}

char *strchr(const char *s, int c)
{
    char *p = strchrnul(s, c);
    return *p == (char)c ? p : NULL;
}

char *strrchr(const char *s, int c)
{
    return memrchr(s, c, strlen(s) + 1);
}

char *index(const char *s, int c)
{
    return strchr(s, c);
}

char *rindex(const char *s, int c)
{
    return strrchr(s, c);
}
