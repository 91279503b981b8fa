/* File descriptors: a table of open files per process. WASI rights are kept per descriptor. */
#pragma once

#include "kernel/fs/vfs.h"

#define FD_MAX 1024

struct file {                      /* an open file description; shared by dup and inheritance */
    struct vnode *vnode;
    uint32_t refs;                 /* atomic */
    uint64_t offset;               /* guarded by the file's lock */
    uint16_t flags;                /* WASI fdflags: append 1, dsync 2, nonblock 4, rsync 8, sync 16 */
    uint64_t rights, rights_inheriting;
    char *preopen;                 /* guest path when preopened, else NULL */
};
struct fd_table;

MUSTUSE int fd_table_create(struct fd_table **out);
/* A child's table: shares descriptors 0–2 and the preopened directories. */
MUSTUSE int fd_table_inherit(struct fd_table *from, struct fd_table **out);
void fd_table_destroy(struct fd_table *t);
/* Lowest free descriptor >= min; takes its own reference. */
MUSTUSE int fd_install(struct fd_table *t, struct file *f, int min);
/* The caller gets a reference; -EBADF. */
MUSTUSE int fd_get(struct fd_table *t, int fd, struct file **out);
MUSTUSE int fd_close(struct fd_table *t, int fd);
MUSTUSE int fd_renumber(struct fd_table *t, int from, int to);
/* New description with one reference; takes its own reference to v. */
MUSTUSE int file_create(struct vnode *v, uint16_t flags, uint64_t rights, uint64_t inheriting, struct file **out);
struct file *file_get(struct file *f);
void file_put(struct file *f);
