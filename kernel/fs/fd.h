/* File descriptors: a table of open files per process. WASI rights are kept per descriptor. */
#pragma once

#include "kernel/fs/vfs.h"
#include "kernel/proc/thread.h"

#define FD_MAX           1024
#define FD_PREOPEN_FIRST 3

struct file { /* an open file description; shared by dup and inheritance */
    struct vnode *vnode;
    uint32_t refs;     /* atomic */
    struct mutex lock; /* held during reads and writes that move the offset of a seekable vnode */
    uint64_t offset;   /* guarded by lock */
    uint16_t flags;    /* WASI fdflags: append 1, dsync 2, nonblock 4, rsync 8, sync 16 */
    uint64_t rights, rights_inheriting; /* what a descriptor for it starts with */
    char *preopen;                      /* guest path when preopened, else NULL */
};
struct fd_table;

/* Descriptor rights (WASI `rights`), one bit each. */
enum {
    RIGHT_FD_DATASYNC = 1 << 0,
    RIGHT_FD_READ = 1 << 1,
    RIGHT_FD_SEEK = 1 << 2,
    RIGHT_FDSTAT_SET_FLAGS = 1 << 3,
    RIGHT_FD_SYNC = 1 << 4,
    RIGHT_FD_TELL = 1 << 5,
    RIGHT_FD_WRITE = 1 << 6,
    RIGHT_FD_ADVISE = 1 << 7,
    RIGHT_FD_ALLOCATE = 1 << 8,
    RIGHT_PATH_CREATE_DIRECTORY = 1 << 9,
    RIGHT_PATH_CREATE_FILE = 1 << 10,
    RIGHT_PATH_LINK_SOURCE = 1 << 11,
    RIGHT_PATH_LINK_TARGET = 1 << 12,
    RIGHT_PATH_OPEN = 1 << 13,
    RIGHT_FD_READDIR = 1 << 14,
    RIGHT_PATH_READLINK = 1 << 15,
    RIGHT_PATH_RENAME_SOURCE = 1 << 16,
    RIGHT_PATH_RENAME_TARGET = 1 << 17,
    RIGHT_PATH_FILESTAT_GET = 1 << 18,
    RIGHT_PATH_FILESTAT_SET_SIZE = 1 << 19,
    RIGHT_PATH_FILESTAT_SET_TIMES = 1 << 20,
    RIGHT_FD_FILESTAT_GET = 1 << 21,
    RIGHT_FD_FILESTAT_SET_SIZE = 1 << 22,
    RIGHT_FD_FILESTAT_SET_TIMES = 1 << 23,
    RIGHT_PATH_SYMLINK = 1 << 24,
    RIGHT_PATH_REMOVE_DIRECTORY = 1 << 25,
    RIGHT_PATH_UNLINK_FILE = 1 << 26,
    RIGHT_POLL_FD_READWRITE = 1 << 27,
    RIGHT_SOCK_SHUTDOWN = 1 << 28,
    RIGHT_SOCK_ACCEPT = 1 << 29,
    RIGHTS_ALL = (1 << 30) - 1
};
/* The rights that mean anything for a vnode, and for what is opened through it. */
uint64_t rights_base(const struct vnode *v);
uint64_t rights_inheriting(const struct vnode *v);

enum {
    FDFLAG_APPEND = 1,
    FDFLAG_DSYNC = 2,
    FDFLAG_NONBLOCK = 4,
    FDFLAG_RSYNC = 8,
    FDFLAG_SYNC = 16,
    FDFLAGS_ALL = 31
};

MUSTUSE int fd_table_create(struct fd_table **out);
/* What a child gets of its parent's descriptors, and as which. */
struct fd_map {
    unsigned count;
    struct {
        int from, to;
    } at[];
};
/* A child's table: from FD_PREOPEN_FIRST on without gaps the preopened directories, and what `map`
 * says (NULL: those of 0–2 that are open). Descriptions of files are shared; those of terminals,
 * pipes and the like are copied, so that a child's flags are its own. -EBADF: not open, or no
 * number for a descriptor; -EBUSY: two for one number, or that of a preopened directory. */
MUSTUSE int fd_table_inherit(struct fd_table *from, const struct fd_map *map,
                             struct fd_table **out);
void fd_table_destroy(struct fd_table *t);
/* Lowest free descriptor >= min; takes its own reference. */
MUSTUSE int fd_install(struct fd_table *t, struct file *f, int min);
/* Makes sure that the next fd_install finds room: 0, -EMFILE, -ENOMEM. */
MUSTUSE int fd_available(struct fd_table *t);
/* The caller gets a reference; -EBADF. */
MUSTUSE int fd_get(struct fd_table *t, int fd, struct file **out);
/* The same if the descriptor has all of these rights, else -ENOTCAPABLE. */
MUSTUSE int fd_get_rights(struct fd_table *t, int fd, uint64_t rights, struct file **out);
/* Rights belong to the descriptor. Setting can only take away: -ENOTCAPABLE. */
MUSTUSE int fd_rights(struct fd_table *t, int fd, uint64_t *out_rights, uint64_t *out_inheriting);
MUSTUSE int fd_rights_set(struct fd_table *t, int fd, uint64_t rights, uint64_t inheriting);
MUSTUSE int fd_close(struct fd_table *t, int fd);
MUSTUSE int fd_renumber(struct fd_table *t, int from, int to);
/* Another descriptor for the same description, with the same rights. fd_dup: the lowest free one
 * from `min` on, -EINVAL if that is none, -EMFILE; fd_dup_to: `to`, which is closed first if it is
 * open. -EBADF. */
MUSTUSE int fd_dup(struct fd_table *t, int fd, int min);
MUSTUSE int fd_dup_to(struct fd_table *t, int fd, int to);
/* New description with one reference; takes its own reference to v. */
MUSTUSE int file_create(struct vnode *v, uint16_t flags, uint64_t rights, uint64_t inheriting,
                        struct file **out);
struct file *file_get(struct file *f);
void file_put(struct file *f);
/* A preopened directory: a copy of the guest path goes with the description. 0 or -ENOMEM. */
MUSTUSE int file_preopen(struct file *f, const char *guest_path);

/* Reads or writes at the description's offset and moves it (append: at the end); one call is atomic
 * towards others on the same description. Bytes or a negative errno; rights are the caller's
 * business. */
int64_t file_readv(struct file *f, const struct iovec *iov, unsigned niov);
int64_t file_writev(struct file *f, const struct iovec *iov, unsigned niov);
int64_t file_write(struct file *f, const void *buf, size_t len);
/* The same at a given offset, which stays. -ESPIPE where there are no offsets. */
int64_t file_preadv(struct file *f, const struct iovec *iov, unsigned niov, uint64_t offset);
int64_t file_pwritev(struct file *f, const struct iovec *iov, unsigned niov, uint64_t offset);
/* whence: 0 set, 1 current, 2 end. The new offset; -EINVAL, -ESPIPE, -EOVERFLOW. */
int64_t file_seek(struct file *f, int64_t delta, unsigned whence);
