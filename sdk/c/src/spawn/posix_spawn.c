/* posix_spawn: the file actions are played through on a table of what each of the child's
 * descriptors is in this program; the system gets the result. */
#include "internal/spawn.h"
#include "internal/wasi.h"
#include "spawn/actions.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasmos.h>

enum { STANDARD = 3 }; /* descriptors that every child gets */

struct plan {
    int *source;         /* of the child's descriptor: a descriptor here, -1: closed */
    unsigned char *pass; /* the child gets it */
    int count;
    int *opened; /* by this call, to be closed again */
    size_t opened_count;
};

static int plan_init(struct plan *p, size_t actions)
{
    p->count = getdtablesize();
    p->opened_count = 0;
    p->source = malloc(((size_t)p->count + actions) * sizeof(int) + (size_t)p->count);
    if (!p->source)
        return ENOMEM;
    p->opened = p->source + p->count;
    p->pass = (unsigned char *)(p->opened + actions);
    for (int fd = 0; fd < p->count; fd++) {
        p->source[fd] = fd;
        p->pass[fd] = fd < STANDARD;
    }
    return 0;
}

static void plan_fini(struct plan *p)
{
    while (p->opened_count > 0)
        close(p->opened[--p->opened_count]);
    free(p->source);
}

static int is_open(int fd)
{
    struct wasi_fdstat s;
    return fd >= 0 && __wasi_fd_fdstat_get(fd, &s) == 0;
}

static int play(struct plan *p, const struct __spawn_action *a)
{
    int fd;
    switch (a->kind) {
    case ACTION_OPEN:
        fd = open(a->path, a->flags);
        if (fd < 0)
            return errno;
        p->opened[p->opened_count++] = fd;
        p->source[a->fd] = fd;
        p->pass[a->fd] = 1;
        return 0;
    case ACTION_CLOSE:
        p->source[a->fd] = -1;
        return 0;
    default:
        if (!is_open(p->source[a->fd]))
            return EBADF;
        p->source[a->to] = p->source[a->fd];
        p->pass[a->to] = 1;
        return 0;
    }
}

/* The pairs that the system wants, in place of `source`. */
static size_t pairs_of(struct plan *p, struct fd_pair *pairs)
{
    size_t n = 0;
    for (int fd = 0; fd < p->count; fd++)
        if (p->pass[fd] && is_open(p->source[fd]))
            pairs[n++] = (struct fd_pair){p->source[fd], fd};
    return n;
}

/* Completes the request by the plan. */
static int start(struct plan *p, struct spawn_request *r, pid_t *out_pid)
{
    struct fd_pair *pairs = calloc((size_t)p->count, sizeof *pairs);
    if (!pairs)
        return ENOMEM;
    r->fds = pairs;
    r->fds_count = pairs_of(p, pairs);
    int error = __spawn(r, out_pid);
    free(pairs);
    return error;
}

int posix_spawn(pid_t *restrict out_pid, const char *restrict path,
                const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *restrict attributes, char *const argv[],
                char *const envp[])
{
    struct plan p;
    struct spawn_request r = {.path = path, .argv = argv, .envp = envp};
    pid_t pid;
    size_t count = actions ? actions->__count : 0;
    if (attributes && attributes->__flags & POSIX_SPAWN_FOREGROUND_NP)
        r.flags = WASMOS_SPAWN_FOREGROUND;
    int error = plan_init(&p, count);
    if (error)
        return error;
    for (size_t i = 0; i < count && !error; i++)
        error = play(&p, &actions->__actions[i]);
    if (!error)
        error = start(&p, &r, &pid);
    plan_fini(&p);
    if (!error && out_pid)
        *out_pid = pid;
    return error;
}

int posix_spawnp(pid_t *restrict out_pid, const char *restrict name,
                 const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *restrict attributes, char *const argv[],
                 char *const envp[])
{
    return posix_spawn(out_pid, name, actions, attributes, argv, envp);
}
