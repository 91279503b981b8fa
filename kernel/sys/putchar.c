/* env.putchar: a byte at a time from the program, a line at a time to its standard output. A kernel
 * thread writes out what stays in a buffer, so that "Working..." without an end of line is seen.
 * Lock order: flusher.lock → out.lock. */
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/sys/sys.h"

#define FLUSH_DELAY_NS (30 * NSEC_PER_MSEC)

static struct {
    struct mutex lock;   /* guards list; held while one buffer is written */
    struct list buffers; /* that have, or lately had, bytes waiting */
    struct spinlock wake_lock;
    struct waitq wake;
    bool work; /* guarded by wake_lock */
} flusher = {
    .lock = {.waiters = {.waiters = LIST_INIT(flusher.lock.waiters.waiters)}},
    .buffers = LIST_INIT(flusher.buffers),
    .wake = {.waiters = LIST_INIT(flusher.wake.waiters)},
};

/* Writes the buffer out; out.lock is held. An error cannot be told to anyone: the bytes are
 * dropped. */
static void write_out(struct program *p)
{
    struct out_buffer *o = &p->out;
    struct file *f;
    assert(mutex_held(&o->lock));
    if (!o->count)
        return;
    if (fd_get_rights(p->process->fds, 1, RIGHT_FD_WRITE, &f) == 0) {
        for (uint32_t done = 0; done < o->count;) {
            int64_t n = file_write(f, o->bytes + done, o->count - done);
            if (n <= 0)
                break;
            done += (uint32_t)n;
        }
        file_put(f);
    }
    __atomic_store_n(&o->count, 0, __ATOMIC_RELEASE);
}

void program_flush(struct program *p)
{
    /* Only the program's own thread adds bytes, and the flusher sets 0 when they are written. */
    if (!__atomic_load_n(&p->out.count, __ATOMIC_ACQUIRE))
        return;
    mutex_lock(&p->out.lock);
    write_out(p);
    mutex_unlock(&p->out.lock);
}

void putchar_forget(struct program *p)
{
    mutex_lock(&flusher.lock);
    list_remove(&p->out.link);
    mutex_unlock(&flusher.lock);
}

/* The first byte of a buffer: from now on somebody looks after it. */
static void enlist(struct program *p)
{
    mutex_lock(&flusher.lock);
    if (list_empty(&p->out.link))
        list_push_back(&flusher.buffers, &p->out.link);
    mutex_unlock(&flusher.lock);
    arch_irq_t irq = spin_lock(&flusher.wake_lock);
    flusher.work = true;
    spin_unlock(&flusher.wake_lock, irq);
    waitq_wake_one(&flusher.wake);
}

void putchar_byte(struct program *p, uint8_t byte)
{
    struct out_buffer *o = &p->out;
    mutex_lock(&o->lock);
    bool first = o->count == 0 && byte != '\n';
    o->bytes[o->count++] = (char)byte;
    if (byte == '\n' || o->count == OUT_BUFFER_BYTES) {
        write_out(p);
        first = false;
    }
    mutex_unlock(&o->lock);
    if (first && list_empty(&o->link)) /* only this thread puts it in */
        enlist(p);
}

/* Everything that is in the list now; buffers found empty leave it. */
static void flush_all(void)
{
    mutex_lock(&flusher.lock);
    LIST_EACH_SAFE(it, &flusher.buffers)
    {
        struct out_buffer *o = LIST_ENTRY(it, struct out_buffer, link);
        mutex_lock(&o->lock);
        if (o->count)
            write_out(CONTAINER_OF(o, struct program, out));
        else
            list_remove(&o->link);
        mutex_unlock(&o->lock);
    }
    bool more = !list_empty(&flusher.buffers);
    mutex_unlock(&flusher.lock);
    if (more) {
        arch_irq_t irq = spin_lock(&flusher.wake_lock);
        flusher.work = true;
        spin_unlock(&flusher.wake_lock, irq);
    }
}

static void flusher_main(void *arg UNUSED)
{
    for (;;) {
        arch_irq_t irq = spin_lock(&flusher.wake_lock);
        while (!flusher.work)
            waitq_wait_uninterruptible(&flusher.wake, &flusher.wake_lock, &irq);
        flusher.work = false;
        spin_unlock(&flusher.wake_lock, irq);
        if (thread_sleep_until(arch_clock_ns() + FLUSH_DELAY_NS))
            log_warn("putchar: the flusher was killed");
        flush_all();
    }
}

void putchar_init(void)
{
    if (!thread_create(NULL, "putchar", flusher_main, NULL))
        log_warn("putchar: no thread for late output");
}
