/* Starting a child. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A descriptor here, and its number in the child. */
struct fd_pair {
    int fd, to;
};

struct spawn_request {
    const char *path;
    char *const *argv, *const *envp; /* envp NULL: this program's environment */
    const struct fd_pair *fds;       /* NULL: 0 to 2 as they are */
    size_t fds_count;
    unsigned flags; /* enum wasmos_spawn_flags */
    uint64_t time_limit_ns;
};

/* 0 or an errno value. */
int __spawn(const struct spawn_request *r, int *out_pid);
