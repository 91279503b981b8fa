#include "internal/wasi.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasmos.h>

/* A list of strings as the system wants it: one block, each ended by NUL. NULL without memory. */
static char *block_of(char *const list[], size_t *out_len)
{
    size_t len = 0;
    for (size_t i = 0; list[i]; i++)
        len += strlen(list[i]) + 1;
    char *block = malloc(len + 1), *p = block;
    if (!block)
        return NULL;
    for (size_t i = 0; list[i]; i++)
        p = stpcpy(p, list[i]) + 1;
    *out_len = len;
    return block;
}

int wasmos_spawn(char *const argv[], unsigned flags, uint64_t time_limit_ns, int *out_pid)
{
    size_t args_len, env_len;
    char *args = block_of(argv, &args_len), *env = block_of(environ, &env_len);
    int error = ENOMEM;
    if (args && env)
        error = __wasmos_spawn(argv[0], strlen(argv[0]), args, args_len, env, env_len, NULL, -1,
                               flags, (int64_t)time_limit_ns, out_pid);
    free(args);
    free(env);
    return wasi_result(error);
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
