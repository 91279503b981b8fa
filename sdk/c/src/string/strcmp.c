#include "internal/word.h"
#include <string.h>

int strcmp(const char *a, const char *b)
{
    if ((((uintptr_t)a ^ (uintptr_t)b) & 7) == 0) {
        while (!word_aligned(a) && *a == *b && *a) {
            a++;
            b++;
        }
        if (word_aligned(a)) {
            while (*(const word_t *)a == *(const word_t *)b &&
                   !word_zero_bytes(*(const word_t *)a)) {
                a += 8;
                b += 8;
            }
        }
    }
    while (*a == *b && *a) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
    for (; n > 0; n--, a++, b++)
        if (*a != *b || *a == '\0')
            return (unsigned char)*a - (unsigned char)*b;
    return 0;
}
