#include <string.h>

char *strtok_r(char *restrict s, const char *restrict separators, char **restrict state)
{
    if (!s)
        s = *state;
    if (!s)
        return NULL;
    s += strspn(s, separators);
    if (*s == '\0') {
        *state = NULL;
        return NULL;
    }
    char *end = s + strcspn(s, separators);
    *state = *end ? end + 1 : NULL;
    *end = '\0';
    return s;
}

char *strtok(char *restrict s, const char *restrict separators)
{
    static char *state;
    return strtok_r(s, separators, &state);
}

char *strsep(char **restrict s, const char *restrict separators)
{
    char *start = *s;
    if (!start)
        return NULL;
    char *end = start + strcspn(start, separators);
    *s = *end ? end + 1 : NULL;
    *end = '\0';
    return start;
}
