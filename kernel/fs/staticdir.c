/* /dev and /proc: one directory each, made at boot from the devices that registered themselves. The
 * vnodes live for ever. What is in /proc besides comes and goes: procfs.c. */
#include "kernel/fs/staticdir.h"

#include "base/string.h"
#include "kernel/fs/procfs.h"
#include "kernel/mm/heap.h"

struct static_dir;

struct static_node {
    struct vnode v;
    const struct device *device;
    const struct static_dir *dir;
};

struct static_dir {
    struct vnode v;
    uint64_t dev;
    size_t nnodes;
    struct static_node *nodes;
};

enum { STATIC_DEV_DEV = 2, STATIC_INO_ROOT = 1, STATIC_COOKIE_FIRST = 2 };

static struct static_dir devfs, procfs;

/* Name length of a node in the listing: /proc files are registered as proc_NAME. */
static const char *node_name(const struct static_node *n)
{
    return n->device->name + (n->dir == &procfs ? strlen("proc_") : 0);
}

static struct static_dir *dir_of(struct vnode *v)
{
    return CONTAINER_OF(v, struct static_dir, v);
}

static int static_lookup(struct vnode *v, const char *name, size_t len, struct vnode **out)
{
    struct static_dir *d = dir_of(v);
    for (size_t i = 0; i < d->nnodes; i++) {
        const char *have = node_name(&d->nodes[i]);
        if (!d->nodes[i].device->hidden && strlen(have) == len && !memcmp(have, name, len)) {
            *out = vnode_get(&d->nodes[i].v);
            return 0;
        }
    }
    return d == &procfs ? procfs__lookup(name, len, out) : -ENOENT;
}

static int static_readdir(struct vnode *v, uint64_t cookie, struct dirent *out)
{
    struct static_dir *d = dir_of(v);
    const char *name = cookie == 0 ? "." : "..";
    *out = (struct dirent){.next = cookie + 1, .ino = STATIC_INO_ROOT, .type = VNODE_DIR};
    if (cookie >= STATIC_COOKIE_FIRST) {
        uint64_t i = cookie - STATIC_COOKIE_FIRST;
        while (i < d->nnodes && d->nodes[i].device->hidden)
            i++;
        if (i >= d->nnodes && d == &procfs) {
            int r = procfs__readdir(i - d->nnodes, out);
            out->next += d->nnodes + STATIC_COOKIE_FIRST;
            return r;
        }
        if (i >= d->nnodes)
            return 0;
        name = node_name(&d->nodes[i]);
        out->next = i + 1 + STATIC_COOKIE_FIRST;
        out->ino = i + 1 + STATIC_INO_ROOT;
        out->type = d->nodes[i].v.type;
    }
    out->name_len = (uint32_t)str_copy(out->name, name, sizeof(out->name));
    return 1;
}

static int static_stat(struct vnode *v, struct vnode_stat *out)
{
    out->dev = dir_of(v)->dev;
    out->ino = STATIC_INO_ROOT;
    out->nlink = 2;
    return 0;
}

static const struct vnode_ops static_dir_ops = {
    .lookup = static_lookup, .readdir = static_readdir, .stat = static_stat};

extern const struct device __start_devices[], __stop_devices[];

static bool is_proc(const struct device *d)
{
    return !strncmp(d->name, "proc_", strlen("proc_"));
}

static void dir_fill(struct static_dir *dir, uint64_t dev, bool proc)
{
    vnode_init(&dir->v, &static_dir_ops, VNODE_DIR, false);
    dir->dev = dev;
    size_t n = 0;
    for (const struct device *d = __start_devices; d != __stop_devices; d++)
        n += is_proc(d) == proc;
    dir->nodes = kalloc(n * sizeof(*dir->nodes) + 1);
    assert(dir->nodes);
    for (const struct device *d = __start_devices; d != __stop_devices; d++) {
        if (is_proc(d) != proc)
            continue;
        struct static_node *node = &dir->nodes[dir->nnodes++];
        vnode_init(&node->v, d->ops, d->type, d->seekable);
        node->device = d;
        node->dir = dir;
    }
}

struct vnode *devfs_root(void)
{
    if (!devfs.v.ops)
        dir_fill(&devfs, STATIC_DEV_DEV, false);
    return &devfs.v;
}

struct vnode *procfs_root(void)
{
    if (!procfs.v.ops)
        dir_fill(&procfs, PROCFS_DEV, true);
    return &procfs.v;
}

struct vnode *device_vnode(const char *name)
{
    for (size_t i = 0; i < devfs.nnodes; i++)
        if (!strcmp(devfs.nodes[i].device->name, name))
            return vnode_get(&devfs.nodes[i].v);
    return NULL;
}

int device_stat(struct vnode *v, struct vnode_stat *out)
{
    struct static_node *n = CONTAINER_OF(v, struct static_node, v);
    out->dev = n->dir->dev;
    out->ino = (uint64_t)(n - n->dir->nodes) + 1 + STATIC_INO_ROOT;
    return 0;
}
