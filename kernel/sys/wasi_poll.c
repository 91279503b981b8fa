/* wasi_snapshot_preview1: poll_oneoff. */
#include "kernel/sys/wasi.h"

#include "base/string.h"
#include "kernel/mm/heap.h"

enum { POLL_SUBSCRIPTIONS_MAX = 4096, CLOCK_ABSTIME = 1, EVENT_HANGUP = 1 };

struct poll_set {
    struct wasm_instance *instance;
    struct wasi_subscription *subs;
    uint64_t
        *deadlines; /* monotonic, per subscription; UINT64_MAX for descriptors and bad clocks */
    uint32_t count, nevents;
    guest_t out;
    uint64_t earliest_ns;
    bool has_fds;
};

/* The monotonic time at which a clock subscription is due; an error is an event of its own. */
static int clock_deadline(const struct wasi_subscription *s, uint64_t *out_ns)
{
    uint64_t now, mono = arch_clock_ns();
    *out_ns = UINT64_MAX;
    if (s->clock.flags & ~CLOCK_ABSTIME)
        return -EINVAL;
    int err = wasi__clock_now(s->clock.id, &now);
    if (err)
        return err;
    if (s->clock.id > WASI_CLOCK_MONOTONIC)
        return -ENOTSUP; /* waiting does not use CPU time */
    uint64_t wait = s->clock.timeout;
    if (s->clock.flags & CLOCK_ABSTIME)
        wait = s->clock.timeout > now ? s->clock.timeout - now : 0;
    *out_ns = wait < UINT64_MAX - 1 - mono ? mono + wait : UINT64_MAX - 1;
    return 0;
}

static void put_event(struct poll_set *p, const struct wasi_subscription *s, int err,
                      uint64_t nbytes, uint16_t flags)
{
    struct wasi_event e = {.userdata = s->userdata,
                           .error = (uint16_t)-err,
                           .type = s->tag,
                           .nbytes = nbytes,
                           .flags = flags};
    guest_t at = p->out + p->nevents++ * (uint32_t)sizeof(e);
    int bad = guest_put(p->instance, at, &e, sizeof(e));
    assert(!bad); /* the whole array was checked, and memory does not shrink */
}

static uint64_t bytes_ready(struct file *f)
{
    struct vnode_stat st;
    if (f->vnode->type != VNODE_REG || vnode_stat(f->vnode, &st))
        return 1; /* at least */
    uint64_t at = f->offset;
    return st.size > at ? st.size - at : 0;
}

static void check_fd(struct poll_set *p, const struct wasi_subscription *s)
{
    struct file *f;
    uint64_t need = s->tag == WASI_EVENT_FD_READ ? RIGHT_FD_READ : RIGHT_FD_WRITE;
    unsigned events = s->tag == WASI_EVENT_FD_READ ? POLL_READ : POLL_WRITE;
    int err = wasi__file(p->instance, s->fd, need | RIGHT_POLL_FD_READWRITE, &f);
    if (err) {
        put_event(p, s, err, 0, 0);
        return;
    }
    unsigned ready = vnode_poll(f->vnode, events);
    if (ready & (events | POLL_HANGUP))
        put_event(p, s, 0, s->tag == WASI_EVENT_FD_READ && (ready & POLL_READ) ? bytes_ready(f) : 0,
                  ready & POLL_HANGUP ? EVENT_HANGUP : 0);
    file_put(f);
}

/* Turns time-outs into deadlines. */
static void prepare(struct poll_set *p)
{
    p->earliest_ns = UINT64_MAX;
    for (uint32_t n = 0; n < p->count; n++) {
        const struct wasi_subscription *s = &p->subs[n];
        p->deadlines[n] = UINT64_MAX;
        if (s->tag == WASI_EVENT_CLOCK) {
            int err = clock_deadline(s, &p->deadlines[n]);
            if (err)
                put_event(p, s, err, 0, 0);
        } else {
            p->has_fds = true;
        }
        p->earliest_ns = min_u64(p->earliest_ns, p->deadlines[n]);
    }
}

static void collect(struct poll_set *p)
{
    uint64_t now = arch_clock_ns();
    for (uint32_t n = 0; n < p->count; n++) {
        const struct wasi_subscription *s = &p->subs[n];
        if (s->tag != WASI_EVENT_CLOCK)
            check_fd(p, s);
        else if (p->deadlines[n] <= now)
            put_event(p, s, 0, 0, 0);
    }
}

static int wait_for_events(struct poll_set *p)
{
    prepare(p);
    if (p->nevents)
        return 0; /* errors are events, and there is nothing to wait for */
    for (;;) {
        uint64_t generation = vfs_poll_generation();
        collect(p);
        if (p->nevents)
            return 0;
        int err = p->has_fds ? vfs_poll_wait(generation, p->earliest_ns)
                             : thread_sleep_until(p->earliest_ns);
        if (err && err != -ETIMEDOUT)
            return err;
    }
}

static int poll_run(struct poll_set *p, guest_t in, guest_t out_nevents)
{
    int err = guest_get(p->instance, in, p->subs, p->count * sizeof(*p->subs));
    if (!err)
        err = guest_check(p->instance, p->out, p->count * sizeof(struct wasi_event));
    if (!err)
        err = guest_check(p->instance, out_nevents, sizeof(uint32_t));
    for (uint32_t n = 0; n < p->count && !err; n++)
        err = p->subs[n].tag > WASI_EVENT_FD_WRITE ? -EINVAL : 0;
    if (!err)
        err = wait_for_events(p);
    return err ? err : guest_put_u32(p->instance, out_nevents, p->nevents);
}

int32_t wasi_poll_oneoff(struct wasm_instance *i, guest_t in, guest_t out, u32 count,
                         guest_t out_nevents)
{
    struct poll_set p = {.instance = i, .count = count, .out = out};
    program_flush(program_of(i));
    if (count == 0 || count > POLL_SUBSCRIPTIONS_MAX)
        return sys_result(i, -EINVAL);
    p.subs = kalloc(count * sizeof(*p.subs));
    p.deadlines = kalloc(count * sizeof(*p.deadlines));
    int err = p.subs && p.deadlines ? poll_run(&p, in, out_nevents) : -ENOMEM;
    kfree(p.deadlines, count * sizeof(*p.deadlines));
    kfree(p.subs, count * sizeof(*p.subs));
    return sys_result(i, err);
}
