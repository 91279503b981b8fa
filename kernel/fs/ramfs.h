/* The RAM file system. Data lies in page frames, allocated where something was written, over a
 * read-only base that may lie in a boot archive. Lock order: file system (names) → node (data). */
#pragma once

#include "kernel/fs/vfs.h"

/* A new, empty file system; its root has one reference, the caller's. 0, -ENOMEM. */
MUSTUSE int ramfs_create(struct vnode **out_root);

/* For unpacking: gives a fresh, empty file its content in place; `data` stays for ever. */
void ramfs_content_set(struct vnode *file, const void *data, uint64_t len);
/* Marks a node as it is now: `origin` says where it came from (not NULL), until something changes
 * it. */
void ramfs_origin_set(struct vnode *v, const void *origin);
/* The origin if nothing has changed the node's own content or times since, else NULL. */
const void *ramfs_origin(struct vnode *v);
