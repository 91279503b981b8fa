/* poll over poll_oneoff: one subscription for each direction of each descriptor. */
#include "internal/wasi.h"
#include <limits.h>
#include <poll.h>
#include <stdlib.h>

enum {
    READABLE = POLLIN | POLLRDNORM,
    WRITABLE = POLLOUT | POLLWRNORM,
    FEW = 8 /* so many descriptors need no memory */
};

/* Sets what is known at once, and returns the events to wait for. Descriptors that the system
 * cannot wait for, like directories, are always ready; a direction that is not open never is. */
static int to_wait_for(struct pollfd *p)
{
    struct wasi_fdstat s;
    int events = p->events & (READABLE | WRITABLE);
    p->revents = 0;
    if (p->fd < 0)
        return 0;
    if (__wasi_fd_fdstat_get(p->fd, &s)) {
        p->revents = POLLNVAL;
        return 0;
    }
    if (!(s.rights & WASI_RIGHT_POLL)) {
        p->revents = (short)events;
        return 0;
    }
    return events & ~((s.rights & WASI_RIGHT_FD_READ ? 0 : READABLE) |
                      (s.rights & WASI_RIGHT_FD_WRITE ? 0 : WRITABLE));
}

static void subscribe(struct wasi_subscription *s, size_t i, int fd, int kind)
{
    *s = (struct wasi_subscription){.userdata = i, .kind = (uint8_t)kind};
    s->descriptor.fd = fd;
}

/* One event of a descriptor. */
static void note(struct pollfd *p, const struct wasi_event *e)
{
    int wanted = e->kind == WASI_EVENT_FD_READ ? READABLE : WRITABLE;
    if (e->error == EBADF)
        p->revents |= POLLNVAL;
    else if (e->error)
        p->revents |= POLLERR;
    else if (e->flags & WASI_EVENT_HANGUP && e->kind == WASI_EVENT_FD_WRITE)
        p->revents |= POLLERR;
    else if (!(e->flags & WASI_EVENT_HANGUP) || e->nbytes > 0)
        p->revents |= p->events & wanted;
    if (!e->error && e->flags & WASI_EVENT_HANGUP && e->kind == WASI_EVENT_FD_READ)
        p->revents |= POLLHUP;
}

static int wait_for(struct pollfd *fds, nfds_t count, int timeout_ms,
                    struct wasi_subscription *subscriptions, struct wasi_event *events)
{
    size_t n = 0, found = 0, happened;
    for (size_t i = 0; i < count; i++) {
        int events = to_wait_for(&fds[i]);
        found += fds[i].revents != 0;
        if (events & READABLE)
            subscribe(&subscriptions[n++], i, fds[i].fd, WASI_EVENT_FD_READ);
        if (events & WRITABLE)
            subscribe(&subscriptions[n++], i, fds[i].fd, WASI_EVENT_FD_WRITE);
    }
    if (timeout_ms >= 0 || found > 0 || n == 0) {
        uint64_t ns = timeout_ms < 0 ? UINT64_MAX : (uint64_t)timeout_ms * 1000000;
        subscriptions[n] = (struct wasi_subscription){.kind = WASI_EVENT_CLOCK};
        subscriptions[n].clock.id = WASI_CLOCK_MONOTONIC;
        subscriptions[n++].clock.timeout_ns = found ? 0 : ns;
    }
    int error = __wasi_poll_oneoff(subscriptions, events, n, &happened);
    if (wasi_result(error))
        return -1;
    for (size_t i = 0; i < happened; i++)
        if (events[i].kind != WASI_EVENT_CLOCK)
            note(&fds[events[i].userdata], &events[i]);
    int ready = 0;
    for (size_t i = 0; i < count; i++)
        ready += fds[i].revents != 0;
    return ready;
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    struct wasi_subscription few[2 * FEW + 1];
    struct wasi_event few_events[2 * FEW + 1];
    if (count <= FEW)
        return wait_for(fds, count, timeout_ms, few, few_events);
    if (count > INT_MAX / sizeof *few / 4)
        return wasi_result(EINVAL);
    size_t n = 2 * count + 1;
    struct wasi_subscription *subscriptions = malloc(n * (sizeof *few + sizeof *few_events));
    if (!subscriptions)
        return -1;
    int result =
        wait_for(fds, count, timeout_ms, subscriptions, (struct wasi_event *)(subscriptions + n));
    int error = errno;
    free(subscriptions);
    errno = error;
    return result;
}
