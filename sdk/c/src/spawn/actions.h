#pragma once

#include <spawn.h>

enum spawn_action_kind { ACTION_OPEN, ACTION_CLOSE, ACTION_DUP };

/* One change of the child's descriptors; they happen in order. */
struct __spawn_action {
    enum spawn_action_kind kind;
    int fd, to;
    int flags; /* open's */
    char *path;
};
