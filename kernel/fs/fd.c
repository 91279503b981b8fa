/* Open files and the descriptors of a process. */
#include "kernel/fs/fd.h"

#include "base/string.h"
#include "kernel/core/spinlock.h"
#include "kernel/mm/heap.h"

/* ---- descriptions ---- */

enum {
    RIGHTS_STREAM = RIGHT_FD_READ | RIGHT_FD_WRITE | RIGHT_FDSTAT_SET_FLAGS |
                    RIGHT_FD_FILESTAT_GET | RIGHT_POLL_FD_READWRITE,
    RIGHTS_FILE = RIGHTS_STREAM | RIGHT_FD_DATASYNC | RIGHT_FD_SEEK | RIGHT_FD_SYNC |
                  RIGHT_FD_TELL | RIGHT_FD_ADVISE | RIGHT_FD_ALLOCATE | RIGHT_FD_FILESTAT_SET_SIZE |
                  RIGHT_FD_FILESTAT_SET_TIMES,
    RIGHTS_PATH = RIGHT_PATH_CREATE_DIRECTORY | RIGHT_PATH_CREATE_FILE | RIGHT_PATH_LINK_SOURCE |
                  RIGHT_PATH_LINK_TARGET | RIGHT_PATH_OPEN | RIGHT_FD_READDIR |
                  RIGHT_PATH_READLINK | RIGHT_PATH_RENAME_SOURCE | RIGHT_PATH_RENAME_TARGET |
                  RIGHT_PATH_FILESTAT_GET | RIGHT_PATH_FILESTAT_SET_SIZE |
                  RIGHT_PATH_FILESTAT_SET_TIMES | RIGHT_PATH_SYMLINK | RIGHT_PATH_REMOVE_DIRECTORY |
                  RIGHT_PATH_UNLINK_FILE,
    RIGHTS_DIR = RIGHTS_PATH | RIGHT_FDSTAT_SET_FLAGS | RIGHT_FD_SYNC | RIGHT_FD_DATASYNC |
                 RIGHT_FD_ADVISE | RIGHT_FD_FILESTAT_GET | RIGHT_FD_FILESTAT_SET_TIMES |
                 RIGHT_POLL_FD_READWRITE,
};

uint64_t rights_base(const struct vnode *v)
{
    if (v->type == VNODE_DIR)
        return RIGHTS_DIR;
    return v->seekable ? RIGHTS_FILE : RIGHTS_STREAM;
}

uint64_t rights_inheriting(const struct vnode *v)
{
    return v->type == VNODE_DIR ? RIGHTS_ALL : 0;
}

int file_create(struct vnode *v, uint16_t flags, uint64_t rights, uint64_t inheriting,
                struct file **out)
{
    struct file *f = KNEW(struct file);
    if (!f)
        return -ENOMEM;
    *f = (struct file){.vnode = vnode_get(v),
                       .refs = 1,
                       .flags = flags,
                       .rights = rights,
                       .rights_inheriting = inheriting};
    mutex_init(&f->lock);
    *out = f;
    return 0;
}

struct file *file_get(struct file *f)
{
    uint32_t before = __atomic_fetch_add(&f->refs, 1, __ATOMIC_RELAXED);
    assert(before != 0 && before != UINT32_MAX);
    return f;
}

void file_put(struct file *f)
{
    if (__atomic_sub_fetch(&f->refs, 1, __ATOMIC_ACQ_REL))
        return;
    vnode_put(f->vnode);
    if (f->preopen)
        kfree(f->preopen, strlen(f->preopen) + 1);
    kfree(f, sizeof(*f));
}

int file_preopen(struct file *f, const char *guest_path)
{
    size_t size = strlen(guest_path) + 1;
    assert(!f->preopen);
    f->preopen = kalloc(size);
    if (!f->preopen)
        return -ENOMEM;
    memcpy(f->preopen, guest_path, size);
    return 0;
}

/* ---- reading and writing ---- */

/* Goes on until something comes short: what was done so far counts, an error only if nothing was.
 */
static int64_t transfer(struct vnode *v, const struct iovec *iov, unsigned niov, uint64_t offset,
                        bool write)
{
    int64_t done = 0;
    for (unsigned i = 0; i < niov; i++) {
        if (!iov[i].len)
            continue;
        uint64_t at = offset + (uint64_t)done;
        int64_t n = write ? vnode_write(v, iov[i].base, iov[i].len, at)
                          : vnode_read(v, iov[i].base, iov[i].len, at);
        if (n < 0)
            return done ? done : n;
        done += n;
        if ((size_t)n < iov[i].len)
            break;
        /* A stream may have no more; asking again could block although something was read. */
        if (!write && !v->seekable && !(vnode_poll(v, POLL_READ) & POLL_READ))
            break;
    }
    return done;
}

/* Even an empty transfer says whether the vnode can do it at all. */
static int64_t transfer_checked(struct vnode *v, const struct iovec *iov, unsigned niov,
                                uint64_t offset, bool write)
{
    int64_t able = write ? vnode_write(v, "", 0, 0) : vnode_read(v, NULL, 0, 0);
    return able < 0 ? able : transfer(v, iov, niov, offset, write);
}

static bool would_block(const struct file *f, unsigned events)
{
    return (f->flags & FDFLAG_NONBLOCK) && !f->vnode->seekable &&
           !(vnode_poll(f->vnode, events) & (events | POLL_HANGUP));
}

/* A stream may take less than it is given: goes on until it has all, or would block where it must
 * not.
 */
static int64_t write_stream(struct file *f, const struct iovec *iov, unsigned niov)
{
    int64_t done = 0, able = vnode_write(f->vnode, "", 0, 0);
    if (able < 0)
        return able;
    for (unsigned i = 0; i < niov; i++) {
        const char *from = iov[i].base;
        for (size_t left = iov[i].len; left;) {
            int64_t n = would_block(f, POLL_WRITE) ? -EAGAIN : vnode_write(f->vnode, from, left, 0);
            if (n <= 0)
                return done ? done : n;
            done += n;
            from += n;
            left -= (size_t)n;
        }
    }
    return done;
}

int64_t file_readv(struct file *f, const struct iovec *iov, unsigned niov)
{
    if (would_block(f, POLL_READ))
        return -EAGAIN;
    if (!f->vnode->seekable)
        return transfer_checked(f->vnode, iov, niov, 0, false);
    mutex_lock(&f->lock);
    int64_t n = transfer_checked(f->vnode, iov, niov, f->offset, false);
    f->offset += n > 0 ? (uint64_t)n : 0;
    mutex_unlock(&f->lock);
    return n;
}

int64_t file_writev(struct file *f, const struct iovec *iov, unsigned niov)
{
    if (!f->vnode->seekable)
        return write_stream(f, iov, niov);
    mutex_lock(&f->lock);
    if (f->flags & FDFLAG_APPEND) {
        struct vnode_stat st;
        if (vnode_stat(f->vnode, &st) == 0)
            f->offset = st.size;
    }
    int64_t n = transfer_checked(f->vnode, iov, niov, f->offset, true);
    f->offset += n > 0 ? (uint64_t)n : 0;
    mutex_unlock(&f->lock);
    return n;
}

int64_t file_write(struct file *f, const void *buf, size_t len)
{
    struct iovec iov = {(void *)(uintptr_t)buf, len};
    return file_writev(f, &iov, 1);
}

static int64_t at_offset(struct file *f, const struct iovec *iov, unsigned niov, uint64_t offset,
                         bool write)
{
    if (f->vnode->type == VNODE_DIR)
        return -EISDIR;
    if (!f->vnode->seekable)
        return -ESPIPE;
    if (offset > INT64_MAX)
        return -EINVAL;
    return transfer_checked(f->vnode, iov, niov, offset, write);
}

int64_t file_preadv(struct file *f, const struct iovec *iov, unsigned niov, uint64_t offset)
{
    return at_offset(f, iov, niov, offset, false);
}

int64_t file_pwritev(struct file *f, const struct iovec *iov, unsigned niov, uint64_t offset)
{
    return at_offset(f, iov, niov, offset, true);
}

int64_t file_seek(struct file *f, int64_t delta, unsigned whence)
{
    struct vnode_stat st = {0};
    int64_t offset;
    if (!f->vnode->seekable)
        return -ESPIPE;
    if (whence > 2)
        return -EINVAL;
    mutex_lock(&f->lock);
    int64_t err = whence == 2 ? vnode_stat(f->vnode, &st) : 0;
    int64_t from = whence == 0 ? 0 : whence == 1 ? (int64_t)f->offset : (int64_t)st.size;
    if (!err && __builtin_add_overflow(from, delta, &offset))
        err = -EOVERFLOW;
    else if (!err && offset < 0)
        err = -EINVAL;
    if (!err)
        f->offset = (uint64_t)offset;
    mutex_unlock(&f->lock);
    return err ? err : offset;
}

/* ---- descriptors ---- */

struct slot {
    struct file *file;
    uint64_t rights, inheriting;
};

struct fd_table {
    struct spinlock lock;
    struct slot *slots; /* guarded by lock, with cap */
    unsigned cap;
};

enum { FD_CAP_FIRST = 8 };

int fd_table_create(struct fd_table **out)
{
    struct fd_table *t = KNEW(struct fd_table);
    if (!t)
        return -ENOMEM;
    t->slots = kalloc(FD_CAP_FIRST * sizeof(*t->slots));
    if (!t->slots) {
        kfree(t, sizeof(*t));
        return -ENOMEM;
    }
    t->cap = FD_CAP_FIRST;
    *out = t;
    return 0;
}

void fd_table_destroy(struct fd_table *t)
{
    if (!t)
        return;
    for (unsigned i = 0; i < t->cap; i++)
        if (t->slots[i].file)
            file_put(t->slots[i].file);
    kfree(t->slots, t->cap * sizeof(*t->slots));
    kfree(t, sizeof(*t));
}

/* Doubles a table that still has `cap` slots. */
static int table_grow(struct fd_table *t, unsigned cap)
{
    if (cap >= FD_MAX)
        return -EMFILE;
    struct slot *bigger = kalloc(2 * cap * sizeof(*bigger)), *drop = bigger;
    size_t drop_cap = 2 * cap;
    if (!bigger)
        return -ENOMEM;
    arch_irq_t irq = spin_lock(&t->lock);
    if (t->cap == cap) {
        memcpy(bigger, t->slots, cap * sizeof(*bigger));
        drop = t->slots;
        drop_cap = cap;
        t->slots = bigger;
        t->cap = 2 * cap;
    }
    spin_unlock(&t->lock, irq);
    kfree(drop, drop_cap * sizeof(*drop));
    return 0;
}

/* The lowest free slot from min on; `cap` or above if there is none. The table's lock is held. */
static unsigned first_free(const struct fd_table *t, unsigned min)
{
    while (min < t->cap && t->slots[min].file)
        min++;
    return min;
}

int fd_install(struct fd_table *t, struct file *f, int min)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&t->lock);
        unsigned cap = t->cap, i = first_free(t, (unsigned)min);
        if (i < cap)
            t->slots[i] = (struct slot){file_get(f), f->rights, f->rights_inheriting};
        spin_unlock(&t->lock, irq);
        if (i < cap)
            return (int)i;
        int err = table_grow(t, cap);
        if (err)
            return err;
    }
}

int fd_available(struct fd_table *t)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&t->lock);
        unsigned cap = t->cap, i = first_free(t, 0);
        spin_unlock(&t->lock, irq);
        if (i < cap)
            return 0;
        int err = table_grow(t, cap);
        if (err)
            return err;
    }
}

/* The slot, or NULL if it is free; the table's lock is held. */
static struct slot *slot_of(struct fd_table *t, int fd)
{
    assert(spin_held(&t->lock));
    if (fd < 0 || (unsigned)fd >= t->cap || !t->slots[fd].file)
        return NULL;
    return &t->slots[fd];
}

int fd_get_rights(struct fd_table *t, int fd, uint64_t rights, struct file **out)
{
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *s = slot_of(t, fd);
    int err = !s ? -EBADF : rights & ~s->rights ? -ENOTCAPABLE : 0;
    if (!err)
        *out = file_get(s->file);
    spin_unlock(&t->lock, irq);
    return err;
}

int fd_get(struct fd_table *t, int fd, struct file **out)
{
    return fd_get_rights(t, fd, 0, out);
}

int fd_rights(struct fd_table *t, int fd, uint64_t *out_rights, uint64_t *out_inheriting)
{
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *s = slot_of(t, fd);
    if (s) {
        *out_rights = s->rights;
        *out_inheriting = s->inheriting;
    }
    spin_unlock(&t->lock, irq);
    return s ? 0 : -EBADF;
}

int fd_rights_set(struct fd_table *t, int fd, uint64_t rights, uint64_t inheriting)
{
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *s = slot_of(t, fd);
    int err = !s                                                      ? -EBADF
              : (rights & ~s->rights) | (inheriting & ~s->inheriting) ? -ENOTCAPABLE
                                                                      : 0;
    if (!err) {
        s->rights = rights;
        s->inheriting = inheriting;
    }
    spin_unlock(&t->lock, irq);
    return err;
}

int fd_close(struct fd_table *t, int fd)
{
    struct file *f = NULL;
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *s = slot_of(t, fd);
    if (s) {
        f = s->file;
        *s = (struct slot){0};
    }
    spin_unlock(&t->lock, irq);
    if (!f)
        return -EBADF;
    file_put(f);
    return 0;
}

int fd_renumber(struct fd_table *t, int from, int to)
{
    struct file *closed = NULL;
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *a = slot_of(t, from), *b = slot_of(t, to);
    if (a && b && a != b) {
        closed = b->file;
        *b = *a;
        *a = (struct slot){0};
    }
    spin_unlock(&t->lock, irq);
    if (!a || !b)
        return -EBADF;
    if (closed)
        file_put(closed);
    return 0;
}

/* Makes room for descriptor `to`: 0, -EMFILE beyond what a table may hold, -ENOMEM. */
static int table_reach(struct fd_table *t, int to)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&t->lock);
        unsigned cap = t->cap;
        spin_unlock(&t->lock, irq);
        int err = (unsigned)to < cap ? 0 : table_grow(t, cap);
        if (err || (unsigned)to < cap)
            return err;
    }
}

int fd_dup(struct fd_table *t, int fd, int min)
{
    if (min < 0 || min >= FD_MAX)
        return -EINVAL;
    for (;;) {
        arch_irq_t irq = spin_lock(&t->lock);
        struct slot *s = slot_of(t, fd);
        unsigned cap = t->cap, i = first_free(t, (unsigned)min);
        if (s && i < cap)
            t->slots[i] = (struct slot){file_get(s->file), s->rights, s->inheriting};
        spin_unlock(&t->lock, irq);
        if (!s || i < cap)
            return s ? (int)i : -EBADF;
        int err = table_grow(t, cap);
        if (err)
            return err;
    }
}

int fd_dup_to(struct fd_table *t, int fd, int to)
{
    struct file *closed = NULL;
    int err = to < 0 || to >= FD_MAX ? -EBADF : table_reach(t, to);
    if (err)
        return err;
    arch_irq_t irq = spin_lock(&t->lock);
    struct slot *s = slot_of(t, fd);
    if (s && fd != to) {
        closed = t->slots[to].file;
        t->slots[to] = (struct slot){file_get(s->file), s->rights, s->inheriting};
    }
    spin_unlock(&t->lock, irq);
    if (closed)
        file_put(closed);
    return s ? 0 : -EBADF;
}

/* ---- inheritance ---- */

/* What a child gets for a descriptor of its parent; *out is the caller's. */
static int file_for_child(struct fd_table *from, int fd, struct file **out)
{
    struct file *f;
    uint64_t rights = 0, inheriting = 0;
    int err = fd_get(from, fd, &f);
    if (err)
        return err;
    err = fd_rights(from, fd, &rights, &inheriting);
    if (!err && f->vnode->seekable && f->rights == rights) {
        *out = f;
        return 0;
    }
    if (!err)
        err = file_create(f->vnode, f->flags & FDFLAG_APPEND, rights, inheriting, out);
    if (!err && f->preopen) {
        err = file_preopen(*out, f->preopen);
        if (err)
            file_put(*out);
    }
    file_put(f);
    return err;
}

/* Puts the parent's `fd` at exactly `to`: -EBADF, -EBUSY if there is something already. */
static int inherit_at(struct fd_table *from, struct fd_table *t, int fd, int to)
{
    struct file *f;
    int err = to < 0 || to >= FD_MAX ? -EBADF : file_for_child(from, fd, &f);
    if (err)
        return err;
    int at = fd_install(t, f, to);
    file_put(f);
    return at < 0 ? at : at == to ? 0 : -EBUSY;
}

static bool is_preopened(struct fd_table *t, int fd)
{
    struct file *f;
    if (fd_get(t, fd, &f))
        return false;
    bool yes = f->preopen != NULL;
    file_put(f);
    return yes;
}

/* The preopened directories, from FD_PREOPEN_FIRST on without gaps: there programs look for them.
 */
static int inherit_preopened(struct fd_table *from, struct fd_table *t)
{
    int err = 0, to = FD_PREOPEN_FIRST;
    for (int fd = FD_PREOPEN_FIRST; fd < FD_MAX && !err; fd++)
        if (is_preopened(from, fd))
            err = inherit_at(from, t, fd, to++);
    return err;
}

static int inherit_std(struct fd_table *from, struct fd_table *t)
{
    for (int fd = 0; fd < FD_PREOPEN_FIRST; fd++) {
        int err = inherit_at(from, t, fd, fd);
        if (err && err != -EBADF)
            return err;
    }
    return 0;
}

int fd_table_inherit(struct fd_table *from, const struct fd_map *map, struct fd_table **out)
{
    struct fd_table *t = NULL;
    int err = fd_table_create(&t);
    if (!err)
        err = inherit_preopened(from, t);
    if (!err && !map)
        err = inherit_std(from, t);
    for (unsigned i = 0; map && i < map->count && !err; i++)
        err = inherit_at(from, t, map->at[i].from, map->at[i].to);
    if (err)
        fd_table_destroy(t);
    else
        *out = t;
    return err;
}
