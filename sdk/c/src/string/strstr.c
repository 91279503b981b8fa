#include <stdint.h>
#include <string.h>

enum { SHORT_NEEDLE = 4 };

/* Up to four bytes slide along as the upper ones of a number. */
static char *search_short(const unsigned char *h, const unsigned char *needle, size_t m)
{
    const unsigned unused = 32 - 8 * (unsigned)m;
    uint32_t wanted = 0, seen = 0;
    for (size_t i = 0; i < m; i++) {
        wanted = wanted << 8 | (uint32_t)needle[i] << unused;
        seen = seen << 8 | (uint32_t)*h << unused;
        if (!*h++)
            return NULL;
    }
    while (seen != wanted) {
        if (!*h)
            return NULL;
        seen = seen << 8 | (uint32_t)*h++ << unused;
    }
    return (char *)h - m;
}

char *strstr(const char *haystack, const char *needle)
{
    if (needle[0] == '\0')
        return (char *)haystack;
    haystack = strchr(haystack, needle[0]);
    if (!haystack || needle[1] == '\0')
        return (char *)haystack;
    size_t m = strlen(needle);
    if (m <= SHORT_NEEDLE)
        return search_short((const unsigned char *)haystack, (const unsigned char *)needle, m);
    return memmem(haystack, strlen(haystack), needle, m);
}
