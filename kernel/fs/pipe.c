#include "kernel/fs/pipe.h"

#include "base/string.h"
#include "kernel/arch/arch.h"
#include "kernel/fs/pages.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/thread.h"

/* A ring of bytes over pages that are made when they are first needed. */
struct pipe {
    struct vnode read_end, write_end;
    struct mutex lock;
    struct pages pages;  /* guarded by lock, with the two counts */
    uint64_t taken, put; /* bytes ever; what lies in the ring are put - taken */

    struct spinlock wait_lock;
    uint64_t changes; /* guarded by wait_lock, with the two flags; counts all that may end a wait */
    bool no_reader, no_writer;
    struct waitq waiters;
};

static struct pipe *pipe_of(struct vnode *v);

/* ---- the ring ---- */

static size_t ring_used(const struct pipe *p)
{
    return (size_t)(p->put - p->taken);
}

static size_t piece_at(uint64_t position, size_t len)
{
    return min_u64(len, PAGE_SIZE - position % PAGE_SIZE);
}

static char *ring_page(struct pipe *p, uint64_t position)
{
    bool fresh;
    return pages_make(&p->pages, position % PIPE_BYTES / PAGE_SIZE, &fresh);
}

/* Adds bytes for which there is room; the number, which is smaller where memory is out. */
static size_t ring_put(struct pipe *p, const char *from, size_t len)
{
    size_t done = 0;
    while (done < len) {
        size_t n = piece_at(p->put, len - done);
        char *page = ring_page(p, p->put);
        if (!page)
            break;
        memcpy(page + p->put % PAGE_SIZE, from + done, n);
        p->put += n;
        done += n;
    }
    return done;
}

static size_t ring_take(struct pipe *p, char *to, size_t len)
{
    size_t done = 0;
    len = min_u64(len, ring_used(p));
    while (done < len) {
        size_t n = piece_at(p->taken, len - done);
        const char *page = ring_page(p, p->taken);
        memcpy(to + done, page + p->taken % PAGE_SIZE, n);
        p->taken += n;
        done += n;
    }
    if (p->taken == p->put)
        p->taken = p->put = 0; /* little traffic stays in the first page */
    return done;
}

/* ---- waiting ---- */

static uint64_t changes_of(struct pipe *p)
{
    arch_irq_t irq = spin_lock(&p->wait_lock);
    uint64_t n = p->changes;
    spin_unlock(&p->wait_lock, irq);
    return n;
}

/* Wakes both sides; `closed`, if given, is one of the two flags. True if both are set now. */
static bool change(struct pipe *p, bool *closed)
{
    arch_irq_t irq = spin_lock(&p->wait_lock);
    p->changes++;
    if (closed)
        *closed = true;
    bool both = p->no_reader && p->no_writer;
    waitq_wake_all(&p->waiters);
    spin_unlock(&p->wait_lock, irq);
    return both;
}

/* Sleeps until something has changed since: 0 or -EINTR. */
static int wait_change(struct pipe *p, uint64_t since)
{
    int err = 0;
    arch_irq_t irq = spin_lock(&p->wait_lock);
    while (!err && p->changes == since)
        err = waitq_wait(&p->waiters, &p->wait_lock, &irq, UINT64_MAX);
    spin_unlock(&p->wait_lock, irq);
    return err;
}

static bool is_closed(struct pipe *p, const bool *flag)
{
    arch_irq_t irq = spin_lock(&p->wait_lock);
    bool closed = *flag;
    spin_unlock(&p->wait_lock, irq);
    return closed;
}

/* ---- the ends ---- */

/* Bytes, 0 at the end, -EAGAIN while there is nothing. Whether the other end is closed is asked
 * first: what was written before lies in the ring then. */
static int64_t try_read(struct pipe *p, void *buf, size_t len)
{
    bool end = is_closed(p, &p->no_writer);
    mutex_lock(&p->lock);
    size_t n = ring_take(p, buf, len);
    mutex_unlock(&p->lock);
    return n || end ? (int64_t)n : -EAGAIN;
}

static int64_t try_write(struct pipe *p, const void *buf, size_t len)
{
    size_t need = len <= PIPE_ATOMIC ? len : 1;
    if (is_closed(p, &p->no_reader))
        return -EPIPE;
    mutex_lock(&p->lock);
    size_t room = PIPE_BYTES - ring_used(p);
    int64_t n = -EAGAIN;
    if (room >= need) {
        n = (int64_t)ring_put(p, buf, min_u64(len, room));
        n = n ? n : -ENOMEM;
    }
    mutex_unlock(&p->lock);
    return n;
}

/* Tries until something could be done, or never can: reads into `to`, or writes from `from`. */
static int64_t transfer(struct pipe *p, void *to, const void *from, size_t len)
{
    for (;;) {
        uint64_t since = changes_of(p);
        int64_t n = to ? try_read(p, to, len) : try_write(p, from, len);
        int err = n == -EAGAIN ? wait_change(p, since) : 0;
        if (err)
            return err;
        if (n > 0) {
            change(p, NULL);
            vfs_poll_notify();
        }
        if (n != -EAGAIN)
            return n;
    }
}

static int64_t read_end_read(struct vnode *v, void *buf, size_t len, uint64_t offset UNUSED)
{
    return transfer(pipe_of(v), buf, NULL, len);
}

static int64_t write_end_write(struct vnode *v, const void *buf, size_t len, uint64_t offset UNUSED)
{
    return transfer(pipe_of(v), NULL, buf, len);
}

static unsigned read_end_poll(struct vnode *v, unsigned events)
{
    struct pipe *p = pipe_of(v);
    unsigned ready = is_closed(p, &p->no_writer) ? POLL_HANGUP : 0;
    mutex_lock(&p->lock);
    ready |= ring_used(p) ? POLL_READ : 0;
    mutex_unlock(&p->lock);
    return ready & (events | POLL_HANGUP);
}

static unsigned write_end_poll(struct vnode *v, unsigned events)
{
    struct pipe *p = pipe_of(v);
    unsigned ready = is_closed(p, &p->no_reader) ? POLL_HANGUP : 0;
    mutex_lock(&p->lock);
    ready |= PIPE_BYTES - ring_used(p) >= PIPE_ATOMIC ? POLL_WRITE : 0;
    mutex_unlock(&p->lock);
    return ready & (events | POLL_HANGUP);
}

static void end_release(struct vnode *v)
{
    struct pipe *p = pipe_of(v);
    if (change(p, v == &p->read_end ? &p->no_reader : &p->no_writer)) {
        pages_truncate(&p->pages, 0);
        kfree(p, sizeof(*p));
    }
    vfs_poll_notify();
}

static const struct vnode_ops read_end_ops = {
    .read = read_end_read, .poll = read_end_poll, .release = end_release};
static const struct vnode_ops write_end_ops = {
    .write = write_end_write, .poll = write_end_poll, .release = end_release};

static struct pipe *pipe_of(struct vnode *v)
{
    return v->ops == &read_end_ops ? CONTAINER_OF(v, struct pipe, read_end)
                                   : CONTAINER_OF(v, struct pipe, write_end);
}

int pipe_create(struct vnode **out_read, struct vnode **out_write)
{
    struct pipe *p = KNEW(struct pipe);
    if (!p)
        return -ENOMEM;
    /* WASI has no file type for pipes; "unknown" is also what other systems say. */
    vnode_init(&p->read_end, &read_end_ops, VNODE_UNKNOWN, false);
    vnode_init(&p->write_end, &write_end_ops, VNODE_UNKNOWN, false);
    mutex_init(&p->lock);
    waitq_init(&p->waiters);
    *out_read = &p->read_end;
    *out_write = &p->write_end;
    return 0;
}
