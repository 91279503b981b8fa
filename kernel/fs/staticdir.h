/* A directory whose entries are fixed at boot: /dev and /proc. */
#pragma once

#include "kernel/fs/vfs.h"

struct vnode *devfs_root(void); /* made at the first call; borrowed */
struct vnode *procfs_root(void);
/* The `stat` slot of devices: device and inode number. Every DEVICE's ops may use it. */
int device_stat(struct vnode *v, struct vnode_stat *out);
