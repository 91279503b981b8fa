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
    FRAME_IN_TAKEN = 6,
    FRAME_IN = 16,
    FRAME_IN_END = 17,
    FRAME_INTERRUPT = 18,
    FRAME_TAKEN = 19,
};

enum { HEADER = 8, PAYLOAD_MAX = 24 * 1024, INPUT_RING = 64 * 1024, TAKEN_BYTES = 4 };

/* How far the guest may be ahead of what foreman has taken. QEMU drops what its socket does not
 * take at once, so this must stay below what any socket holds. */
enum { WINDOW = 64 * 1024 };
/* How often foreman hears what the programs have read of its input: it sends no more than twice
 * this ahead, so the input buffer never fills and frames behind input never wait. */
enum { IN_TAKEN_STEP = 16 * 1024 };
_Static_assert(2 * IN_TAKEN_STEP <= INPUT_RING, "foreman may be so far ahead");

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
    uint8_t taken_bytes[TAKEN_BYTES];
    uint32_t sent, taken; /* bytes of frames so far, modulo 2^32 */
    bool window;          /* foreman tells what it takes: WINDOW counts */
    struct waitq senders;
    uint32_t in_taken,
        in_told; /* bytes of input that programs have read, and that foreman knows of */
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

/* Waits until foreman has taken enough for a frame of `len` bytes. A program that is to be killed
 * meanwhile gives up (-EINTR); what is sent after that (the reason of its end) is waited for. */
static int wait_for_window(uint32_t len)
{
    bool dying = thread_dying();
    int err = 0;
    arch_irq_t irq = spin_lock(&chan.lock);
    while (!err && chan.window && chan.sent - chan.taken + len > WINDOW) {
        if (dying)
            waitq_wait_uninterruptible(&chan.senders, &chan.lock, &irq);
        else
            err = waitq_wait(&chan.senders, &chan.lock, &irq, UINT64_MAX);
    }
    if (!err)
        chan.sent += len;
    spin_unlock(&chan.lock, irq);
    return err;
}

static int64_t send(uint8_t kind, const void *data, size_t len)
{
    size_t done = 0;
    int err = 0;
    if (!chan.present)
        return -ENXIO;
    mutex_lock(&chan.out);
    while (done < len && !(done && thread_dying())) {
        size_t n = min_u64(len - done, PAYLOAD_MAX);
        memcpy(chan.frame + HEADER, (const char *)data + done, n);
        put_header(kind, (uint32_t)n);
        err = wait_for_window((uint32_t)(HEADER + n));
        if (!err && arch_link_write(chan.frame, HEADER + n) != HEADER + n)
            err = -EPIPE;
        if (err)
            break;
        done += n;
    }
    mutex_unlock(&chan.out);
    return done ? (int64_t)done : err;
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

static bool take_count(void)
{
    uint8_t *at = chan.taken_bytes + TAKEN_BYTES - chan.payload_left;
    size_t n = arch_link_read(at, chan.payload_left);
    chan.payload_left -= (uint32_t)n;
    return n != 0;
}

/* A frame is complete. chan.lock is held. */
static void frame_received(uint8_t kind, bool *interrupt)
{
    if (kind == FRAME_IN_END)
        chan.ended = true;
    else if (kind == FRAME_INTERRUPT)
        *interrupt = true;
    else if (kind == FRAME_TAKEN) {
        memcpy(&chan.taken, chan.taken_bytes, TAKEN_BYTES);
        chan.window = true;
        waitq_wake_all(&chan.senders);
    }
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
        if (kind == FRAME_TAKEN && chan.payload_left <= TAKEN_BYTES)
            return take_count();
        if (kind != FRAME_IN)
            return skip_payload();
        unsigned before = chan.count;
        if (chan.count == INPUT_RING)
            return false;
        take_payload();
        return chan.count != before;
    }
    chan.header_have = 0;
    frame_received(kind, interrupt);
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
    chan.in_taken += (uint32_t)n;
    return n;
}

/* Tells foreman that there is room again, now and then. */
static void tell_taken(void)
{
    arch_irq_t irq = spin_lock(&chan.lock);
    uint32_t taken = chan.in_taken;
    bool tell = chan.window && taken - chan.in_told >= IN_TAKEN_STEP;
    if (tell)
        chan.in_told = taken;
    spin_unlock(&chan.lock, irq);
    if (tell && send(FRAME_IN_TAKEN, &taken, sizeof(taken)) < 0)
        log_debug("link: the reader is going away");
}

/* One piece; waits for the first. Its length, 0 at the end or if there is no more now. */
static int64_t read_piece(void *out, size_t len, bool wait)
{
    bool interrupt = false;
    int err = 0;
    arch_irq_t irq = spin_lock(&chan.lock);
    while (wait && !err && !chan.count && !chan.ended && chan.present)
        err = waitq_wait(&chan.readers, &chan.lock, &irq, UINT64_MAX);
    int64_t n = err ? err : (int64_t)take(out, len);
    if (n > 0)
        interrupt = receive(); /* there is room again */
    spin_unlock(&chan.lock, irq);
    if (interrupt)
        interrupt_foreground();
    return n;
}

static int64_t read_in(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset UNUSED)
{
    uint8_t piece[1024]; /* the buffer may fault in: not under the spin lock */
    int64_t done = 0, n;
    do {
        n = read_piece(piece, min_u64(len - (size_t)done, sizeof(piece)), done == 0);
        if (n <= 0)
            break;
        memcpy((char *)buf + done, piece, (size_t)n);
        done += n;
    } while ((size_t)done < len);
    tell_taken();
    return done ? done : n;
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
    waitq_init(&chan.senders);
    mutex_init(&chan.out);
    chan.present = arch_link_present();
    link_input(); /* what came before anyone listened */
}
