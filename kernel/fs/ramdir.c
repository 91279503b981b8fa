/* Directories of the RAM file system: a hash table for look-ups, a list in the order of making for
 * listings. The file system's lock guards all names. Check everything, then act. */
#include "kernel/fs/ramnode.h"

#include "base/string.h"
#include "kernel/mm/heap.h"

enum { SLOTS_MIN = 8, COOKIE_DOT = 0, COOKIE_DOTDOT = 1, COOKIE_FIRST = 2 };

static uint32_t hash_name(const char *name, size_t len)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        h = (h ^ (uint8_t)name[i]) * 16777619u;
    return h ^ h >> 15;
}

static void lock(struct ramnode *n)
{
    mutex_lock(&n->fs->lock);
}
static void unlock(struct ramnode *n)
{
    mutex_unlock(&n->fs->lock);
}

static struct ramentry *find(struct ramdir *d, const char *name, size_t len)
{
    if (!d->nbuckets)
        return NULL;
    uint32_t h = hash_name(name, len);
    struct ramentry *e = d->buckets[h & (d->nbuckets - 1)];
    while (e && !(e->hash == h && e->len == len && !memcmp(e->name, name, len)))
        e = e->hash_next;
    return e;
}

/* Index of the first slot whose cookie is not below `cookie`. */
static uint32_t slot_search(const struct ramdir *d, uint64_t cookie)
{
    uint32_t lo = 0, hi = d->nslots;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->slots[mid].cookie < cookie)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void compact(struct ramdir *d)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->nslots; i++)
        if (d->slots[i].entry)
            d->slots[n++] = d->slots[i];
    d->nslots = n;
}

static void rehash(struct ramdir *d, struct ramentry **buckets, uint32_t n)
{
    for (uint32_t i = 0; i < d->nslots; i++) {
        struct ramentry *e = d->slots[i].entry;
        if (!e)
            continue;
        e->hash_next = buckets[e->hash & (n - 1)];
        buckets[e->hash & (n - 1)] = e;
    }
    kfree(d->buckets, d->nbuckets * sizeof(*d->buckets));
    d->buckets = buckets;
    d->nbuckets = n;
}

/* Room for one more entry. */
static int reserve(struct ramdir *d)
{
    if (d->nslots < d->slots_cap)
        return 0;
    if (d->nslots && d->nlive <= d->nslots / 2) {
        compact(d);
        return 0;
    }
    uint32_t cap = d->slots_cap ? d->slots_cap * 2 : SLOTS_MIN;
    struct ramslot *slots = kalloc(cap * sizeof(*slots));
    struct ramentry **buckets = kalloc(cap * sizeof(*buckets));
    if (!slots || !buckets) {
        kfree(slots, cap * sizeof(*slots));
        kfree(buckets, cap * sizeof(*buckets));
        return -ENOSPC;
    }
    memcpy(slots, d->slots, d->nslots * sizeof(*slots));
    kfree(d->slots, d->slots_cap * sizeof(*slots));
    d->slots = slots;
    d->slots_cap = cap;
    rehash(d, buckets, cap);
    return 0;
}

static struct ramentry *entry_new(const char *name, size_t len)
{
    struct ramentry *e = kalloc(sizeof(*e) + len);
    if (!e)
        return NULL;
    e->len = (uint8_t)len;
    e->hash = hash_name(name, len);
    memcpy(e->name, name, len);
    return e;
}

static void entry_free(struct ramentry *e)
{
    kfree(e, sizeof(*e) + e->len);
}

static void changed(struct ramnode *dir)
{
    mutex_lock(&dir->lock);
    dir->mtime_ns = dir->ctime_ns = arch_wall_ns();
    mutex_unlock(&dir->lock);
}

static void nlink_add(struct ramnode *n, int delta)
{
    mutex_lock(&n->lock);
    n->nlink += (uint64_t)(int64_t)delta;
    n->ctime_ns = arch_wall_ns();
    mutex_unlock(&n->lock);
}

/* Links e (whose node reference is the directory's now) where reserve() made room. */
static void insert(struct ramnode *dir, struct ramentry *e, struct ramnode *node)
{
    struct ramdir *d = &dir->dir;
    assert(d->nslots < d->slots_cap);
    if (d->next_cookie < COOKIE_FIRST)
        d->next_cookie = COOKIE_FIRST;
    e->node = node;
    e->cookie = d->next_cookie++;
    e->hash_next = d->buckets[e->hash & (d->nbuckets - 1)];
    d->buckets[e->hash & (d->nbuckets - 1)] = e;
    d->slots[d->nslots++] = (struct ramslot){e->cookie, e};
    d->nlive++;
    changed(dir);
}

/* Unlinks e; its node reference passes to the caller. */
static void take_out(struct ramnode *dir, struct ramentry *e)
{
    struct ramdir *d = &dir->dir;
    struct ramentry **at = &d->buckets[e->hash & (d->nbuckets - 1)];
    while (*at != e)
        at = &(*at)->hash_next;
    *at = e->hash_next;
    uint32_t i = slot_search(d, e->cookie);
    assert(i < d->nslots && d->slots[i].entry == e);
    d->slots[i].entry = NULL;
    d->nlive--;
    changed(dir);
}

/* Of a directory nobody refers to: empty, or the root of a file system nobody uses. */
void ramdir__fini(struct ramnode *dir)
{
    struct ramdir *d = &dir->dir;
    for (uint32_t i = 0; i < d->nslots; i++) {
        struct ramentry *e = d->slots[i].entry;
        if (!e)
            continue;
        assert(e->node->v.type !=
               VNODE_DIR); /* unlink and rename only let go of empty directories */
        vnode_put(&e->node->v);
        entry_free(e);
    }
    kfree(d->slots, d->slots_cap * sizeof(*d->slots));
    kfree(d->buckets, d->nbuckets * sizeof(*d->buckets));
}

int ramdir__lookup(struct vnode *dir_v, const char *name, size_t len, struct vnode **out)
{
    struct ramnode *dir = ramnode_of(dir_v), *found;
    lock(dir);
    if (len == 2 && !memcmp(name, "..", 2)) {
        found = dir->dir.parent;
    } else {
        struct ramentry *e = find(&dir->dir, name, len);
        found = e ? e->node : NULL;
    }
    if (found)
        *out = vnode_get(&found->v);
    unlock(dir);
    return found ? 0 : -ENOENT;
}

static int set_target(struct ramnode *n, const char *target)
{
    size_t len = strlen(target);
    n->target = kalloc(len + 1);
    if (!n->target)
        return -ENOSPC;
    memcpy(n->target, target, len);
    n->target_len = len;
    return 0;
}

/* May `name` be made here? */
static int check_new(struct ramnode *dir, const char *name, size_t len)
{
    assert(len > 0 && len <= VFS_NAME_MAX);
    if (!dir->dir.parent)
        return -ENOENT; /* removed while open */
    if (find(&dir->dir, name, len))
        return -EEXIST;
    return reserve(&dir->dir);
}

int ramdir__create(struct vnode *dir_v, const char *name, size_t len, enum vnode_type type,
                   const char *target, struct vnode **out)
{
    struct ramnode *dir = ramnode_of(dir_v);
    struct ramentry *e = entry_new(name, len);
    struct ramnode *n = e ? ramnode__new(dir->fs, type) : NULL;
    int err = n ? 0 : -ENOSPC;
    if (n && type == VNODE_LINK)
        err = set_target(n, target);
    if (!err) {
        lock(dir);
        err = check_new(dir, name, len);
        if (!err) {
            n->nlink = type == VNODE_DIR ? 2 : 1;
            if (type == VNODE_DIR) {
                n->dir.parent = dir;
                nlink_add(dir, 1);
            }
            insert(dir, e, n);
            *out = vnode_get(&n->v);
        }
        unlock(dir);
    }
    if (err) {
        if (n)
            vnode_put(&n->v);
        if (e)
            entry_free(e);
    }
    return err;
}

int ramdir__link(struct vnode *dir_v, const char *name, size_t len, struct vnode *target)
{
    struct ramnode *dir = ramnode_of(dir_v);
    if (target->type == VNODE_DIR)
        return -EPERM;
    if (!ramnode__is(target) || ramnode_of(target)->fs != dir->fs)
        return -EXDEV;
    struct ramnode *n = ramnode_of(target);
    struct ramentry *e = entry_new(name, len);
    if (!e)
        return -ENOSPC;
    lock(dir);
    int err = check_new(dir, name, len);
    if (!err && n->nlink == 0)
        err = -ENOENT; /* the last name went away meanwhile */
    if (!err) {
        nlink_add(n, 1);
        vnode_get(&n->v);
        insert(dir, e, n);
    }
    unlock(dir);
    if (err)
        entry_free(e);
    return err;
}

/* May the entry go away (by unlink, or replaced by a rename)? */
static int check_removal(const struct ramentry *e, bool directory)
{
    struct ramnode *n = e->node;
    if (directory && n->v.type != VNODE_DIR)
        return -ENOTDIR;
    if (!directory && n->v.type == VNODE_DIR)
        return -EISDIR;
    if (n->v.mounted)
        return -EBUSY;
    return directory && n->dir.nlive ? -ENOTEMPTY : 0;
}

/* A name of n has gone; the caller drops the entry's reference once the lock is released. */
static void name_gone(struct ramnode *dir, struct ramnode *n)
{
    if (n->v.type != VNODE_DIR) {
        nlink_add(n, -1);
        return;
    }
    nlink_add(n, -2);
    n->dir.parent = NULL;
    nlink_add(dir, -1);
}

int ramdir__unlink(struct vnode *dir_v, const char *name, size_t len, bool directory)
{
    struct ramnode *dir = ramnode_of(dir_v), *n = NULL;
    lock(dir);
    struct ramentry *e = find(&dir->dir, name, len);
    int err = e ? check_removal(e, directory) : -ENOENT;
    if (!err) {
        n = e->node;
        take_out(dir, e);
        name_gone(dir, n);
    }
    unlock(dir);
    if (!err) {
        entry_free(e);
        vnode_put(&n->v);
    }
    return err;
}

static bool is_within(struct ramnode *dir, const struct ramnode *top)
{
    struct ramnode *at = dir;
    while (at != top && at->dir.parent && at->dir.parent != at)
        at = at->dir.parent;
    return at == top;
}

/* -EEXIST stands for: both names are the same file, nothing to do. */
static int check_rename(struct ramnode *from, struct ramentry *e, struct ramnode *to,
                        struct ramentry *old)
{
    if (from->fs != to->fs)
        return -EXDEV;
    if (!e || !to->dir.parent)
        return -ENOENT;
    if (old && old->node == e->node)
        return -EEXIST;
    bool directory = e->node->v.type == VNODE_DIR;
    if (e->node->v.mounted)
        return -EBUSY;
    if (directory && is_within(to, e->node))
        return -EINVAL;
    return old ? check_removal(old, directory) : reserve(&to->dir);
}

/* Puts e's node under its new name: in the old entry's place if there is one, else in a fresh
 * entry. */
static void move(struct ramnode *from, struct ramentry *e, struct ramnode *to, struct ramentry *old,
                 struct ramentry *fresh)
{
    struct ramnode *n = e->node;
    take_out(from, e);
    if (old) {
        old->node = n;
        changed(to);
    } else {
        insert(to, fresh, n);
    }
    if (n->v.type == VNODE_DIR && from != to) {
        n->dir.parent = to;
        nlink_add(from, -1);
        nlink_add(to, 1);
    }
    nlink_add(n, 0);
}

int ramdir__rename(struct vnode *from_v, const char *name, size_t len, struct vnode *to_v,
                   const char *to_name, size_t to_len)
{
    struct ramnode *from = ramnode_of(from_v), *to = ramnode_of(to_v), *gone = NULL;
    struct ramentry *fresh = entry_new(to_name, to_len);
    if (!fresh)
        return -ENOSPC;
    lock(from);
    struct ramentry *e = find(&from->dir, name, len);
    struct ramentry *old = from->fs == to->fs ? find(&to->dir, to_name, to_len) : NULL;
    int err = check_rename(from, e, to, old);
    if (!err) {
        if (old) {
            gone = old->node;
            name_gone(to, gone);
        }
        move(from, e, to, old, fresh);
    }
    unlock(from);
    if (gone)
        vnode_put(&gone->v);
    if (err || old)
        entry_free(fresh);
    if (!err)
        entry_free(e);
    return err == -EEXIST ? 0 : err;
}

static void fill_dirent(struct dirent *out, uint64_t next, struct ramnode *n, const char *name,
                        size_t len)
{
    out->next = next;
    out->ino = n->ino;
    out->type = n->v.type;
    out->name_len = (uint32_t)len;
    memcpy(out->name, name, len);
    out->name[len] = 0;
}

int ramdir__readdir(struct vnode *dir_v, uint64_t cookie, struct dirent *out)
{
    struct ramnode *dir = ramnode_of(dir_v);
    struct ramdir *d = &dir->dir;
    int filled = 1;
    lock(dir);
    if (cookie == COOKIE_DOT) {
        fill_dirent(out, COOKIE_DOTDOT, dir, ".", 1);
    } else if (cookie == COOKIE_DOTDOT) {
        fill_dirent(out, COOKIE_FIRST, d->parent ? d->parent : dir, "..", 2);
    } else {
        uint32_t i = slot_search(d, cookie);
        while (i < d->nslots && !d->slots[i].entry)
            i++;
        filled = i < d->nslots;
        if (filled) {
            struct ramentry *e = d->slots[i].entry;
            fill_dirent(out, e->cookie + 1, e->node, e->name, e->len);
        }
    }
    unlock(dir);
    return filled;
}
