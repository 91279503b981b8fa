/* Keys come in interrupts and go through the line discipline at once, so that Ctrl-C always works;
 * what is to be echoed waits in a buffer for a thread, because the output side sleeps. */
#include "kernel/drv/tty.h"

#include "base/string.h"
#include "kernel/arch/arch.h"
#include "kernel/core/log.h"
#include "kernel/drv/linedisc.h"
#include "kernel/drv/screen.h"
#include "kernel/fs/staticdir.h"
#include "kernel/proc/process.h"

enum { ECHO_RING = 2048, OUT_PIECE = 512 };

static struct {
    int interrupt_kind;

    struct spinlock lock; /* guards the input side: disc, echo */
    struct linedisc disc;
    struct waitq readers;
    char echo[ECHO_RING];
    unsigned echo_head, echo_count;
    struct waitq echo_wake;

    struct mutex out; /* one writer at a time, so that texts stay whole */
    bool ready;
} tty;

/* ---- output ---- */

/* To both, with the carriage return that terminals want before a line feed. A thread that is to be
 * killed writes only a piece: a serial line is slow, and Ctrl-C must work. tty.out is held. */
static size_t put_out(const char *bytes, size_t len)
{
    char piece[2 * OUT_PIECE];
    size_t done = 0;
    while (done < len && !(done && thread_dying())) {
        size_t take = min_u64(len - done, OUT_PIECE), n = 0;
        for (size_t i = 0; i < take; i++) {
            char c =
                bytes[done + i]; /* guest memory: may fault in here, where no spin lock is held */
            if (c == '\n')
                piece[n++] = '\r';
            piece[n++] = c;
        }
        arch_console_write(piece, n);
        screen_write(piece, n);
        done += take;
    }
    return done;
}

/* What the keys have left to be shown. tty.out is held. */
static void put_echo(void)
{
    char piece[128];
    unsigned n;
    do {
        arch_irq_t irq = spin_lock(&tty.lock);
        for (n = 0; n < sizeof(piece) && tty.echo_count; n++) {
            piece[n] = tty.echo[tty.echo_head];
            tty.echo_head = (tty.echo_head + 1) % ECHO_RING;
            tty.echo_count--;
        }
        spin_unlock(&tty.lock, irq);
        put_out(piece, n);
    } while (n);
}

static int64_t tty_write(struct vnode *v UNUSED, const void *buf, size_t len,
                         uint64_t offset UNUSED)
{
    mutex_lock(&tty.out);
    put_echo();
    size_t done = put_out(buf, len);
    mutex_unlock(&tty.out);
    return (int64_t)done;
}

static void echo_main(void *arg UNUSED)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&tty.lock);
        while (!tty.echo_count)
            waitq_wait_uninterruptible(&tty.echo_wake, &tty.lock, &irq);
        spin_unlock(&tty.lock, irq);
        mutex_lock(&tty.out);
        put_echo();
        mutex_unlock(&tty.out);
    }
}

/* ---- input ---- */

static void echo_byte(char c)
{
    if (tty.echo_count < ECHO_RING)
        tty.echo[(tty.echo_head + tty.echo_count++) % ECHO_RING] = c;
}

static void echo_result(const struct linedisc_result *r)
{
    for (unsigned i = 0; i < r->echo_len; i++)
        echo_byte(r->echo[i]);
    for (unsigned i = 0; i < r->erase; i++) {
        echo_byte('\b');
        echo_byte(' ');
        echo_byte('\b');
    }
}

/* Shift with page up and page down turn the screen's pages; bytes used, 0 if it is something else.
 */
static size_t scroll_key(const char *bytes, size_t len)
{
    static const char up[] = "\033[5;2~", down[] = "\033[6;2~";
    size_t n = sizeof(up) - 1;
    if (len < n || (memcmp(bytes, up, n) && memcmp(bytes, down, n)))
        return 0;
    screen_scroll(bytes[2] == up[2] ? 1 : -1);
    return n;
}

void tty_input(const char *bytes, size_t len)
{
    unsigned mode = LINEDISC_RAW;
    bool interrupt = false, ready = false, echo;
    if (!tty.ready)
        return;
    int pid = process_foreground(&mode);
    if (!pid)
        mode = LINEDISC_RAW; /* typed before there is anyone: kept for the first */
    arch_irq_t irq = spin_lock(&tty.lock);
    for (size_t i = 0; i < len;) {
        struct linedisc_result r;
        size_t used = scroll_key(bytes + i, len - i);
        if (used) {
            i += used;
            continue;
        }
        if (!linedisc_room(&tty.disc) && !(mode == LINEDISC_COOKED && bytes[i] == 3)) {
            i++; /* nobody reads: only an interrupt still counts */
            continue;
        }
        linedisc_key(&tty.disc, mode, bytes[i++], &r);
        echo_result(&r);
        interrupt |= r.interrupt;
        ready |= r.ready;
    }
    echo = tty.echo_count != 0;
    spin_unlock(&tty.lock, irq);
    if (echo)
        waitq_wake_one(&tty.echo_wake);
    if (ready) {
        waitq_wake_all(&tty.readers);
        vfs_poll_notify();
    }
    if (interrupt && pid && process_kill(pid, tty.interrupt_kind))
        log_debug("tty: nobody to interrupt");
}

size_t tty_room(void)
{
    arch_irq_t irq = spin_lock(&tty.lock);
    size_t room = tty.ready ? linedisc_room(&tty.disc) : 0;
    spin_unlock(&tty.lock, irq);
    return room;
}

static enum linedisc_mode reader_mode(void)
{
    struct process *p = process_current();
    return p && p->tty_mode == LINEDISC_RAW ? LINEDISC_RAW : LINEDISC_COOKED;
}

static int64_t tty_read(struct vnode *v UNUSED, void *buf, size_t len, uint64_t offset UNUSED)
{
    char piece[256]; /* the buffer may fault in: not under the spin lock */
    enum linedisc_mode mode = reader_mode();
    int err = 0;
    size_t n = 0;
    arch_irq_t irq = spin_lock(&tty.lock);
    while (!err && !linedisc_ready(&tty.disc, mode))
        err = waitq_wait(&tty.readers, &tty.lock, &irq, UINT64_MAX);
    if (!err)
        n = linedisc_read(&tty.disc, mode, piece, min_u64(len, sizeof(piece)));
    spin_unlock(&tty.lock, irq);
    if (err)
        return err;
    memcpy(buf, piece, n);
    return (int64_t)n;
}

static unsigned tty_poll(struct vnode *v UNUSED, unsigned events)
{
    arch_irq_t irq = spin_lock(&tty.lock);
    bool ready = linedisc_ready(&tty.disc, reader_mode());
    spin_unlock(&tty.lock, irq);
    return events & (POLL_WRITE | (ready ? POLL_READ : 0u));
}

static struct {
    unsigned columns, rows;
} line_terminal = {80, 24}; /* set once, at boot */

void tty_size_set(unsigned columns, unsigned rows)
{
    line_terminal.columns = columns;
    line_terminal.rows = rows;
}

static int tty_size(struct vnode *v UNUSED, unsigned *out_columns, unsigned *out_rows)
{
    if (!screen_size(out_columns, out_rows)) {
        *out_columns = line_terminal.columns;
        *out_rows = line_terminal.rows;
    }
    return 0;
}

/* ---- devices ---- */

static int64_t serial_write(struct vnode *v UNUSED, const void *buf, size_t len,
                            uint64_t offset UNUSED)
{
    char piece[OUT_PIECE];
    size_t done = 0;
    mutex_lock(&tty.out);
    while (done < len && !(done && thread_dying())) {
        size_t n = min_u64(len - done, sizeof(piece));
        memcpy(piece, (const char *)buf + done, n);
        arch_console_write(piece, n);
        done += n;
    }
    mutex_unlock(&tty.out);
    return (int64_t)done;
}

static const struct vnode_ops tty_ops = {.read = tty_read,
                                         .write = tty_write,
                                         .poll = tty_poll,
                                         .tty_size = tty_size,
                                         .stat = device_stat};
static const struct vnode_ops serial_ops = {
    .read = tty_read, .write = serial_write, .poll = tty_poll, .stat = device_stat};
DEVICE(console, tty_ops);
DEVICE(tty, tty_ops);
DEVICE(serial0, serial_ops);

void tty_init(int interrupt_kind)
{
    tty.interrupt_kind = interrupt_kind;
    waitq_init(&tty.readers);
    waitq_init(&tty.echo_wake);
    mutex_init(&tty.out);
    tty.ready = true;
    if (!thread_create(NULL, "tty", echo_main, NULL))
        log_error("tty: no thread for the echo");
}
