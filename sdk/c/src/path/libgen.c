#include <libgen.h>
#include <string.h>

/* Length without trailing slashes; a path of slashes only keeps one. */
static size_t trimmed(const char *path, size_t len)
{
    while (len > 1 && path[len - 1] == '/')
        len--;
    return len;
}

char *basename(char *path)
{
    if (!path || !*path)
        return (char *)".";
    size_t len = trimmed(path, strlen(path)), start = len;
    path[len] = '\0';
    if (len == 1 && path[0] == '/')
        return path;
    while (start > 0 && path[start - 1] != '/')
        start--;
    return path + start;
}

char *dirname(char *path)
{
    size_t len = path ? trimmed(path, strlen(path)) : 0;
    while (len > 0 && path[len - 1] != '/')
        len--;
    if (len == 0)
        return (char *)".";
    path[trimmed(path, len)] = '\0';
    return path;
}
