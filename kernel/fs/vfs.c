/* Vnodes and what can be done with them by path. Which error an empty slot means is decided here,
 * once. */
#include "kernel/fs/vfs.h"

#include "base/string.h"
#include "kernel/fs/path.h"
#include "kernel/fs/ramfs.h"
#include "kernel/fs/staticdir.h"
#include "kernel/mm/heap.h"

static struct vnode *root;

void vnode_init(struct vnode *v, const struct vnode_ops *ops, enum vnode_type type, bool seekable)
{
    *v = (struct vnode){.ops = ops, .type = type, .refs = 1, .seekable = seekable};
}

struct vnode *vnode_get(struct vnode *v)
{
    uint32_t before = __atomic_fetch_add(&v->refs, 1, __ATOMIC_RELAXED);
    assert(before != 0 && before != UINT32_MAX);
    return v;
}

void vnode_put(struct vnode *v)
{
    uint32_t before = __atomic_fetch_sub(&v->refs, 1, __ATOMIC_ACQ_REL);
    assert(before != 0);
    if (before == 1 && v->ops->release)
        v->ops->release(v);
}

struct vnode *vfs_root(void)
{
    return root;
}

/* What a missing operation means for this kind of vnode. */
static int no_operation(const struct vnode *v, int for_file)
{
    if (v->type == VNODE_DIR)
        return -EISDIR;
    return v->type == VNODE_REG ? -ENOSYS : for_file;
}

int64_t vnode_read(struct vnode *v, void *buf, size_t len, uint64_t offset)
{
    if (!v->ops->read)
        return no_operation(v, -EINVAL);
    return len ? v->ops->read(v, buf, len, offset) : 0;
}

int64_t vnode_write(struct vnode *v, const void *buf, size_t len, uint64_t offset)
{
    if (!v->ops->write)
        return no_operation(v, -EINVAL);
    if (offset > INT64_MAX || len > INT64_MAX - offset)
        return -EFBIG;
    return len ? v->ops->write(v, buf, len, offset) : 0;
}

int vnode_truncate(struct vnode *v, uint64_t size)
{
    if (!v->ops->truncate)
        return no_operation(v, -EINVAL);
    return size > INT64_MAX ? -EFBIG : v->ops->truncate(v, size);
}

int vnode_allocate(struct vnode *v, uint64_t offset, uint64_t len)
{
    if (!v->ops->allocate)
        return v->type == VNODE_DIR ? -EISDIR : -ENODEV;
    if (len == 0)
        return -EINVAL;
    if (offset > INT64_MAX || len > INT64_MAX - offset)
        return -EFBIG;
    return v->ops->allocate(v, offset, len);
}

int vnode_stat(struct vnode *v, struct vnode_stat *out)
{
    *out = (struct vnode_stat){.nlink = 1, .type = v->type};
    return v->ops->stat ? v->ops->stat(v, out) : 0;
}

int vnode_set_times(struct vnode *v, uint64_t atime_ns, uint64_t mtime_ns)
{
    return v->ops->set_times ? v->ops->set_times(v, atime_ns, mtime_ns) : 0;
}

int vnode_readdir(struct vnode *dir, uint64_t cookie, struct dirent *out)
{
    return dir->ops->readdir ? dir->ops->readdir(dir, cookie, out) : -ENOTDIR;
}

int64_t vnode_readlink(struct vnode *v, char *buf, size_t size)
{
    return v->ops->readlink ? v->ops->readlink(v, buf, size) : -EINVAL;
}

unsigned vnode_poll(struct vnode *v, unsigned events)
{
    return v->ops->poll ? v->ops->poll(v, events) : events & (POLL_READ | POLL_WRITE);
}

const void *vnode_in_place(struct vnode *v, uint64_t *out_len)
{
    return v->ops->in_place ? v->ops->in_place(v, out_len) : NULL;
}

int vnode_tty_size(struct vnode *v, unsigned *out_columns, unsigned *out_rows)
{
    return v->ops->tty_size ? v->ops->tty_size(v, out_columns, out_rows) : -ENOTTY;
}

/* ---- mounts ---- */

int vfs_mount(struct vnode *at, struct vnode *mounted)
{
    if (at->type != VNODE_DIR || mounted->type != VNODE_DIR)
        return -ENOTDIR;
    if (at->mounted || mounted->covered || at == mounted)
        return -EBUSY;
    mounted->covered = vnode_get(at);
    at->mounted = vnode_get(mounted);
    return 0;
}

static void make_dir(const char *name)
{
    struct vnode *v;
    if (root->ops->create(root, name, strlen(name), VNODE_DIR, NULL, &v) == 0)
        vnode_put(v);
}

static void mount_static(const char *path, struct vnode *(*get)(void))
{
    struct vnode *at;
    if (vfs_lookup(path, &at))
        return;
    int err = vfs_mount(at, get());
    assert(!err);
    vnode_put(at);
}

void vfs_init(void)
{
    int err = ramfs_create(&root);
    assert(!err);
    static const char *const dirs[] = {"dev", "proc", "tmp", "bin"};
    for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
        make_dir(dirs[i]);
    mount_static("/dev", devfs_root);
    mount_static("/proc", procfs_root);
}

/* ---- paths ---- */

int vfs_lookup(const char *path, struct vnode **out)
{
    struct walk w;
    int err = path_walk(root, path, strlen(path), 0, &w);
    if (!err)
        *out = w.vnode;
    return err;
}

static int walk_parent(const struct vfs_path *p, struct walk *out)
{
    return path_walk(p->base, p->text, p->len, p->walk_flags | WALK_PARENT, out);
}

static bool is_dots(const struct walk *w)
{
    return (w->len == 1 && w->name[0] == '.') ||
           (w->len == 2 && w->name[0] == '.' && w->name[1] == '.');
}

/* Makes `name` where it is missing. -EEXIST when somebody was faster. */
static int create_missing(const struct walk_create *w, struct vnode **out)
{
    struct vnode *dir = w->vnode;
    if (w->must_be_dir)
        return -EISDIR;
    if (!dir->ops->create)
        return -EROFS;
    return dir->ops->create(dir, w->name, w->len, VNODE_REG, NULL, out);
}

static int open_create(const struct vfs_path *p, unsigned oflags, struct vnode **out)
{
    struct vfs_path q = *p;
    struct walk_create w;
    if (oflags & OPEN_EXCLUSIVE)
        q.walk_flags |= WALK_NOFOLLOW;
    int err = path__walk_create(&q, &w);
    if (err)
        return err;
    if (!w.missing) {
        *out = w.vnode;
        if (!(oflags & OPEN_EXCLUSIVE))
            return 0;
        vnode_put(w.vnode);
        return -EEXIST;
    }
    err = create_missing(&w, out);
    vnode_put(w.vnode);
    return err;
}

static int open_find(const struct vfs_path *p, struct vnode **out)
{
    struct walk w;
    int err = path_walk(p->base, p->text, p->len, p->walk_flags, &w);
    if (!err)
        *out = w.vnode;
    return err;
}

int vfs_open(const struct vfs_path *p, unsigned oflags, struct vnode **out)
{
    struct vnode *v;
    int err;
    if ((oflags & OPEN_CREATE) && (oflags & OPEN_DIRECTORY))
        return -EINVAL;
    if (oflags & OPEN_CREATE) {
        do {
            err = open_create(p, oflags, &v);
        } while (err == -EEXIST && !(oflags & OPEN_EXCLUSIVE));
    } else {
        err = open_find(p, &v);
    }
    if (err)
        return err;
    if (v->type == VNODE_LINK)
        err = -ELOOP;
    else if ((oflags & OPEN_DIRECTORY) && v->type != VNODE_DIR)
        err = -ENOTDIR;
    else if ((oflags & OPEN_TRUNCATE) && v->type == VNODE_DIR)
        err = -EISDIR;
    else if ((oflags & OPEN_TRUNCATE) && v->type == VNODE_REG)
        err = vnode_truncate(v, 0);
    if (err)
        vnode_put(v);
    else
        *out = v;
    return err;
}

/* Makes a directory or a link: `slash_err` is the answer to a slash at the end of a new name. */
static int make_node(const struct vfs_path *p, enum vnode_type type, const char *target,
                     int slash_err)
{
    struct walk w;
    struct vnode *v;
    int err = walk_parent(p, &w);
    if (err)
        return err;
    if (is_dots(&w))
        err = -EEXIST;
    else if (!w.vnode->ops->create)
        err = -EROFS;
    else if (w.must_be_dir && slash_err) {
        err = w.vnode->ops->lookup(w.vnode, w.name, w.len, &v);
        if (!err)
            vnode_put(v);
        err = err ? (err == -ENOENT ? slash_err : err) : -EEXIST;
    } else {
        err = w.vnode->ops->create(w.vnode, w.name, w.len, type, target, &v);
        if (!err)
            vnode_put(v);
    }
    vnode_put(w.vnode);
    return err;
}

int vfs_mkdir(const struct vfs_path *p)
{
    return make_node(p, VNODE_DIR, NULL, 0);
}

int vfs_symlink(const char *target, const struct vfs_path *p)
{
    size_t len = strlen(target);
    if (len == 0)
        return -ENOENT;
    if (len > VFS_PATH_MAX)
        return -ENAMETOOLONG;
    return make_node(p, VNODE_LINK, target, -ENOENT);
}

int vfs_link(const struct vfs_path *from, const struct vfs_path *to)
{
    struct walk old, w;
    int err = path_walk(from->base, from->text, from->len, from->walk_flags, &old);
    if (err)
        return err;
    err = walk_parent(to, &w);
    if (err)
        goto out_old;
    if (is_dots(&w))
        err = -EEXIST;
    else if (old.vnode->type == VNODE_DIR)
        err = -EPERM;
    else if (w.must_be_dir)
        err = -ENOENT;
    else if (!w.vnode->ops->link)
        err = -EROFS;
    else
        err = w.vnode->ops->link(w.vnode, w.name, w.len, old.vnode);
    vnode_put(w.vnode);
out_old:
    vnode_put(old.vnode);
    return err;
}

/* Is there something under this name that is not a directory? */
static bool names_non_directory(const struct walk *w)
{
    struct vnode *v;
    if (w->vnode->ops->lookup(w->vnode, w->name, w->len, &v))
        return false;
    bool yes = v->type != VNODE_DIR;
    vnode_put(v);
    return yes;
}

int vfs_unlink(const struct vfs_path *p, bool directory)
{
    struct walk w;
    int err = walk_parent(p, &w);
    if (err)
        return err;
    if (is_dots(&w))
        err = !directory ? -EISDIR : w.len == 1 ? -EINVAL : -ENOTEMPTY;
    else if (!w.vnode->ops->unlink)
        err = -EROFS;
    else if (w.must_be_dir && !directory && names_non_directory(&w))
        err = -ENOTDIR;
    else
        err = w.vnode->ops->unlink(w.vnode, w.name, w.len, directory);
    vnode_put(w.vnode);
    return err;
}

int vfs_rename(const struct vfs_path *from, const struct vfs_path *to)
{
    struct walk a, b;
    int err = walk_parent(from, &a);
    if (err)
        return err;
    err = walk_parent(to, &b);
    if (err)
        goto out_a;
    if (is_dots(&a) || is_dots(&b))
        err = -EINVAL;
    else if (!a.vnode->ops->rename)
        err = -EROFS;
    else if (a.vnode->ops != b.vnode->ops)
        err = -EXDEV;
    else if ((a.must_be_dir || b.must_be_dir) && names_non_directory(&a))
        err = -ENOTDIR;
    else
        err = a.vnode->ops->rename(a.vnode, a.name, a.len, b.vnode, b.name, b.len);
    vnode_put(b.vnode);
out_a:
    vnode_put(a.vnode);
    return err;
}
