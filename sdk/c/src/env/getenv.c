#include "env/env.h"
#include <stdlib.h>
#include <string.h>

char *getenv(const char *name)
{
    size_t len = strlen(name);
    lock_take(&__environ_lock);
    char **slot = __environ_find(name, len);
    char *value = slot ? *slot + len + 1 : NULL;
    lock_release(&__environ_lock);
    return value;
}
