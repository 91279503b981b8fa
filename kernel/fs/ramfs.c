/* RAM file system: nodes, their attributes and the table of operations. Names are in ramdir.c, data
 * in ramfile.c. */
#include "kernel/fs/ramnode.h"

#include "base/string.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

static uint64_t next_dev = 16; /* 1–15 belong to the static directories */

static void node_release(struct vnode *v)
{
    struct ramnode *n = ramnode_of(v);
    struct ramfs *fs = n->fs;
    if (v->type == VNODE_REG)
        pages_truncate(&n->file.pages, 0);
    else if (v->type == VNODE_LINK)
        kfree(n->target, n->target_len + 1);
    else
        ramdir__fini(n);
    kfree(n, sizeof(*n));
    if (__atomic_sub_fetch(&fs->nodes, 1, __ATOMIC_ACQ_REL) == 0)
        kfree(fs, sizeof(*fs));
}

static int node_stat(struct vnode *v, struct vnode_stat *out)
{
    struct ramnode *n = ramnode_of(v);
    mutex_lock(&n->lock);
    out->dev = n->fs->dev;
    out->ino = n->ino;
    out->nlink = n->nlink;
    out->atime_ns = n->atime_ns;
    out->mtime_ns = n->mtime_ns;
    out->ctime_ns = n->ctime_ns;
    out->size = v->type == VNODE_REG ? n->file.size : v->type == VNODE_LINK ? n->target_len : 0;
    mutex_unlock(&n->lock);
    return 0;
}

static int node_set_times(struct vnode *v, uint64_t atime_ns, uint64_t mtime_ns)
{
    struct ramnode *n = ramnode_of(v);
    mutex_lock(&n->lock);
    if (atime_ns != UINT64_MAX)
        n->atime_ns = atime_ns;
    if (mtime_ns != UINT64_MAX)
        n->mtime_ns = mtime_ns;
    n->ctime_ns = arch_wall_ns();
    n->origin = NULL;
    mutex_unlock(&n->lock);
    return 0;
}

static int64_t node_readlink(struct vnode *v, char *buf, size_t size)
{
    struct ramnode *n = ramnode_of(v);
    size_t len = min_u64(size, n->target_len);
    memcpy(buf, n->target, len);
    return (int64_t)len;
}

static const struct vnode_ops dir_ops = {
    .stat = node_stat,
    .set_times = node_set_times,
    .lookup = ramdir__lookup,
    .create = ramdir__create,
    .link = ramdir__link,
    .unlink = ramdir__unlink,
    .rename = ramdir__rename,
    .readdir = ramdir__readdir,
    .release = node_release,
};

static const struct vnode_ops file_ops = {
    .stat = node_stat,
    .set_times = node_set_times,
    .read = ramfile__read,
    .write = ramfile__write,
    .truncate = ramfile__truncate,
    .allocate = ramfile__allocate,
    .in_place = ramfile__in_place,
    .release = node_release,
};

static const struct vnode_ops link_ops = {
    .stat = node_stat,
    .set_times = node_set_times,
    .readlink = node_readlink,
    .release = node_release,
};

struct ramnode *ramnode__new(struct ramfs *fs, enum vnode_type type)
{
    struct ramnode *n = frame_spare() ? KNEW(struct ramnode) : NULL;
    if (!n)
        return NULL;
    const struct vnode_ops *ops = type == VNODE_DIR   ? &dir_ops
                                  : type == VNODE_REG ? &file_ops
                                                      : &link_ops;
    vnode_init(&n->v, ops, type, type == VNODE_REG);
    mutex_init(&n->lock);
    n->fs = fs;
    n->ino = __atomic_fetch_add(&fs->next_ino, 1, __ATOMIC_RELAXED);
    n->atime_ns = n->mtime_ns = n->ctime_ns = arch_wall_ns();
    __atomic_add_fetch(&fs->nodes, 1, __ATOMIC_ACQ_REL);
    return n;
}

int ramfs_create(struct vnode **out_root)
{
    struct ramfs *fs = KNEW(struct ramfs);
    if (!fs)
        return -ENOMEM;
    mutex_init(&fs->lock);
    fs->dev = __atomic_fetch_add(&next_dev, 1, __ATOMIC_RELAXED);
    fs->next_ino = 1;
    struct ramnode *root = ramnode__new(fs, VNODE_DIR);
    if (!root) {
        kfree(fs, sizeof(*fs));
        return -ENOMEM;
    }
    root->nlink = 2;
    root->dir.parent = root;
    *out_root = &root->v;
    return 0;
}

bool ramnode__is(const struct vnode *v)
{
    return v->ops == &dir_ops || v->ops == &file_ops || v->ops == &link_ops;
}

void ramfs_content_set(struct vnode *file, const void *data, uint64_t len)
{
    struct ramnode *n = ramnode_of(file);
    assert(file->ops == &file_ops && n->file.size == 0);
    mutex_lock(&n->lock);
    n->file.base = data;
    n->file.base_len = n->file.size = len;
    mutex_unlock(&n->lock);
}

void ramfs_origin_set(struct vnode *v, const void *origin)
{
    if (ramnode__is(v))
        ramnode_of(v)->origin = origin;
}

const void *ramfs_origin(struct vnode *v)
{
    return ramnode__is(v) ? ramnode_of(v)->origin : NULL;
}
