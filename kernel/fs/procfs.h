/* The part of /proc that comes and goes: `self` and a directory for each process. For staticdir.c,
 * whose names come first. */
#pragma once

#include "kernel/fs/vfs.h"

enum { PROCFS_DEV = 3 }; /* vnode_stat.dev of all of /proc */

MUSTUSE int procfs__lookup(const char *name, size_t len, struct vnode **out);
/* cookie 0 is the first entry; like vnode_ops.readdir. */
MUSTUSE int procfs__readdir(uint64_t cookie, struct dirent *out);
