#include "kernel/drv/link.h"

#include "base/string.h"
#include "kernel/arch/arch.h"
#include "kernel/core/log.h"
#include "kernel/fs/staticdir.h"
#include "kernel/proc/process.h"

/* Kinds of frames (docs/exec.md). */
enum {
    FRAME_OUT = 1,
    FRAME_ERR = 2,
    FRAME_STATUS = 3,
    FRAME_ARCHIVE = 4,
    FRAME_REMOVED = 5,
    FRAME_IN = 16,
    FRAME_IN_END = 17,
    FRAME_INTERRUPT = 18,
};

enum { HEADER = 8, PAYLOAD_MAX = 32 * 1024, INPUT_RING = 64 * 1024 };

static struct {
    bool present;
    int interrupt_kind;

    struct mutex out; /* one frame after another */
    uint8_t frame[HEADER + PAYLOAD_MAX];

    struct spinlock lock; /* guards all below */
    struct waitq readers;
    uint8_t header[HEADER];
    unsigned header_have;
    uint32_t payload_left;
    uint8_t ring[INPUT_RING];
    unsigned head, count;
    bool ended; /* no more input will come */
} chan;

/* ---- sending ---- */

static void put_header(uint8_t kind, uint32_t len)
{
    const uint8_t h[HEADER] = {kind,
                               0,
                               0,
                               0,
                               (uint8_t)len,
                               (uint8_t)(len >> 8),
                               (uint8_t)(len >> 16),
                               (uint8_t)(len >> 24)};
    memcpy(chan.frame, h, HEADER);
}

static int64_t send(uint8_t kind, const void *data, size_t len)
{
    size_t done = 0;
    if (!chan.present)
        return -ENXIO;
    mutex_lock(&chan.out);
    while (done < len && !(done && thread_dying())) {
        size_t n = min_u64(len - done, PAYLOAD_MAX);
        memcpy(chan.frame + HEADER, (const char *)data + done, n);
        put_header(kind, (uint32_t)n);
        if (arch_link_write(chan.frame, HEADER + n) != HEADER + n)
            break;
        done += n;
    }
    mutex_unlock(&chan.out);
    return done || !len ? (int64_t)done : -EPIPE;
}

static int64_t write_out(struct vnode *v UNUSED, const void *buf, size_t len,
                         uint64_t offset UNUSED)
{
    return send(FRAME_OUT, buf, len);
}

static int64_t write_err(struct vnode *v UNUSED, const void *buf, size_t len,
                         uint64_t offset UNUSED)
{
    return send(FRAME_ERR, buf, len);
}

static int64_t write_status(struct vnode *v UNUSED, const void *buf, size_t len,
                            uint64_t offset UNUSED)
{
    return len == sizeof(uint32_t) ? send(FRAME_STATUS, buf, len) : -EINVAL;
}

static int64_t write_archive(struct vnode *v UNUSED, const void *buf, size_t len,
                             uint64_t offset UNUSED)
{
    return send(FRAME_ARCHIVE, buf, len);
}

static int64_t write_removed(struct vnode *v UNUSED, const void *buf, size_t len,
                             uint64_t offset UNUSED)
{
    return len <= PAYLOAD_MAX ? send(FRAME_REMOVED, buf, len) : -EMSGSIZE;
}

/* ---- receiving ---- */

/* Fills the input buffer from the link. chan.lock is held. */
static void take_payload(void)
{
    unsigned tail = (chan.head + chan.count) % INPUT_RING;
    unsigned room = INPUT_RING - chan.count, straight = INPUT_RING - tail;
    size_t want = min_u64(min_u64(room, straight), chan.payload_left);
    size_t n = arch_link_read(chan.ring + tail, want);
    chan.count += (unsigned)n;
    chan.payload_left -= (uint32_t)n;
}

static bool skip_payload(void)
{
    uint8_t waste[256];
    size_t n = arch_link_read(waste, min_u64(sizeof(waste), chan.payload_left));
    chan.payload_left -= (uint32_t)n;
    return n != 0;
}

/* One step: some bytes of a header or a payload. false: nothing there, or no room. chan.lock is
 * held. */
static bool receive_step(bool *interrupt)
{
    uint8_t kind = chan.header[0];
    if (chan.header_have < HEADER) {
        size_t n = arch_link_read(chan.header + chan.header_have, HEADER - chan.header_have);
        chan.header_have += (unsigned)n;
        if (chan.header_have == HEADER)
            memcpy(&chan.payload_left, chan.header + 4, sizeof(chan.payload_left));
        return n != 0;
    }
    if (chan.payload_left) {
        if (kind != FRAME_IN)
            return skip_payload();
        unsigned before = chan.count;
        if (chan.count == INPUT_RING)
            return false;
        take_payload();
        return chan.count != before;
    }
    chan.ended |= kind == FRAME_IN_END;
    *interrupt |= kind == FRAME_INTERRUPT;
    chan.header_have = 0;
    return true;
}

/* Reads what is there. The caller holds chan.lock, and acts on an interrupt after letting it go. */
static bool receive(void)
{
    bool interrupt = false;
    while (receive_step(&interrupt))
        continue;
    return interrupt;
}

static void interrupt_foreground(void)
{
    unsigned mode;
    int pid = process_foreground(&mode);
    if (pid && process_kill(pid, chan.interrupt_kind))
        log_debug("link: nobody to interrupt");
}

void link_input(void)
{
    if (!chan.present)
        return;
    arch_irq_t irq = spin_lock(&chan.lock);
    bool interrupt = receive();
    bool wake = chan.count || chan.ended;
    spin_unlock(&chan.lock, irq);
    if (wake) {
        waitq_wake_all(&chan.readers);
        vfs_poll_notify();
    }
    if (interrupt)
        interrupt_foreground();
}

/* Up to one straight piece of the buffer. chan.lock is held. */
static size_t take(void *out, size_t len)
{
    size_t n = min_u64(min_u64(len, chan.count), INPUT_RING - chan.head);
    memcpy(out, chan.ring + chan.head, n);
    chan.head = (chan.head + (unsigned)n) % INPUT_RING;
    chan.count -= (unsigned)n;
    return n;
}

static int64_t read_in(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset UNUSED)
{
    uint8_t piece[1024]; /* the buffer may fault in: not under the spin lock */
    size_t done = 0, n;
    int err = 0;
    do {
        bool interrupt = false;
        arch_irq_t irq = spin_lock(&chan.lock);
        while (!done && !err && !chan.count && !chan.ended && chan.present)
            err = waitq_wait(&chan.readers, &chan.lock, &irq, UINT64_MAX);
        n = err ? 0 : take(piece, min_u64(len - done, sizeof(piece)));
        if (n)
            interrupt = receive(); /* there is room again */
        spin_unlock(&chan.lock, irq);
        memcpy((char *)buf + done, piece, n);
        done += n;
        if (interrupt)
            interrupt_foreground();
    } while (n && done < len);
    return done ? (int64_t)done : err;
}

static unsigned poll_in(struct vnode *v UNUSED, unsigned events)
{
    arch_irq_t irq = spin_lock(&chan.lock);
    bool ready = chan.count || chan.ended || !chan.present;
    bool ended = chan.ended && !chan.count;
    spin_unlock(&chan.lock, irq);
    return (events & (POLL_WRITE | (ready ? POLL_READ : 0u))) | (ended ? POLL_HANGUP : 0u);
}

/* ---- devices; hidden: a program has them only as what it was given ---- */

static const struct vnode_ops in_ops = {.read = read_in, .poll = poll_in, .stat = device_stat};
static const struct vnode_ops out_ops = {.write = write_out, .stat = device_stat};
static const struct vnode_ops err_ops = {.write = write_err, .stat = device_stat};
static const struct vnode_ops status_ops = {.write = write_status, .stat = device_stat};
static const struct vnode_ops archive_ops = {.write = write_archive, .stat = device_stat};
static const struct vnode_ops removed_ops = {.write = write_removed, .stat = device_stat};
DEVICE_AS(link_in, in_ops, VNODE_UNKNOWN, .hidden = true);
DEVICE_AS(link_out, out_ops, VNODE_UNKNOWN, .hidden = true);
DEVICE_AS(link_err, err_ops, VNODE_UNKNOWN, .hidden = true);
DEVICE_AS(link_status, status_ops, VNODE_UNKNOWN, .hidden = true);
DEVICE_AS(link_archive, archive_ops, VNODE_UNKNOWN, .hidden = true);
DEVICE_AS(link_removed, removed_ops, VNODE_UNKNOWN, .hidden = true);

void link_init(int interrupt_kind)
{
    chan.interrupt_kind = interrupt_kind;
    waitq_init(&chan.readers);
    mutex_init(&chan.out);
    chan.present = arch_link_present();
    link_input(); /* what came before anyone listened */
}
