/* Inside of the RAM file system. */
#pragma once

#include "kernel/fs/pages.h"
#include "kernel/fs/ramfs.h"
#include "kernel/proc/thread.h"

struct ramfs {
    struct mutex lock; /* every directory's names, parents and link counts */
    uint64_t dev, next_ino;
    uint64_t nodes; /* atomic; the last one frees the file system */
};

struct ramentry {
    struct ramentry *hash_next;
    struct ramnode *node; /* one reference */
    uint64_t cookie;
    uint32_t hash;
    uint8_t len;
    char name[];
};

/* Entries in the order of their making: cookies only grow, so that a listing survives changes. */
struct ramslot {
    uint64_t cookie;
    struct ramentry *entry; /* NULL: removed */
};

struct ramdir {
    struct ramnode *parent; /* NULL once removed */
    struct ramslot *slots;
    struct ramentry **buckets;
    uint32_t nslots, slots_cap, nlive, nbuckets; /* nbuckets: a power of two */
    uint64_t next_cookie;
};

struct ramfile {
    uint64_t size;
    const uint8_t *base; /* what holes below base_len contain; behind it, zeros */
    uint64_t base_len;
    struct pages pages;
};

struct ramnode {
    struct vnode v;
    struct ramfs *fs;
    struct mutex lock; /* attributes and data */
    uint64_t ino, nlink, atime_ns, mtime_ns, ctime_ns;
    const void *origin;
    union {
        struct ramdir dir;
        struct ramfile file;
        struct {
            char *target;
            size_t target_len;
        };
    };
};

static inline struct ramnode *ramnode_of(struct vnode *v)
{
    return CONTAINER_OF(v, struct ramnode, v);
}

bool ramnode__is(const struct vnode *v);
struct ramnode *ramnode__new(struct ramfs *fs, enum vnode_type type);

void ramdir__fini(struct ramnode *dir);
int ramdir__lookup(struct vnode *dir_v, const char *name, size_t len, struct vnode **out);
int ramdir__create(struct vnode *dir_v, const char *name, size_t len, enum vnode_type type,
                   const char *target, struct vnode **out);
int ramdir__link(struct vnode *dir_v, const char *name, size_t len, struct vnode *target);
int ramdir__unlink(struct vnode *dir_v, const char *name, size_t len, bool directory);
int ramdir__rename(struct vnode *from_v, const char *name, size_t len, struct vnode *to_v,
                   const char *to_name, size_t to_len);
int ramdir__readdir(struct vnode *dir_v, uint64_t cookie, struct dirent *out);

int64_t ramfile__read(struct vnode *v, void *buf, size_t len, uint64_t offset);
int64_t ramfile__write(struct vnode *v, const void *buf, size_t len, uint64_t offset);
int ramfile__truncate(struct vnode *v, uint64_t size);
int ramfile__allocate(struct vnode *v, uint64_t offset, uint64_t len);
const void *ramfile__in_place(struct vnode *v, uint64_t *out_len);
