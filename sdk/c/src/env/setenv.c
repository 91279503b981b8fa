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

/* Replaces the variable of that name, or adds it. */
static int put(char *assignment, size_t name_len)
{
    int failed = 0;
    lock_take(&__environ_lock);
    char **slot = __environ_find(assignment, name_len);
    if (slot)
        *slot = assignment;
    else
        failed = append(assignment);
    lock_release(&__environ_lock);
    return failed;
}

int putenv(char *assignment)
{
    char *equals = strchr(assignment, '=');
    return equals ? put(assignment, (size_t)(equals - assignment)) : unsetenv(assignment);
}

int setenv(const char *name, const char *value, int overwrite)
{
    size_t name_len = strlen(name), value_len = strlen(value);
    if (name_len == 0 || strchr(name, '=')) {
        errno = EINVAL;
        return -1;
    }
    if (!overwrite && getenv(name))
        return 0;
    char *assignment = malloc(name_len + value_len + 2);
    if (!assignment)
        return -1;
    memcpy(assignment, name, name_len);
    assignment[name_len] = '=';
    memcpy(assignment + name_len + 1, value, value_len + 1);
    return put(assignment, name_len);
}

int unsetenv(const char *name)
{
    size_t len = strlen(name);
    if (len == 0 || strchr(name, '=')) {
        errno = EINVAL;
        return -1;
    }
    lock_take(&__environ_lock);
    char **slot;
    while ((slot = __environ_find(name, len))) {
        do
            slot[0] = slot[1];
        while (*slot++);
    }
    lock_release(&__environ_lock);
    return 0;
}

int clearenv(void)
{
    lock_take(&__environ_lock);
    environ[0] = NULL;
    lock_release(&__environ_lock);
    return 0;
}
