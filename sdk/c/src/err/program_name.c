/* What the program was started as, for messages. */
#include "internal/wasi.h"
#include <stdlib.h>
#include <string.h>

static char unknown[] = "?";
char *program_invocation_name = unknown, *program_invocation_short_name = unknown;

/* Before main, in every program that mentions one of the two. */
__attribute__((constructor(50))) static void program_name_init(void)
{
    size_t count, bytes;
    if (__wasi_args_sizes_get(&count, &bytes) || count == 0)
        return;
    char **argv = malloc((count + 1) * sizeof *argv + bytes);
    if (!argv || __wasi_args_get(argv, argv + count + 1))
        return;
    char *slash = strrchr(argv[0], '/');
    program_invocation_name = argv[0];
    program_invocation_short_name = slash ? slash + 1 : argv[0];
}
