#include <string.h>

char *strstr(const char *haystack, const char *needle)
{
    if (needle[0] == '\0')
        return (char *)haystack;
    haystack = strchr(haystack, needle[0]);
    if (!haystack || needle[1] == '\0')
        return (char *)haystack;
    return memmem(haystack, strlen(haystack), needle, strlen(needle));
}
