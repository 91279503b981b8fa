/* main with parameters: fetches the arguments. */
#include "internal/wasi.h"
#include <stdlib.h>

int __main_argc_argv(int argc, char **argv);

/* The compiler calls `int main(int, char **)` so. */
int __main_void(void)
{
    size_t count, bytes;
    if (__wasi_args_sizes_get(&count, &bytes))
        _Exit(EXIT_FAILURE);
    char **argv = malloc((count + 1) * sizeof *argv + bytes);
    if (!argv || __wasi_args_get(argv, argv + count + 1))
        _Exit(EXIT_FAILURE);
    argv[count] = NULL;
    return __main_argc_argv((int)count, argv);
}
