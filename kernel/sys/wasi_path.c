/* wasi_snapshot_preview1: path_*. Paths are relative to a directory descriptor and never lead above
 * it. */
#include "kernel/sys/wasi.h"

#include "base/string.h"

/* A directory of the program and a path below it, both held. */
struct guest_path {
    struct file *dir;
    uint64_t inheriting; /* rights for what is opened through it */
    char *text;
    uint32_t len;
    struct vfs_path path;
};

static int path_get(struct wasm_instance *i, uint32_t fd, uint64_t rights, guest_t path,
                    uint32_t len, struct guest_path *out)
{
    uint64_t base;
    int err = wasi__file(i, fd, 0, &out->dir);
    if (err)
        return err;
    err = out->dir->vnode->type == VNODE_DIR ? 0 : -ENOTDIR;
    if (!err)
        err = fd_rights(program_of(i)->process->fds, (int)fd, &base, &out->inheriting);
    if (!err && (rights & ~base))
        err = -ENOTCAPABLE;
    if (!err)
        err = guest_text(i, path, len, &out->text);
    if (err) {
        file_put(out->dir);
        return err;
    }
    out->len = len;
    out->path = (struct vfs_path){out->dir->vnode, out->text, len, WALK_BENEATH | WALK_NOFOLLOW};
    return 0;
}

static void path_put(struct guest_path *p)
{
    guest_text_free(p->text, p->len);
    file_put(p->dir);
}

static int lookup_flags(struct guest_path *p, uint32_t lookup)
{
    if (lookup & ~(uint32_t)WASI_LOOKUP_FOLLOW)
        return -EINVAL;
    if (lookup & WASI_LOOKUP_FOLLOW)
        p->path.walk_flags &= ~(unsigned)WALK_NOFOLLOW;
    return 0;
}

int32_t wasi_path_create_directory(struct wasm_instance *i, u32 fd, guest_t path, u32 len)
{
    struct guest_path p;
    int err = path_get(i, fd, RIGHT_PATH_CREATE_DIRECTORY, path, len, &p);
    if (!err) {
        err = vfs_mkdir(&p.path);
        path_put(&p);
    }
    return sys_result(i, err);
}

/* Finds the vnode a path names. */
static int find(struct guest_path *p, uint32_t lookup, struct vnode **out)
{
    struct walk w = {0};
    int err = lookup_flags(p, lookup);
    if (!err)
        err = path_walk(p->path.base, p->path.text, p->path.len, p->path.walk_flags, &w);
    *out = w.vnode;
    return err;
}

int32_t wasi_path_filestat_get(struct wasm_instance *i, u32 fd, u32 lookup, guest_t path, u32 len,
                               guest_t out)
{
    struct guest_path p;
    struct vnode *v;
    struct vnode_stat st;
    struct wasi_filestat wire;
    int err = path_get(i, fd, RIGHT_PATH_FILESTAT_GET, path, len, &p);
    if (err)
        return sys_result(i, err);
    err = find(&p, lookup, &v);
    path_put(&p);
    if (err)
        return sys_result(i, err);
    err = vnode_stat(v, &st);
    vnode_put(v);
    if (!err) {
        wasi__filestat_fill(&wire, &st);
        err = guest_put(i, out, &wire, sizeof(wire));
    }
    return sys_result(i, err);
}

int32_t wasi_path_filestat_set_times(struct wasm_instance *i, u32 fd, u32 lookup, guest_t path,
                                     u32 len, u64 atime_ns, u64 mtime_ns, u32 flags)
{
    struct guest_path p;
    struct vnode *v;
    int err = path_get(i, fd, RIGHT_PATH_FILESTAT_SET_TIMES, path, len, &p);
    if (err)
        return sys_result(i, err);
    err = wasi__times(&atime_ns, &mtime_ns, flags);
    if (!err)
        err = find(&p, lookup, &v);
    path_put(&p);
    if (!err) {
        err = vnode_set_times(v, atime_ns, mtime_ns);
        vnode_put(v);
    }
    return sys_result(i, err);
}

int32_t wasi_path_link(struct wasm_instance *i, u32 old_fd, u32 lookup, guest_t old_path,
                       u32 old_len, u32 new_fd, guest_t new_path, u32 new_len)
{
    struct guest_path from, to;
    int err = path_get(i, old_fd, RIGHT_PATH_LINK_SOURCE, old_path, old_len, &from);
    if (err)
        return sys_result(i, err);
    err = path_get(i, new_fd, RIGHT_PATH_LINK_TARGET, new_path, new_len, &to);
    if (!err) {
        err = lookup_flags(&from, lookup);
        if (!err)
            err = vfs_link(&from.path, &to.path);
        path_put(&to);
    }
    path_put(&from);
    return sys_result(i, err);
}

int32_t wasi_path_rename(struct wasm_instance *i, u32 fd, guest_t old_path, u32 old_len, u32 new_fd,
                         guest_t new_path, u32 new_len)
{
    struct guest_path from, to;
    int err = path_get(i, fd, RIGHT_PATH_RENAME_SOURCE, old_path, old_len, &from);
    if (err)
        return sys_result(i, err);
    err = path_get(i, new_fd, RIGHT_PATH_RENAME_TARGET, new_path, new_len, &to);
    if (!err) {
        err = vfs_rename(&from.path, &to.path);
        path_put(&to);
    }
    path_put(&from);
    return sys_result(i, err);
}

int32_t wasi_path_readlink(struct wasm_instance *i, u32 fd, guest_t path, u32 len, guest_t buf,
                           u32 buf_len, guest_t out_len)
{
    struct guest_path p;
    struct vnode *v;
    int64_t n = path_get(i, fd, RIGHT_PATH_READLINK, path, len, &p);
    if (n)
        return sys_result(i, n);
    char *at = guest_at(i, buf, buf_len);
    n = at ? guest_check(i, out_len, sizeof(uint32_t)) : -EFAULT;
    if (!n)
        n = find(&p, 0, &v);
    path_put(&p);
    if (n)
        return sys_result(i, n);
    n = vnode_readlink(v, at, buf_len);
    vnode_put(v);
    if (n >= 0)
        n = guest_put_u32(i, out_len, (uint32_t)n);
    return sys_result(i, n);
}

static int32_t unlink_path(struct wasm_instance *i, uint32_t fd, uint64_t rights, guest_t path,
                           uint32_t len, bool directory)
{
    struct guest_path p;
    int err = path_get(i, fd, rights, path, len, &p);
    if (!err) {
        err = vfs_unlink(&p.path, directory);
        path_put(&p);
    }
    return sys_result(i, err);
}

int32_t wasi_path_remove_directory(struct wasm_instance *i, u32 fd, guest_t path, u32 len)
{
    return unlink_path(i, fd, RIGHT_PATH_REMOVE_DIRECTORY, path, len, true);
}

int32_t wasi_path_unlink_file(struct wasm_instance *i, u32 fd, guest_t path, u32 len)
{
    return unlink_path(i, fd, RIGHT_PATH_UNLINK_FILE, path, len, false);
}

int32_t wasi_path_symlink(struct wasm_instance *i, guest_t target, u32 target_len, u32 fd,
                          guest_t path, u32 len)
{
    struct guest_path p;
    char *text;
    int err = path_get(i, fd, RIGHT_PATH_SYMLINK, path, len, &p);
    if (err)
        return sys_result(i, err);
    err = guest_text(i, target, target_len, &text);
    if (!err) {
        /* WASI: an absolute target would lead out of the sandbox; under `/` it stays inside. */
        if (text[0] == '/' && p.path.base != vfs_root())
            err = -ENOTCAPABLE;
        else
            err = vfs_symlink(text, &p.path);
        guest_text_free(text, target_len);
    }
    path_put(&p);
    return sys_result(i, err);
}

/* ---- path_open ---- */

enum { OFLAGS_ALL = OPEN_CREATE | OPEN_DIRECTORY | OPEN_EXCLUSIVE | OPEN_TRUNCATE };

struct open_args {
    uint32_t oflags;
    uint64_t rights, inheriting;
    uint32_t fdflags;
};

static uint64_t rights_to_open(uint32_t oflags)
{
    return RIGHT_PATH_OPEN | (oflags & OPEN_CREATE ? RIGHT_PATH_CREATE_FILE : 0) |
           (oflags & OPEN_TRUNCATE ? RIGHT_PATH_FILESTAT_SET_SIZE : 0);
}

/* Opens and makes a descriptor. A descriptor never gets rights that mean nothing for its kind of
 * file; of the others, more than the directory passes on is refused. What is opened, and so which
 * rights apply, is known only after the walk: with neither `create` nor `truncate` nothing has
 * happened by then, otherwise the file is regular and the check is made before. */
static int64_t open_path(struct wasm_instance *i, struct guest_path *p, const struct open_args *a)
{
    struct vnode *v;
    struct file *f;
    uint64_t beyond = (a->rights | a->inheriting) & RIGHTS_ALL & ~p->inheriting;
    const struct vnode regular = {.type = VNODE_REG, .seekable = true};
    if ((a->oflags & (OPEN_CREATE | OPEN_TRUNCATE)) && (a->rights & beyond & rights_base(&regular)))
        return -ENOTCAPABLE;
    int64_t r = fd_available(program_of(i)->process->fds);
    if (!r)
        r = vfs_open(&p->path, a->oflags, &v);
    if (r)
        return r;
    uint64_t base = a->rights & rights_base(v), inheriting = a->inheriting & rights_inheriting(v);
    bool write_dir = v->type == VNODE_DIR && (a->rights & RIGHT_FD_WRITE);
    r = write_dir ? -EISDIR : (base | inheriting) & beyond ? -ENOTCAPABLE : 0;
    if (!r)
        r = file_create(v, (uint16_t)a->fdflags, base, inheriting, &f);
    vnode_put(v);
    if (r)
        return r;
    r = fd_install(program_of(i)->process->fds, f, 0);
    file_put(f);
    return r;
}

int32_t wasi_path_open(struct wasm_instance *i, u32 fd, u32 lookup, guest_t path, u32 len,
                       u32 oflags, u64 rights, u64 inheriting, u32 fdflags, guest_t out_fd)
{
    struct guest_path p;
    struct open_args a = {oflags, rights, inheriting, fdflags};
    if ((oflags & ~(uint32_t)OFLAGS_ALL) || (fdflags & ~(uint32_t)FDFLAGS_ALL))
        return sys_result(i, -EINVAL);
    int64_t r = path_get(i, fd, rights_to_open(oflags), path, len, &p);
    if (r)
        return sys_result(i, r);
    r = lookup_flags(&p, lookup);
    if (!r)
        r = guest_check(i, out_fd, sizeof(uint32_t));
    if (!r)
        r = open_path(i, &p, &a);
    path_put(&p);
    if (r >= 0)
        r = guest_put_u32(i, out_fd, (uint32_t)r);
    return sys_result(i, r);
}
