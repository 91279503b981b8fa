#include "wasm/tools/spec_skip.h"

#include <stddef.h>
#include <string.h>

bool spec_is_skipped(const char *list, const char *path, const char *line)
{
    size_t path_len = strlen(path);

    for (const char *p = list; p && *p; p += strcspn(p, "\n"), p += *p == '\n') {
        size_t len = strcspn(p, " \t\n"), name = strcspn(p, ": \t\n");
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
