/* Changing the environment. Replaced strings are not freed: getenv may have handed them out. */
#include "env/env.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **grown; /* `environ` once it has been copied to grow, else NULL */

static int append(char *assignment)
{
    size_t count = 0;
    while (environ[count])
        count++;
    char **larger = malloc((count + 2) * sizeof *larger);
    if (!larger)
        return -1;
    memcpy(larger, environ, count * sizeof *larger);
    larger[count] = assignment;
    larger[count + 1] = NULL;
    free(grown);
    environ = grown = larger;
    return 0;
}

int putenv(char *assignment)
{
    char *equals = strchr(assignment, '=');
    if (!equals)
        return unsetenv(assignment);
    char **slot = __environ_find(assignment, (size_t)(equals - assignment));
    if (!slot)
        return append(assignment);
    *slot = assignment;
    return 0;
}

int setenv(const char *name, const char *value, int overwrite)
{
    size_t name_len = strlen(name), value_len = strlen(value);
    if (name_len == 0 || strchr(name, '=')) {
        errno = EINVAL;
        return -1;
    }
    if (!overwrite && __environ_find(name, name_len))
        return 0;
    char *assignment = malloc(name_len + value_len + 2);
    if (!assignment)
        return -1;
    memcpy(assignment, name, name_len);
    assignment[name_len] = '=';
    memcpy(assignment + name_len + 1, value, value_len + 1);
    return putenv(assignment);
}

int unsetenv(const char *name)
{
    size_t len = strlen(name);
    if (len == 0 || strchr(name, '=')) {
        errno = EINVAL;
        return -1;
    }
    char **slot;
    while ((slot = __environ_find(name, len))) {
        do
            slot[0] = slot[1];
        while (*slot++);
    }
    return 0;
}

int clearenv(void)
{
    environ[0] = NULL;
    return 0;
}
