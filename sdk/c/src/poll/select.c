#include "internal/wasi.h"
#include <poll.h>
#include <sys/select.h>

static int timeout_ms(const struct timeval *t)
{
    int64_t ms;
    if (!t)
        return -1;
    if (__builtin_mul_overflow(t->tv_sec, 1000, &ms) ||
        __builtin_add_overflow(ms, (t->tv_usec + 999) / 1000, &ms) || ms > INT32_MAX)
        return INT32_MAX;
    return (int)ms;
}

/* Writes into the sets what poll found; how many marks that are, or -1 with EBADF. */
static int store(const struct pollfd *fds, nfds_t count, fd_set *readable, fd_set *writable)
{
    int marks = 0;
    for (nfds_t i = 0; i < count; i++) {
        const struct pollfd *p = &fds[i];
        if (p->revents & POLLNVAL)
            return wasi_result(EBADF);
        if (p->events & POLLIN && p->revents & (POLLIN | POLLHUP | POLLERR)) {
            FD_SET(p->fd, readable);
            marks++;
        }
        if (p->events & POLLOUT && p->revents & (POLLOUT | POLLERR)) {
            FD_SET(p->fd, writable);
            marks++;
        }
    }
    return marks;
}

int select(int count, fd_set *restrict readable, fd_set *restrict writable,
           fd_set *restrict exceptional, struct timeval *restrict timeout)
{
    struct pollfd fds[FD_SETSIZE];
    fd_set found[2];
    nfds_t n = 0;
    if (count < 0 || count > FD_SETSIZE ||
        (timeout && (timeout->tv_sec < 0 || timeout->tv_usec < 0 || timeout->tv_usec >= 1000000)))
        return wasi_result(EINVAL);
    for (int fd = 0; fd < count; fd++) {
        int events = (readable && FD_ISSET(fd, readable) ? POLLIN : 0) |
                     (writable && FD_ISSET(fd, writable) ? POLLOUT : 0);
        if (events || (exceptional && FD_ISSET(fd, exceptional)))
            fds[n++] = (struct pollfd){.fd = fd, .events = (short)events};
    }
    FD_ZERO(&found[0]);
    FD_ZERO(&found[1]);
    if (poll(fds, n, timeout_ms(timeout)) < 0)
        return -1;
    int marks = store(fds, n, &found[0], &found[1]);
    if (marks < 0)
        return -1;
    if (readable)
        *readable = found[0];
    if (writable)
        *writable = found[1];
    if (exceptional)
        FD_ZERO(exceptional);
    return marks;
}
