/* timeout SECONDS PROGRAM [ARGUMENT…]: runs the program; when the time is up it is stopped and the
 * status is 124. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasmos.h>

enum { STATUS_USAGE = 125, STATUS_CANNOT_RUN = 126, STATUS_NOT_FOUND = 127 };

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("Usage: timeout <seconds> <program> [argument...]\n", stderr);
        return STATUS_USAGE;
    }

    char *end;
    double seconds = strtod(argv[1], &end);
    if (end == argv[1] || *end != '\0' || !(seconds > 0 && seconds < 1e9)) {
        fprintf(stderr, "timeout: '%s' is not a number of seconds\n", argv[1]);
        return STATUS_USAGE;
    }

    char **command = argv + 2;
    int pid, status;
    if (wasmos_spawn(command, WASMOS_SPAWN_FOREGROUND, (uint64_t)(seconds * 1e9), &pid) < 0) {
        fprintf(stderr, "timeout: %s: %s\n", command[0], strerror(errno));
        return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;
    }
    if (wasmos_wait(pid, NULL, &status) < 0) {
        perror("timeout: wait");
        return STATUS_USAGE;
    }
    return status;
}
