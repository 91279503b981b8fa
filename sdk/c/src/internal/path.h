/* How paths reach WASI: as a preopened directory and a path below it. */
#pragma once

#include "internal/lock.h"
#include <limits.h>
#include <stddef.h>

struct path_at {
    int fd; /* preopened directory */
    size_t len;
    const char *path; /* relative, not empty; the caller's or in buffer */
    char buffer[PATH_MAX];
};

/* Finds the preopened directory for `path`, which is taken relative to the current directory. 0, or
 * -1 with errno: ENOENT (empty path), ENAMETOOLONG, ENOTCAPABLE (below no preopened directory). */
int __path_resolve(const char *path, struct path_at *out);

/* The same for a path relative to descriptor `fd` (AT_FDCWD: the current directory). */
int __path_resolve_at(int fd, const char *path, struct path_at *out);

/* The current directory: absolute, no trailing slash but for "/". WASI has none, so it lives in the
 * program. */
extern char *__current_directory;
/* Of the current directory and of what is known about preopened ones. */
extern struct owned_lock __paths_lock;
void __current_directory_init(void);
