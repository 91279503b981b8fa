/* The way back of --dir: compares the job's directories with the archive they came from, and sends
 * what is new, changed or gone (docs/exec.md, frames 4 and 5). A file is unchanged if it is still
 * the node that was unpacked under this name, and nothing has written to it. */
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/fs/ramfs.h"
#include "kernel/fs/tar.h"
#include "kernel/mm/heap.h"
#include "kernel/run/exec.h"

enum { SYNC_PIECE = 32 * 1024 };

static const char job_dir[] = "job/dir/";
static const char unchanged; /* its address as origin: compared and found equal */

struct gone {
    struct gone *next;
    size_t len;
    char path[];
};

/* A directory on the way down. */
struct level {
    struct level *up;
    struct vnode *dir;
    uint64_t cookie;
    size_t path_len;
};

struct sync {
    struct vnode *job;
    struct vnode *archive; /* device */
    struct gone *gone;
    struct level *top;
    size_t path_len;
    char path[VFS_PATH_MAX + 1]; /* N/… */
    uint8_t header[TAR_HEADER_MAX];
    char piece[SYNC_PIECE];
};

static int send(struct sync *s, const void *data, size_t len)
{
    int64_t n = vnode_write(s->archive, data, len, 0);
    return n < 0 ? (int)n : 0;
}

/* ---- what is gone ---- */

static enum vnode_type type_of(uint8_t tar_type)
{
    return tar_type == '5' ? VNODE_DIR : tar_type == '2' ? VNODE_LINK : VNODE_REG;
}

static int note_gone(struct sync *s, const char *path, size_t len)
{
    struct gone *g = kalloc(sizeof(*g) + len);
    if (!g)
        return -ENOMEM;
    g->len = len;
    memcpy(g->path, path, len);
    g->next = s->gone;
    s->gone = g;
    return 0;
}

static int compare_entry(struct sync *s, const struct tar_entry *e)
{
    struct walk w;
    struct vnode_stat st;
    size_t prefix = sizeof(job_dir) - 1, len = e->name.len;
    while (len && e->name.text[len - 1] == '/')
        len--;
    if (len <= prefix || memcmp(e->name.text, job_dir, prefix))
        return 0;
    const char *path = e->name.text + prefix;
    if (path_walk(s->job, e->name.text, len, WALK_NOFOLLOW, &w))
        return note_gone(s, path, len - prefix);
    int err = 0;
    bool linked = vnode_stat(w.vnode, &st) || (st.nlink > 1 && st.type != VNODE_DIR);
    if (w.vnode->type != type_of(e->type))
        err = note_gone(s, path, len - prefix);
    else if (ramfs_origin(w.vnode) == e->header && !linked)
        ramfs_origin_set(w.vnode, &unchanged);
    vnode_put(w.vnode);
    return err;
}

static int compare_archive(struct sync *s, const void *tar, size_t len)
{
    struct tar_reader r = {tar, (const uint8_t *)tar + len};
    struct tar_entry *e = KNEW(struct tar_entry);
    int err = e ? 1 : -ENOMEM;
    while (err > 0) {
        err = tar_next(&r, e);
        int failed = err > 0 ? compare_entry(s, e) : 0;
        if (failed)
            err = failed;
    }
    kfree(e, sizeof(*e));
    return err;
}

/* The list is in reverse order of the archive: what was in a directory comes before the directory.
 */
static void send_gone(struct sync *s)
{
    struct vnode *removed = device_vnode("link_removed");
    while (s->gone) {
        struct gone *g = s->gone;
        s->gone = g->next;
        if (removed && vnode_write(removed, g->path, g->len, 0) < 0)
            log_error("job: could not report a removal");
        kfree(g, sizeof(*g) + g->len);
    }
    if (removed)
        vnode_put(removed);
}

/* ---- what is new ---- */

static int send_content(struct sync *s, struct vnode *v, uint64_t size)
{
    int err = 0;
    for (uint64_t at = 0; at < size && !err;) {
        uint64_t want = min_u64(size - at, SYNC_PIECE);
        int64_t n = vnode_read(v, s->piece, want, at);
        if (n <= 0)
            memset(s->piece, 0, want); /* it became shorter: the header has promised */
        err = send(s, s->piece, n > 0 ? (size_t)n : want);
        at += n > 0 ? (uint64_t)n : want;
    }
    memset(s->piece, 0, TAR_BLOCK);
    size_t pad = align_up(size, TAR_BLOCK) - size;
    return err || !pad ? err : send(s, s->piece, pad);
}

static int send_node(struct sync *s, struct vnode *v)
{
    struct vnode_stat st;
    char *link = NULL;
    int64_t n = 0;
    int err = vnode_stat(v, &st);
    if (!err && v->type == VNODE_LINK) {
        n = vnode_readlink(v, s->piece, VFS_PATH_MAX);
        link = s->piece;
        err = n < 0 ? (int)n : 0;
        s->piece[n > 0 ? n : 0] = 0;
    }
    if (err)
        return err;
    err = send(s, s->header, tar_header(s->header, s->path, &st, link));
    if (!err && v->type == VNODE_REG)
        err = send_content(s, v, st.size);
    return err;
}

static int descend(struct sync *s, struct vnode *dir)
{
    struct level *l = KNEW(struct level);
    if (!l)
        return -ENOMEM;
    *l = (struct level){s->top, vnode_get(dir), 0, s->path_len};
    s->top = l;
    return 0;
}

static void ascend(struct sync *s)
{
    struct level *l = s->top;
    s->top = l->up;
    vnode_put(l->dir);
    kfree(l, sizeof(*l));
}

/* One entry of the directory we are in. 1: more, 0: the directory is done. */
static int visit_next(struct sync *s)
{
    struct dirent d;
    struct vnode *v;
    struct level *l = s->top;
    int r = vnode_readdir(l->dir, l->cookie, &d);
    if (r <= 0)
        return r;
    l->cookie = d.next;
    if (!strcmp(d.name, ".") || !strcmp(d.name, ".."))
        return 1;
    if (l->path_len + 1 + d.name_len > VFS_PATH_MAX)
        return -ENAMETOOLONG;
    if (l->dir->ops->lookup(l->dir, d.name, d.name_len, &v))
        return 1;
    s->path_len = l->path_len;
    if (s->path_len)
        s->path[s->path_len++] = '/';
    memcpy(s->path + s->path_len, d.name, d.name_len);
    s->path_len += d.name_len;
    s->path[s->path_len] = 0;
    int err = 0;
    bool top = l->up == NULL; /* the directories N themselves are foreman's */
    if (!top && ramfs_origin(v) != &unchanged)
        err = send_node(s, v);
    if (!err && v->type == VNODE_DIR)
        err = descend(s, v);
    vnode_put(v);
    return err ? err : 1;
}

static int send_tree(struct sync *s, struct vnode *dirs)
{
    s->path_len = 0;
    int r = descend(s, dirs);
    while (s->top && r >= 0) {
        r = visit_next(s);
        if (r == 0)
            ascend(s);
    }
    while (s->top)
        ascend(s);
    memset(s->piece, 0, 2 * TAR_BLOCK);
    return r < 0 ? r : send(s, s->piece, 2 * TAR_BLOCK);
}

static int sync_all(struct sync *s)
{
    struct walk w;
    int err = 0;
    if (path_walk(s->job, job_dir, sizeof(job_dir) - 1, 0, &w))
        return 0; /* no --dir */
    for (unsigned n = 0; n < arch_boot.nmodules && !err; n++)
        err = compare_archive(s, arch_boot.modules[n].data, arch_boot.modules[n].len);
    send_gone(s);
    if (!err)
        err = send_tree(s, w.vnode);
    vnode_put(w.vnode);
    return err;
}

void run__sync_dirs(struct vnode *job)
{
    struct sync *s = KNEW(struct sync);
    struct vnode *archive = device_vnode("link_archive");
    int err = -ENOMEM;
    if (s && archive) {
        s->job = job;
        s->archive = archive;
        err = sync_all(s);
    }
    if (err)
        log_error("job: the changes in --dir could not be sent: %s", errno_message(-err));
    if (archive)
        vnode_put(archive);
    kfree(s, sizeof(*s));
}
