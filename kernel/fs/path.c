/* Path walking: one loop over components, with a stack of texts instead of recursion for symbolic
 * links. */
#include "kernel/fs/path.h"

#include "base/string.h"
#include "kernel/mm/heap.h"

struct segment {
    const char *at, *end;
    char *owned; /* a link's target, VFS_PATH_MAX + 1 bytes; NULL for the caller's path */
};

struct component {
    const char *name;
    size_t len;
    bool last;  /* nothing but slashes follows */
    bool slash; /* and there is at least one */
};

struct walker {
    struct vnode *base, *cur; /* cur: a reference of ours */
    unsigned flags, links;
    unsigned depth; /* of cur below base; counted for WALK_BENEATH */
    unsigned nsegments;
    struct segment segments[VFS_SYMLINK_MAX + 1];
};

static struct vnode *cross_mounts(struct vnode *v)
{
    while (v->mounted) {
        struct vnode *m = vnode_get(v->mounted);
        vnode_put(v);
        v = m;
    }
    return v;
}

/* The directory above v, which stays the caller's; the root's is itself. */
static int parent_of(struct vnode *v, struct vnode **out)
{
    while (v != vfs_root() && v->covered)
        v = v->covered;
    if (v == vfs_root()) {
        *out = vnode_get(v);
        return 0;
    }
    int err = v->ops->lookup ? v->ops->lookup(v, "..", 2, out) : -ENOENT;
    if (!err)
        *out = cross_mounts(*out);
    return err;
}

static void cur_set(struct walker *w, struct vnode *v)
{
    vnode_put(w->cur);
    w->cur = v;
}

/* Is `base` exactly `depth` levels above v? Guards against directories that are moved away during a
 * walk. */
static bool is_below(struct vnode *base, struct vnode *v, unsigned depth)
{
    vnode_get(v);
    for (; depth; depth--) {
        struct vnode *up;
        int err = parent_of(v, &up);
        vnode_put(v);
        if (err)
            return false;
        v = up;
    }
    vnode_put(v);
    return v == base;
}

static int step_up(struct walker *w)
{
    struct vnode *up;
    bool beneath = w->flags & WALK_BENEATH;
    if (beneath && w->depth == 0)
        return -ENOTCAPABLE;
    int err = parent_of(w->cur, &up);
    if (err)
        return err;
    if (beneath) {
        w->depth--;
        if (w->base != vfs_root() && !is_below(w->base, up, w->depth)) {
            vnode_put(up);
            return -ENOTCAPABLE;
        }
    }
    cur_set(w, up);
    return 0;
}

static void pop_segment(struct walker *w)
{
    struct segment *s = &w->segments[--w->nsegments];
    kfree(s->owned, VFS_PATH_MAX + 1);
}

static const char *skip_slashes(const char *p, const char *end)
{
    while (p < end && *p == '/')
        p++;
    return p;
}

/* 1 and the next component, or 0 at the end of everything. */
static int next_component(struct walker *w, struct component *c)
{
    struct segment *s;
    for (;;) {
        s = &w->segments[w->nsegments - 1];
        s->at = skip_slashes(s->at, s->end);
        if (s->at < s->end)
            break;
        if (w->nsegments == 1)
            return 0;
        pop_segment(w);
    }
    c->name = s->at;
    while (s->at < s->end && *s->at != '/')
        s->at++;
    c->len = (size_t)(s->at - c->name);
    c->slash = false;
    c->last = true;
    for (unsigned i = 0; i < w->nsegments && c->last; i++) {
        s = &w->segments[i];
        c->slash |= s->at < s->end;
        c->last = skip_slashes(s->at, s->end) == s->end;
    }
    return 1;
}

/* Continues with the text of the symbolic link `link`, relative to where we are. */
static int follow(struct walker *w, struct vnode *link)
{
    if (++w->links > VFS_SYMLINK_MAX)
        return -ELOOP;
    char *text = kalloc(VFS_PATH_MAX + 1);
    if (!text)
        return -ENOMEM;
    int64_t n = vnode_readlink(link, text, VFS_PATH_MAX + 1);
    int err = n < 0 ? (int)n : n > VFS_PATH_MAX ? -ENAMETOOLONG : n == 0 ? -ENOENT : 0;
    if (!err && text[0] == '/') {
        if ((w->flags & WALK_BENEATH) && w->base != vfs_root())
            err = -ENOTCAPABLE;
        else
            cur_set(w, vnode_get(vfs_root()));
        w->depth = 0;
    }
    if (err) {
        kfree(text, VFS_PATH_MAX + 1);
        return err;
    }
    assert(w->nsegments <= VFS_SYMLINK_MAX);
    w->segments[w->nsegments++] = (struct segment){text, text + n, text};
    return 0;
}

static bool is_name(const struct component *c, const char *name)
{
    return c->len == strlen(name) && !memcmp(c->name, name, c->len);
}

/* One component that is neither `.` nor `..`. */
static int step_down(struct walker *w, const struct component *c)
{
    struct vnode *v;
    if (c->len > VFS_NAME_MAX)
        return -ENAMETOOLONG;
    if (!w->cur->ops->lookup)
        return -ENOTDIR;
    int err = w->cur->ops->lookup(w->cur, c->name, c->len, &v);
    if (err)
        return err;
    v = cross_mounts(v);
    if (v->type == VNODE_LINK && (!c->last || c->slash || !(w->flags & WALK_NOFOLLOW))) {
        err = follow(w, v);
        vnode_put(v);
        return err;
    }
    cur_set(w, v);
    w->depth++;
    return 0;
}

static int step(struct walker *w, const struct component *c)
{
    if (is_name(c, "."))
        return 0;
    if (is_name(c, ".."))
        return step_up(w);
    return step_down(w, c);
}

static int walk_start(struct walker *w, struct vnode *base, const char *path, size_t len)
{
    if (len == 0)
        return -ENOENT;
    if (len > VFS_PATH_MAX)
        return -ENAMETOOLONG;
    if (memchr(path, 0, len))
        return -EINVAL;
    if (path[0] == '/' && (w->flags & WALK_BENEATH))
        return -ENOTCAPABLE;
    w->cur = cross_mounts(vnode_get(path[0] == '/' ? vfs_root() : base));
    w->base = w->cur; /* alive as long as the caller's base */
    w->nsegments = 1;
    w->segments[0] = (struct segment){path, path + len, NULL};
    return 0;
}

/* On success the reference in w->cur is the caller's. `mode`: walk to the end, stop at the last
 * component (PARENT), or stop there only if it does not exist (CREATE; then *missing). */
enum walk_mode { WALK_MODE_FULL, WALK_MODE_PARENT, WALK_MODE_CREATE };

static int walk_loop(struct walker *w, enum walk_mode mode, struct component *c, bool *missing)
{
    bool must_be_dir = false;
    *missing = false;
    *c = (struct component){".", 1, true, true};
    while (next_component(w, c)) {
        if (w->cur->type != VNODE_DIR)
            return -ENOTDIR;
        must_be_dir = c->last && c->slash;
        if (c->last && mode == WALK_MODE_PARENT)
            return c->len > VFS_NAME_MAX ? -ENAMETOOLONG : 0;
        int err = step(w, c);
        if (err == -ENOENT && c->last && mode == WALK_MODE_CREATE && !is_name(c, "..")) {
            *missing = true;
            return 0;
        }
        if (err)
            return err;
    }
    return must_be_dir && w->cur->type != VNODE_DIR ? -ENOTDIR : 0;
}

/* Frees what the walk owns; on failure also its place. */
static void walk_end(struct walker *w, int err)
{
    while (w->nsegments)
        pop_segment(w);
    if (err)
        vnode_put(w->cur);
}

int path_walk(struct vnode *base, const char *path, size_t len, unsigned flags, struct walk *out)
{
    struct walker w = {.flags = flags};
    struct component c;
    bool missing;
    int err = walk_start(&w, base, path, len);
    if (err)
        return err;
    err = walk_loop(&w, flags & WALK_PARENT ? WALK_MODE_PARENT : WALK_MODE_FULL, &c, &missing);
    if (!err)
        *out = flags & WALK_PARENT ? (struct walk){w.cur, c.name, c.len, c.slash}
                                   : (struct walk){.vnode = w.cur, .must_be_dir = c.slash};
    walk_end(&w, err);
    return err;
}

int path__walk_create(const struct vfs_path *p, struct walk_create *out)
{
    struct walker w = {.flags = p->walk_flags};
    struct component c;
    int err = walk_start(&w, p->base, p->text, p->len);
    if (err)
        return err;
    err = walk_loop(&w, WALK_MODE_CREATE, &c, &out->missing);
    if (!err) {
        out->vnode = w.cur;
        out->must_be_dir = c.slash;
        out->len = 0;
    }
    if (!err && out->missing) { /* otherwise the text that c.name is in may be gone */
        out->len = c.len;
        memcpy(out->name, c.name, c.len);
    }
    walk_end(&w, err);
    return err;
}
