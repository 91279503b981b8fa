#include "wasm/spec/skip.h"

#include "base/string.h"

/* Bytes of s before the first that is one of `ends`, or its end. */
static size_t length_until(const char *s, const char *ends)
{
    size_t n = 0;
    while (s[n] && !strchr(ends, s[n]))
        n++;
    return n;
}

bool spec_is_skipped(const char *list, const char *path, const char *line)
{
    size_t path_len = strlen(path);

    for (const char *p = list; p && *p; p += length_until(p, "\n"), p += *p == '\n') {
        size_t len = length_until(p, " \t\n"), name = length_until(p, ": \t\n");
        if (!name || *p == '#' || name > path_len || memcmp(path + path_len - name, p, name) ||
            (name < path_len && path[path_len - name - 1] != '/'))
            continue;
        if (name == len)
            return true;
        if (line && len - name - 1 == strlen(line) && !memcmp(p + name + 1, line, len - name - 1))
            return true;
    }
    return false;
}
