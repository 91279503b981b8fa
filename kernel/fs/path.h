/* What vfs.c needs of the walk beyond path_walk. */
#pragma once

#include "kernel/fs/vfs.h"

struct walk_create {
    struct vnode *vnode; /* what was found, or the directory where it is missing; the caller's */
    bool missing, must_be_dir;
    size_t len;
    char
        name[VFS_NAME_MAX + 1]; /* when missing: what to create (a copy: it may come from a link) */
};

/* A full walk that may end at a name that does not exist (also at the end of symbolic links). */
MUSTUSE int path__walk_create(const struct vfs_path *p, struct walk_create *out);
