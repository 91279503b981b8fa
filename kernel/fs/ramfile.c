/* Data of RAM files. Pages lie over a read-only base: a hole reads as the base, behind its end as
 * zeros. */
#include "kernel/fs/ramnode.h"

#include "base/string.h"
#include "kernel/arch/arch.h"

#define RAMFILE_MAX (1ull << 44) /* bytes; below what the radix tree can index */

/* Copies n bytes of the base (zeros behind its end) from file offset `at`. */
static void base_copy(const struct ramfile *f, uint64_t at, void *out, size_t n)
{
    size_t have = at < f->base_len ? min_u64(n, f->base_len - at) : 0;
    if (have)
        memcpy(out, f->base + at, have);
    memset((char *)out + have, 0, n - have);
}

int64_t ramfile__read(struct vnode *v, void *buf, size_t len, uint64_t offset)
{
    struct ramnode *n = ramnode_of(v);
    struct ramfile *f = &n->file;
    mutex_lock(&n->lock);
    len = offset < f->size ? min_u64(len, f->size - offset) : 0;
    for (size_t done = 0; done < len;) {
        uint64_t at = offset + done;
        size_t in_page = at % PAGE_SIZE, take = min_u64(len - done, PAGE_SIZE - in_page);
        const char *page = pages_get(&f->pages, at / PAGE_SIZE);
        if (page)
            memcpy((char *)buf + done, page + in_page, take);
        else
            base_copy(f, at, (char *)buf + done, take);
        done += take;
    }
    if (len)
        n->atime_ns = arch_wall_ns();
    mutex_unlock(&n->lock);
    return (int64_t)len;
}

/* The page at `index` with its present content; NULL when memory is out. */
static char *page_for_write(struct ramfile *f, uint64_t index)
{
    bool fresh;
    char *page = pages_make(&f->pages, index, &fresh);
    if (page && fresh)
        base_copy(f, index * PAGE_SIZE, page, PAGE_SIZE);
    return page;
}

static void touch(struct ramnode *n)
{
    n->mtime_ns = n->ctime_ns = arch_wall_ns();
    n->origin = NULL;
}

int64_t ramfile__write(struct vnode *v, const void *buf, size_t len, uint64_t offset)
{
    struct ramnode *n = ramnode_of(v);
    struct ramfile *f = &n->file;
    size_t done = 0;
    if (offset >= RAMFILE_MAX)
        return -EFBIG;
    len = min_u64(len, RAMFILE_MAX - offset);
    mutex_lock(&n->lock);
    while (done < len) {
        uint64_t at = offset + done;
        size_t in_page = at % PAGE_SIZE, take = min_u64(len - done, PAGE_SIZE - in_page);
        char *page = page_for_write(f, at / PAGE_SIZE);
        if (!page)
            break;
        memcpy(page + in_page, (const char *)buf + done, take);
        done += take;
    }
    if (done) {
        f->size = max_u64(f->size, offset + done);
        touch(n);
    }
    mutex_unlock(&n->lock);
    return done || !len ? (int64_t)done : -ENOSPC;
}

/* Drops what lies behind the new end, so that a later extension shows zeros. */
static void cut(struct ramfile *f, uint64_t size)
{
    char *last = size % PAGE_SIZE ? pages_get(&f->pages, size / PAGE_SIZE) : NULL;
    if (last)
        memset(last + size % PAGE_SIZE, 0, PAGE_SIZE - size % PAGE_SIZE);
    pages_truncate(&f->pages, (size + PAGE_SIZE - 1) / PAGE_SIZE);
    f->base_len = min_u64(f->base_len, size);
}

int ramfile__truncate(struct vnode *v, uint64_t size)
{
    struct ramnode *n = ramnode_of(v);
    if (size > RAMFILE_MAX)
        return -EFBIG;
    mutex_lock(&n->lock);
    if (size < n->file.size)
        cut(&n->file, size);
    n->file.size = size;
    touch(n);
    mutex_unlock(&n->lock);
    return 0;
}

int ramfile__allocate(struct vnode *v, uint64_t offset, uint64_t len)
{
    struct ramnode *n = ramnode_of(v);
    struct ramfile *f = &n->file;
    int err = 0;
    if (offset + len > RAMFILE_MAX)
        return -EFBIG;
    mutex_lock(&n->lock);
    uint64_t first = offset / PAGE_SIZE, end = (offset + len + PAGE_SIZE - 1) / PAGE_SIZE;
    for (uint64_t i = first; i < end && !err; i++)
        err = page_for_write(f, i) ? 0 : -ENOSPC;
    if (!err) {
        f->size = max_u64(f->size, offset + len);
        touch(n);
    } else {
        cut(f, f->size); /* gives back what lies behind the end */
    }
    mutex_unlock(&n->lock);
    return err;
}

const void *ramfile__in_place(struct vnode *v, uint64_t *out_len)
{
    struct ramnode *n = ramnode_of(v);
    mutex_lock(&n->lock);
    bool whole = n->file.base && n->file.base_len == n->file.size && !n->file.pages.root;
    const void *at = whole ? n->file.base : NULL;
    *out_len = whole ? n->file.size : 0;
    mutex_unlock(&n->lock);
    return at;
}
