/* Numbers of 32 bits in six letters, the lowest first. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

long a64l(const char *s)
{
    uint32_t n = 0;
    for (unsigned shift = 0; shift < 36 && *s; shift += 6, s++) {
        const char *letter = strchr(letters, *s);
        if (!letter)
            break;
        n |= (uint32_t)((uint64_t)(letter - letters) << shift);
    }
    return (long)n;
}

char *l64a(long number)
{
    static char text[7];
    char *p = text;
    for (uint32_t n = (uint32_t)number; n; n >>= 6)
        *p++ = letters[n & 63];
    *p = '\0';
    return text;
}
