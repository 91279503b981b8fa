/* The virtual file system: vnodes, mounts, path walking. Sizes and offsets in bytes; buffers are kernel or
 * checked guest memory (which may fault in, so no spin lock is held across a copy). */
#pragma once

#include "base/base.h"
#include "base/list.h"

struct vnode;
struct iovec { void *base; size_t len; };

#define VFS_NAME_MAX 255
#define VFS_PATH_MAX 4096
#define VFS_SYMLINK_MAX 40

/* Values of abi: WASI filetype. */
enum vnode_type { VNODE_UNKNOWN, VNODE_BLOCK, VNODE_CHAR, VNODE_DIR, VNODE_REG, VNODE_SOCK_DGRAM,
                  VNODE_SOCK_STREAM, VNODE_LINK };

struct vnode_stat {
    uint64_t dev, ino, nlink, size, atime_ns, mtime_ns, ctime_ns;
    enum vnode_type type;
};

struct dirent { uint64_t next, ino; enum vnode_type type; uint32_t name_len; char name[VFS_NAME_MAX + 1]; };

/* An empty slot is -ENOSYS (or -ENOTDIR, -EINVAL, … as vfs.c decides once). Results: bytes or 0; negative errno. */
struct vnode_ops {
    int64_t (*read)(struct vnode *v, void *buf, size_t len, uint64_t offset);
    int64_t (*write)(struct vnode *v, const void *buf, size_t len, uint64_t offset);
    int (*truncate)(struct vnode *v, uint64_t size);
    int (*stat)(struct vnode *v, struct vnode_stat *out);
    int (*set_times)(struct vnode *v, uint64_t atime_ns, uint64_t mtime_ns); /* UINT64_MAX: leave */
    int (*lookup)(struct vnode *dir, const char *name, size_t len, struct vnode **out);
    int (*create)(struct vnode *dir, const char *name, size_t len, enum vnode_type type, const char *target,
                  struct vnode **out);
    int (*link)(struct vnode *dir, const char *name, size_t len, struct vnode *v);
    int (*unlink)(struct vnode *dir, const char *name, size_t len, bool directory);
    int (*rename)(struct vnode *from, const char *name, size_t len, struct vnode *to, const char *to_name,
                  size_t to_len);
    int (*readdir)(struct vnode *dir, uint64_t cookie, struct dirent *out); /* 1 filled, 0 end */
    int64_t (*readlink)(struct vnode *v, char *buf, size_t size);
    unsigned (*poll)(struct vnode *v, unsigned events); /* POLL_* ready now */
    void (*release)(struct vnode *v);                   /* last reference dropped */
};
enum { POLL_READ = 1, POLL_WRITE = 2, POLL_HANGUP = 4 };

struct vnode {
    const struct vnode_ops *ops;
    enum vnode_type type;
    uint32_t refs;                 /* atomic */
    struct vnode *mounted;         /* root of what is mounted here */
    struct vnode *covered;         /* for a mounted root: the vnode below; for `..` */
    bool seekable;
};

struct vnode *vnode_get(struct vnode *v);
void vnode_put(struct vnode *v);

void vfs_init(void);               /* RAM file system at / with /dev, /tmp, /bin */
struct vnode *vfs_root(void);      /* borrowed */
MUSTUSE int vfs_mount(struct vnode *at, struct vnode *root);
/* Unpacks the ustar archives (one or several, concatenated) under dir. */
MUSTUSE int vfs_unpack(struct vnode *dir, const void *tar, size_t len);

enum { WALK_NOFOLLOW = 1,          /* a final symbolic link is the result */
       WALK_PARENT = 2,            /* stop at the parent; name/len tell the last component */
       WALK_BENEATH = 4 };         /* never above `base` (WASI): -ENOTCAPABLE; absolute paths likewise */
struct walk { struct vnode *vnode; const char *name; size_t len; bool must_be_dir; };
/* Resolves path[0..len) from base (a directory). On success out->vnode is the caller's. */
MUSTUSE int path_walk(struct vnode *base, const char *path, size_t len, unsigned flags, struct walk *out);

int64_t vnode_read(struct vnode *v, void *buf, size_t len, uint64_t offset);
int64_t vnode_write(struct vnode *v, const void *buf, size_t len, uint64_t offset);
int vnode_stat(struct vnode *v, struct vnode_stat *out);

/* Character devices register themselves: DEVICE(null, null_ops) appears as /dev/null. */
struct device { const char *name; const struct vnode_ops *ops; };
#define DEVICE(id, operations)                                                                     \
    static const struct device device_##id                                                         \
        __attribute__((used, section("devices"), aligned(8))) = {#id, &(operations)}
