/* The devices that need no hardware, and /proc: each a few lines over its table of operations. */
#include "base/format.h"
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/fs/fd.h"
#include "kernel/fs/staticdir.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/process.h"

static int64_t null_read(struct vnode *v UNUSED, void *buf UNUSED, size_t len UNUSED,
                         uint64_t offset UNUSED)
{
    return 0;
}

static int64_t null_write(struct vnode *v UNUSED, const void *buf UNUSED, size_t len,
                          uint64_t offset UNUSED)
{
    return (int64_t)len;
}

static int64_t zero_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset UNUSED)
{
    memset(buf, 0, len);
    return (int64_t)len;
}

static int64_t full_write(struct vnode *v UNUSED, const void *buf UNUSED, size_t len UNUSED,
                          uint64_t offset UNUSED)
{
    return -ENOSPC;
}

static int64_t random_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset UNUSED)
{
    random_fill(buf, len);
    return (int64_t)len;
}

static const struct vnode_ops null_ops = {
    .read = null_read, .write = null_write, .stat = device_stat};
static const struct vnode_ops zero_ops = {
    .read = zero_read, .write = null_write, .stat = device_stat};
static const struct vnode_ops full_ops = {
    .read = zero_read, .write = full_write, .stat = device_stat};
static const struct vnode_ops random_ops = {
    .read = random_read, .write = null_write, .stat = device_stat};

/* They have a position, which means nothing: a character device without one is a terminal. */
DEVICE_AS(null, null_ops, VNODE_CHAR, .seekable = true);
DEVICE_AS(zero, zero_ops, VNODE_CHAR, .seekable = true);
DEVICE_AS(full, full_ops, VNODE_CHAR, .seekable = true);
DEVICE_AS(random, random_ops, VNODE_CHAR, .seekable = true);
DEVICE_AS(urandom, random_ops, VNODE_CHAR, .seekable = true);

/* ---- the descriptors 0–2 of whoever asks ---- */

static const struct vnode_ops stdin_ops, stdout_ops, stderr_ops;

/* The file behind /dev/stdin and its like. One of them as descriptor 0–2 itself would lead round in
 * circles. */
static int std_file(const struct vnode *v, struct file **out)
{
    struct process *p = process_current();
    int fd = v->ops == &stdin_ops ? 0 : v->ops == &stdout_ops ? 1 : 2;
    if (!p || !p->fds)
        return -ENXIO;
    int err = fd_get_rights(p->fds, fd, fd == 0 ? RIGHT_FD_READ : RIGHT_FD_WRITE, out);
    if (err)
        return err == -EBADF ? -ENXIO : err;
    const struct vnode_ops *ops = (*out)->vnode->ops;
    if (ops != &stdin_ops && ops != &stdout_ops && ops != &stderr_ops)
        return 0;
    file_put(*out);
    return -ELOOP;
}

static int64_t std_read(struct vnode *v, void *buf, size_t len, uint64_t offset UNUSED)
{
    struct file *f;
    int64_t n = std_file(v, &f);
    if (n)
        return n;
    n = file_readv(f, &(struct iovec){buf, len}, 1);
    file_put(f);
    return n;
}

static int64_t std_write(struct vnode *v, const void *buf, size_t len, uint64_t offset UNUSED)
{
    struct file *f;
    int64_t n = std_file(v, &f);
    if (n)
        return n;
    n = file_write(f, buf, len);
    file_put(f);
    return n;
}

static unsigned std_poll(struct vnode *v, unsigned events)
{
    struct file *f;
    if (std_file(v, &f))
        return events | POLL_HANGUP;
    unsigned ready = vnode_poll(f->vnode, events);
    file_put(f);
    return ready;
}

static const struct vnode_ops stdin_ops = {.read = std_read, .poll = std_poll, .stat = device_stat};
static const struct vnode_ops stdout_ops = {
    .write = std_write, .poll = std_poll, .stat = device_stat};
static const struct vnode_ops stderr_ops = {
    .write = std_write, .poll = std_poll, .stat = device_stat};
DEVICE(stdin, stdin_ops);
DEVICE(stdout, stdout_ops);
DEVICE(stderr, stderr_ops);

/* ---- texts made at the moment of reading ---- */

enum { LOG_BYTES = 16 * 1024, TEXT_BYTES = 256 };

static int64_t text_slice(const char *text, size_t size, void *buf, size_t len, uint64_t offset)
{
    size_t n = offset < size ? min_u64(len, size - offset) : 0;
    memcpy(buf, text + (n ? offset : 0), n);
    return (int64_t)n;
}

static int64_t kmsg_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset)
{
    char *text = kalloc(LOG_BYTES);
    if (!text)
        return -ENOMEM;
    int64_t n = text_slice(text, log_tail(text, LOG_BYTES), buf, len, offset);
    kfree(text, LOG_BYTES);
    return n;
}

static int64_t version_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset)
{
    char text[TEXT_BYTES];
    int n = fmt_snprintf(text, sizeof(text), "WasmOS on %s\n", arch_boot.machine);
    return text_slice(text, min_u64((size_t)n, sizeof(text) - 1), buf, len, offset);
}

static int64_t uptime_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset)
{
    char text[TEXT_BYTES];
    uint64_t ms = arch_clock_ns() / NSEC_PER_MSEC;
    int n = fmt_snprintf(text, sizeof(text), "%llu.%03u\n", (unsigned long long)(ms / 1000),
                         (unsigned)(ms % 1000));
    return text_slice(text, (size_t)n, buf, len, offset);
}

static int64_t meminfo_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset)
{
    char text[TEXT_BYTES];
    struct frame_stats s;
    struct heap_stats h;
    frame_stats(&s);
    heap_stats(&h);
    int n = fmt_snprintf(
        text, sizeof(text),
        "MemTotal: %llu kB\nMemFree: %llu kB\nCommitted: %llu kB\nKernelHeap: %llu B\n",
        (unsigned long long)(s.total * PAGE_SIZE / KIB),
        (unsigned long long)(s.free * PAGE_SIZE / KIB),
        (unsigned long long)(s.committed * PAGE_SIZE / KIB), (unsigned long long)h.bytes);
    return text_slice(text, (size_t)n, buf, len, offset);
}

static const struct vnode_ops kmsg_ops = {.read = kmsg_read, .stat = device_stat};
static const struct vnode_ops version_ops = {.read = version_read, .stat = device_stat};
static const struct vnode_ops uptime_ops = {.read = uptime_read, .stat = device_stat};
static const struct vnode_ops meminfo_ops = {.read = meminfo_read, .stat = device_stat};
DEVICE_AS(kmsg, kmsg_ops, VNODE_CHAR, .seekable = true);
DEVICE_AS(proc_version, version_ops, VNODE_REG, .seekable = true);
DEVICE_AS(proc_uptime, uptime_ops, VNODE_REG, .seekable = true);
DEVICE_AS(proc_meminfo, meminfo_ops, VNODE_REG, .seekable = true);
