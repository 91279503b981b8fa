/* spawn-each PROGRAM…: runs one after another, waits for each, prints its status or why it did not
 * start. A word
 * `--limit-ms=N` sets a time limit for those that follow. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasmos.h>

int main(int argc, char **argv)
{
    uint64_t limit_ns = 0;

    for (int i = 1; i < argc; i++) {
        char *child[] = {argv[i], NULL};
        int pid, status;

        if (strncmp(argv[i], "--limit-ms=", 11) == 0) {
            limit_ns = strtoull(argv[i] + 11, NULL, 10) * 1000000;
            continue;
        }
        if (wasmos_spawn(child, WASMOS_SPAWN_FOREGROUND, limit_ns, &pid) != 0)
            printf("%s: not started: %s\n", argv[i], strerror(errno));
        else if (wasmos_wait(pid, &pid, &status) != 0)
            printf("%s: no status: %s\n", argv[i], strerror(errno));
        else
            printf("%s: status %d\n", argv[i], status);
        fflush(stdout);
    }
    return 0;
}
