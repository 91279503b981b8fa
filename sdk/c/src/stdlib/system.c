/* system(): a command line without a shell. */
#include "internal/command.h"
#include <stdio.h>
#include <stdlib.h>
#include <wasmos.h>

int system(const char *command)
{
    if (!command)
        return 1;
    size_t count;
    char **argv = __command_split(command, &count);
    if (!argv)
        return -1;
    int pid, status = 0;
    fflush(NULL); /* what this program wrote comes before what the child writes */
    if (count > 0 &&
        (wasmos_spawn(argv, WASMOS_SPAWN_FOREGROUND, 0, &pid) || wasmos_wait(pid, NULL, &status)))
        status = -1;
    free(argv);
    return status;
}
