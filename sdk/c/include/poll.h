#pragma once

#include <bits/decls.h>

#define POLLIN     0x001
#define POLLPRI    0x002
#define POLLOUT    0x004
#define POLLERR    0x008
#define POLLHUP    0x010
#define POLLNVAL   0x020
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200

__BEGIN_DECLS

typedef unsigned long nfds_t;

struct pollfd {
    int fd; /* below 0: not looked at */
    short events, revents;
};

/* Waits until one of the descriptors is ready: how many are; 0 after `timeout_ms` (-1: never).
 * There is no out-of-band data: POLLPRI and POLLRDBAND never come. */
int poll(struct pollfd *fds, nfds_t count, int timeout_ms);

__END_DECLS
