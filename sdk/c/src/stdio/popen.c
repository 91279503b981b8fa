/* A child at the other end of a pipe. As system(), this runs a program, not a shell. */
#include "internal/command.h"
#include "internal/spawn.h"
#include "internal/wasi.h"
#include "stdio/file.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Starts the child with `fd` as its descriptor `to`, the others of 0 to 2 as they are. */
static int start(char *const argv[], int fd, int to, int *out_pid)
{
    struct fd_pair pairs[3];
    struct spawn_request r = {.path = argv[0], .argv = argv, .fds = pairs};
    for (int i = 0; i < 3; i++) {
        struct wasi_fdstat s;
        int source = i == to ? fd : i;
        if (__wasi_fd_fdstat_get(source, &s) == 0)
            pairs[r.fds_count++] = (struct fd_pair){source, i};
    }
    return __spawn(&r, out_pid);
}

static FILE *open_pipe(char *const argv[], const char *mode)
{
    int fds[2], reading = mode[0] == 'r', pid, error;
    if (pipe(fds))
        return NULL;
    FILE *f = fdopen(fds[!reading], mode);
    if (!f) {
        close(fds[!reading]);
        close(fds[reading]);
        return NULL;
    }
    fflush(NULL); /* what this program wrote comes before what the child writes */
    error = start(argv, fds[reading], reading, &pid);
    close(fds[reading]);
    if (error) {
        fclose(f);
        errno = error;
        return NULL;
    }
    f->pid = pid;
    return f;
}

FILE *popen(const char *command, const char *mode)
{
    size_t count;
    if ((mode[0] != 'r' && mode[0] != 'w') || (mode[1] && (mode[1] != 'e' || mode[2]))) {
        errno = EINVAL;
        return NULL;
    }
    char **argv = __command_split(command, &count);
    FILE *f = NULL;
    if (argv && count == 0)
        errno = ENOENT;
    else if (argv)
        f = open_pipe(argv, mode);
    int error = errno;
    free(argv);
    errno = error;
    return f;
}

int pclose(FILE *f)
{
    int status, pid = f->pid;
    fclose(f);
    if (pid == 0)
        return wasi_result(ECHILD);
    return waitpid(pid, &status, 0) < 0 ? -1 : status;
}
