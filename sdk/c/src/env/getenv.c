#include "env/env.h"
#include <stdlib.h>
#include <string.h>

char *getenv(const char *name)
{
    size_t len = strlen(name);
    char **slot = __environ_find(name, len);
    return slot ? *slot + len + 1 : NULL;
}
