#include "internal/spawn.h"
#include "internal/wasi.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasmos.h>

/* A list of strings as the system wants it: one block, each ended by NUL. `pwd`, if there is one,
 * comes in place of any PWD. NULL without memory. */
static char *block_of(char *const list[], const char *pwd, size_t *out_len)
{
    size_t len = pwd ? strlen(pwd) + 1 : 0;
    for (size_t i = 0; list[i]; i++)
        len += strlen(list[i]) + 1;
    char *block = malloc(len + 1), *p = block;
    if (!block)
        return NULL;
    for (size_t i = 0; list[i]; i++)
        if (!pwd || strncmp(list[i], "PWD=", 4))
            p = stpcpy(p, list[i]) + 1;
    if (pwd)
        p = stpcpy(p, pwd) + 1;
    *out_len = (size_t)(p - block);
    return block;
}

/* a + b + c, to be freed; NULL without memory. */
static char *join(const char *a, const char *b, const char *c)
{
    char *joined = malloc(strlen(a) + strlen(b) + strlen(c) + 1);
    if (joined)
        stpcpy(stpcpy(stpcpy(joined, a), b), c);
    return joined;
}

/* The current directory is the library's, not the system's: it makes paths absolute, and tells the
 * child by $PWD. */
int __spawn(const struct spawn_request *r, int *out_pid)
{
    size_t args_len, env_len;
    int relative = r->path[0] != '/' && strchr(r->path, '/');
    char *directory = getcwd(NULL, 0), *pwd = directory ? join("PWD=", directory, "") : NULL;
    char *path = !directory ? NULL : relative ? join(directory, "/", r->path) : strdup(r->path);
    char *args = block_of(r->argv, NULL, &args_len);
    char *env = pwd ? block_of(r->envp ? r->envp : environ, pwd, &env_len) : NULL;
    int error = ENOMEM;
    if (path && args && env)
        error = __wasmos_spawn(path, strlen(path), args, args_len, env, env_len, r->fds,
                               r->fds ? (int)r->fds_count : -1, r->flags, (int64_t)r->time_limit_ns,
                               out_pid);
    free(env);
    free(args);
    free(path);
    free(pwd);
    free(directory);
    return error;
}

int wasmos_spawn(char *const argv[], unsigned flags, uint64_t time_limit_ns, int *out_pid)
{
    struct spawn_request r = {
        .path = argv[0], .argv = argv, .flags = flags, .time_limit_ns = time_limit_ns};
    return wasi_result(__spawn(&r, out_pid));
}

int wasmos_wait(int pid, int *out_pid, int *out_status)
{
    int found, status;
    int error = __wasmos_wait(pid, 0, &found, &status);
    if (error)
        return wasi_result(error);
    if (out_pid)
        *out_pid = found;
    if (out_status)
        *out_status = status;
    return 0;
}

int wasmos_kill(int pid, int signal)
{
    return wasi_result(__wasmos_kill(pid, signal));
}
