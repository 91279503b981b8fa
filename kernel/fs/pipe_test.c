#include "kernel/fs/pipe.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/fs/fd.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

TEST(pipe_ends)
{
    struct vnode *from, *to;
    struct heap_stats before, after;
    char buf[8];
    heap_stats(&before);
    CHECK(pipe_create(&from, &to) == 0);
    CHECK(vnode_poll(from, POLL_READ) == 0 && vnode_poll(to, POLL_WRITE) == POLL_WRITE);
    CHECK(vnode_write(to, "hello", 5, 0) == 5);
    CHECK(vnode_poll(from, POLL_READ) == POLL_READ);
    CHECK(vnode_read(from, buf, 2, 0) == 2 && !memcmp(buf, "he", 2));
    CHECK(vnode_read(to, buf, 2, 0) == -EINVAL && vnode_write(from, buf, 2, 0) == -EINVAL);
    vnode_put(to);
    CHECK(vnode_poll(from, POLL_READ) == (POLL_READ | POLL_HANGUP));
    CHECK(vnode_read(from, buf, 8, 0) == 3 && !memcmp(buf, "llo", 3));
    CHECK(vnode_read(from, buf, 8, 0) == 0 && vnode_poll(from, POLL_READ) == POLL_HANGUP);
    vnode_put(from);
    CHECK(pipe_create(&from, &to) == 0);
    CHECK(vnode_write(to, "unread", 6, 0) == 6);
    vnode_put(from);
    CHECK(vnode_write(to, "x", 1, 0) == -EPIPE && vnode_poll(to, POLL_WRITE) & POLL_HANGUP);
    vnode_put(to);
    heap_stats(&after);
    CHECK(after.bytes == before.bytes);
}

static char byte_at(uint64_t i)
{
    return (char)(i * 31 + i / 253);
}

static char buf[PIPE_BYTES + 1];

/* Writes len bytes of the pattern at *at. */
static int64_t write_pattern(struct file *f, size_t len, uint64_t *at)
{
    for (size_t i = 0; i < len; i++)
        buf[i] = byte_at(*at + i);
    int64_t n = file_write(f, buf, len);
    *at += n > 0 ? (uint64_t)n : 0;
    return n;
}

/* Reads at most len bytes, which must be the pattern at *at. */
static int64_t read_pattern(struct vnode *v, size_t len, uint64_t *at)
{
    int64_t n = vnode_read(v, buf, len, 0);
    for (int64_t i = 0; i < n; i++)
        if (buf[i] != byte_at((*at)++))
            return -EILSEQ;
    return n;
}

/* A full pipe takes no more; a small write goes in whole or not at all; the ring goes round. */
TEST(pipe_full)
{
    enum { CHUNK = 3000, ROUNDS = 100 };
    struct vnode *from, *to;
    struct file *w;
    struct frame_stats before, after;
    uint64_t put = 0, taken = 0;
    frame_stats(&before);
    CHECK(pipe_create(&from, &to) == 0);
    CHECK(file_create(to, FDFLAG_NONBLOCK, rights_base(to), 0, &w) == 0);
    CHECK(write_pattern(w, PIPE_BYTES + 1, &put) == PIPE_BYTES);
    CHECK(write_pattern(w, 1, &put) == -EAGAIN);
    CHECK(read_pattern(from, CHUNK, &taken) == CHUNK);
    CHECK(vnode_poll(to, POLL_WRITE) == 0 && write_pattern(w, PIPE_ATOMIC, &put) == -EAGAIN);
    for (unsigned n = 0; n < ROUNDS; n++) { /* never empty, so that it wraps */
        CHECK(read_pattern(from, 2 * CHUNK, &taken) == 2 * CHUNK);
        CHECK(write_pattern(w, CHUNK, &put) == CHUNK && write_pattern(w, CHUNK, &put) == CHUNK);
    }
    file_put(w);
    vnode_put(to);
    CHECK(read_pattern(from, sizeof(buf), &taken) == PIPE_BYTES - CHUNK);
    CHECK(read_pattern(from, sizeof(buf), &taken) == 0 && taken == put);
    vnode_put(from);
    frame_stats(&after);
    CHECK(after.free == before.free);
}

/* ---- two threads ---- */

enum { STREAM_BYTES = 1 << 20, PIECE_MAX = 10000 };

struct stream {
    struct file *to;
    int64_t written;
    struct spinlock lock;
    bool done; /* guarded by lock */
    struct waitq ended;
};

static void write_all(void *arg)
{
    static char piece[PIECE_MAX];
    struct stream *s = arg;
    size_t len = 1;
    for (uint64_t at = 0; at < STREAM_BYTES; at += len) {
        len = min_u64(1 + at * 7 % PIECE_MAX, STREAM_BYTES - at);
        for (size_t i = 0; i < len; i++)
            piece[i] = byte_at(at + i);
        int64_t n = file_write(s->to, piece, len);
        s->written += n > 0 ? n : 0;
    }
    file_put(s->to);
    arch_irq_t irq = spin_lock(&s->lock);
    s->done = true;
    waitq_wake_all(&s->ended);
    spin_unlock(&s->lock, irq);
}

TEST(pipe_stream)
{
    struct stream s = {.lock = SPINLOCK_INIT};
    struct vnode *from, *to;
    uint64_t at = 0;
    int64_t n;
    waitq_init(&s.ended);
    CHECK(pipe_create(&from, &to) == 0);
    CHECK(file_create(to, 0, rights_base(to), 0, &s.to) == 0);
    vnode_put(to);
    struct thread *t = thread_create(NULL, "pipe_test", write_all, &s);
    CHECK(t != NULL);
    if (!t)
        return;
    while ((n = read_pattern(from, 1 + at * 13 % PIECE_MAX, &at)) > 0) {
    }
    CHECK(n == 0 && at == STREAM_BYTES);
    arch_irq_t irq = spin_lock(&s.lock);
    while (!s.done)
        waitq_wait_uninterruptible(&s.ended, &s.lock, &irq);
    spin_unlock(&s.lock, irq);
    CHECK(s.written == STREAM_BYTES);
    vnode_put(from);
}
