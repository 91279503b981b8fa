/* The virtual file system: vnodes, mounts, path walking. Sizes and offsets in bytes; buffers are
 * kernel or checked guest memory (which may fault in, so no spin lock is held across a copy). */
#pragma once

#include "base/base.h"
#include "base/list.h"

struct vnode;
struct iovec {
    void *base;
    size_t len;
};

#define VFS_NAME_MAX    255
#define VFS_PATH_MAX    4096
#define VFS_SYMLINK_MAX 40

/* Values of abi: WASI filetype. */
enum vnode_type {
    VNODE_UNKNOWN,
    VNODE_BLOCK,
    VNODE_CHAR,
    VNODE_DIR,
    VNODE_REG,
    VNODE_SOCK_DGRAM,
    VNODE_SOCK_STREAM,
    VNODE_LINK
};

struct vnode_stat {
    uint64_t dev, ino, nlink, size, atime_ns, mtime_ns, ctime_ns;
    enum vnode_type type;
};

struct dirent {
    uint64_t next, ino;
    enum vnode_type type;
    uint32_t name_len;
    char name[VFS_NAME_MAX + 1];
};

/* An empty slot is -ENOSYS (or -ENOTDIR, -EINVAL, … as vfs.c decides once). Results: bytes or 0;
 * negative errno. */
struct vnode_ops {
    int64_t (*read)(struct vnode *v, void *buf, size_t len, uint64_t offset);
    int64_t (*write)(struct vnode *v, const void *buf, size_t len, uint64_t offset);
    int (*truncate)(struct vnode *v, uint64_t size);
    int (*stat)(struct vnode *v, struct vnode_stat *out);
    int (*set_times)(struct vnode *v, uint64_t atime_ns, uint64_t mtime_ns); /* UINT64_MAX: leave */
    int (*lookup)(struct vnode *dir, const char *name, size_t len, struct vnode **out);
    int (*create)(struct vnode *dir, const char *name, size_t len, enum vnode_type type,
                  const char *target, struct vnode **out);
    int (*link)(struct vnode *dir, const char *name, size_t len, struct vnode *v);
    int (*unlink)(struct vnode *dir, const char *name, size_t len, bool directory);
    int (*rename)(struct vnode *from, const char *name, size_t len, struct vnode *to,
                  const char *to_name, size_t to_len);
    int (*readdir)(struct vnode *dir, uint64_t cookie, struct dirent *out); /* 1 filled, 0 end */
    int64_t (*readlink)(struct vnode *v, char *buf, size_t size);
    unsigned (*poll)(struct vnode *v, unsigned events); /* POLL_* ready now */
    int (*allocate)(struct vnode *v, uint64_t offset,
                    uint64_t len); /* memory for a range; may extend */
    /* The whole content where it lies, if it lies in one piece and never changes there; else NULL.
     */
    const void *(*in_place)(struct vnode *v, uint64_t *out_len);
    int (*tty_size)(struct vnode *v, unsigned *out_columns,
                    unsigned *out_rows); /* terminals only */
    void (*release)(struct vnode *v);    /* last reference dropped */
};
enum { POLL_READ = 1, POLL_WRITE = 2, POLL_HANGUP = 4 };

struct vnode {
    const struct vnode_ops *ops;
    enum vnode_type type;
    uint32_t refs;         /* atomic */
    struct vnode *mounted; /* root of what is mounted here */
    struct vnode *covered; /* for a mounted root: the vnode below; for `..` */
    bool seekable;
};

/* Caller's storage, one reference. */
void vnode_init(struct vnode *v, const struct vnode_ops *ops, enum vnode_type type, bool seekable);
struct vnode *vnode_get(struct vnode *v);
void vnode_put(struct vnode *v);

void vfs_init(void);          /* RAM file system at / with /dev, /tmp, /bin */
struct vnode *vfs_root(void); /* borrowed */
MUSTUSE int vfs_mount(struct vnode *at, struct vnode *root);
/* Unpacks the ustar archives (one or several, concatenated) under dir. */
MUSTUSE int vfs_unpack(struct vnode *dir, const void *tar, size_t len);

enum {
    WALK_NOFOLLOW = 1, /* a final symbolic link is the result */
    WALK_PARENT = 2,   /* stop at the parent; name/len tell the last component */
    WALK_BENEATH = 4
}; /* never above `base` (WASI): -ENOTCAPABLE; absolute paths likewise */
struct walk {
    struct vnode *vnode;
    const char *name;
    size_t len;
    bool must_be_dir;
};
/* Resolves path[0..len) from base (a directory). On success out->vnode is the caller's. */
MUSTUSE int path_walk(struct vnode *base, const char *path, size_t len, unsigned flags,
                      struct walk *out);

/* ---- operations on a vnode: the slots of vnode_ops with the common checks made once ---- */

int64_t vnode_read(struct vnode *v, void *buf, size_t len, uint64_t offset);
int64_t vnode_write(struct vnode *v, const void *buf, size_t len, uint64_t offset);
MUSTUSE int vnode_truncate(struct vnode *v, uint64_t size);
MUSTUSE int vnode_allocate(struct vnode *v, uint64_t offset, uint64_t len);
int vnode_stat(struct vnode *v, struct vnode_stat *out);
MUSTUSE int vnode_set_times(struct vnode *v, uint64_t atime_ns, uint64_t mtime_ns);
MUSTUSE int vnode_readdir(struct vnode *dir, uint64_t cookie, struct dirent *out);
int64_t vnode_readlink(struct vnode *v, char *buf, size_t size); /* cut to size, not terminated */
unsigned vnode_poll(struct vnode *v, unsigned events);
const void *vnode_in_place(struct vnode *v, uint64_t *out_len);
int vnode_tty_size(struct vnode *v, unsigned *out_columns, unsigned *out_rows); /* -ENOTTY */

/* ---- operations on paths: `base` is a directory, walk_flags WALK_NOFOLLOW and WALK_BENEATH ----
 */

struct vfs_path {
    struct vnode *base;
    const char *text;
    size_t len;
    unsigned walk_flags;
};
enum {
    OPEN_CREATE = 1,
    OPEN_DIRECTORY = 2,
    OPEN_EXCLUSIVE = 4,
    OPEN_TRUNCATE = 8
}; /* WASI oflags */
/* Finds or creates; -ELOOP for a final symbolic link that is not to be followed. */
MUSTUSE int vfs_open(const struct vfs_path *p, unsigned oflags, struct vnode **out);
MUSTUSE int vfs_mkdir(const struct vfs_path *p);
MUSTUSE int vfs_symlink(const char *target, const struct vfs_path *p);
MUSTUSE int vfs_link(const struct vfs_path *from, const struct vfs_path *to);
MUSTUSE int vfs_unlink(const struct vfs_path *p, bool directory);
MUSTUSE int vfs_rename(const struct vfs_path *from, const struct vfs_path *to);
/* A C string from the root, links followed. */
MUSTUSE int vfs_lookup(const char *path, struct vnode **out);

/* ---- waiting for any of several vnodes: whoever becomes ready calls vfs_poll_notify (any context)
 * ---- */

void vfs_poll_notify(void);
/* Take this before looking at the vnodes, … */
uint64_t vfs_poll_generation(void);
/* … then sleep until something changed since: 0, -ETIMEDOUT, -EINTR. */
MUSTUSE int vfs_poll_wait(uint64_t generation, uint64_t deadline_ns);

/* Random bytes of cryptographic quality (as good as arch_entropy). Stops early for a thread that is
 * to be killed. */
void random_fill(void *buf, size_t len);

/* Character devices register themselves: DEVICE(null, null_ops) appears as /dev/null. A hidden one
 * has no name there and is only to be had from device_vnode. */
struct device {
    const char *name;
    const struct vnode_ops *ops;
    enum vnode_type type;
    bool hidden, seekable;
};
#define DEVICE(id, operations) DEVICE_AS(id, operations, VNODE_CHAR, .hidden = false)
#define DEVICE_AS(id, operations, type_, ...)                                                      \
    static const struct device device_##id                                                         \
        __attribute__((used, section("devices"), aligned(8))) = {                                  \
            .name = #id, .ops = &(operations), .type = (type_), __VA_ARGS__}
/* The caller gets a reference; NULL if there is none. */
struct vnode *device_vnode(const char *name);
