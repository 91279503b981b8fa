/* The environment, fetched when it is first needed: programs that never look at it do not pay for
 * it. */
#include "internal/wasi.h"
#include "env/env.h"
#include <stdlib.h>
#include <unistd.h>

char **environ;
struct lock __environ_lock;

/* Before main, in every program that mentions `environ`, getenv or setenv. */
__attribute__((constructor(50))) static void environ_init(void)
{
    static char *none[1];
    size_t count, bytes;
    environ = none;
    if (__wasi_environ_sizes_get(&count, &bytes) || count == 0)
        return;
    char **list = malloc((count + 1) * sizeof *list + bytes);
    if (!list || __wasi_environ_get(list, list + count + 1))
        return;
    list[count] = NULL;
    environ = list;
}

char **__environ_find(const char *name, size_t len)
{
    for (char **e = environ; *e; e++) {
        size_t i = 0;
        while (i < len && (*e)[i] == name[i])
            i++;
        if (i == len && (*e)[len] == '=')
            return e;
    }
    return NULL;
}
