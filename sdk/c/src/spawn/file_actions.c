#include "spawn/actions.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
    *actions = (posix_spawn_file_actions_t){0};
    return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
    for (size_t i = 0; i < actions->__count; i++)
        free(actions->__actions[i].path);
    free(actions->__actions);
    return posix_spawn_file_actions_init(actions);
}

static int add(posix_spawn_file_actions_t *actions, struct __spawn_action action)
{
    if (action.fd < 0 || action.to < 0 || action.fd >= getdtablesize() ||
        action.to >= getdtablesize())
        return EBADF;
    struct __spawn_action *larger =
        reallocarray(actions->__actions, actions->__count + 1, sizeof *larger);
    if (!larger)
        return ENOMEM;
    actions->__actions = larger;
    larger[actions->__count++] = action;
    return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd,
                                     const char *restrict path, int flags, mode_t mode)
{
    (void)mode;
    char *copy = strdup(path);
    if (!copy)
        return ENOMEM;
    int error = add(actions, (struct __spawn_action){ACTION_OPEN, fd, 0, flags, copy});
    if (error)
        free(copy);
    return error;
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
    return add(actions, (struct __spawn_action){ACTION_CLOSE, fd, 0, 0, NULL});
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int to)
{
    return add(actions, (struct __spawn_action){ACTION_DUP, fd, to, 0, NULL});
}
