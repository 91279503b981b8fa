/* Any descriptor below FD_SETSIZE may be in a set. */
#pragma once

#include <bits/decls.h>
#include <bits/timespec.h>
#include <bits/timeval.h>

#define FD_SETSIZE 1024

__BEGIN_DECLS

typedef struct {
    unsigned long __bits[FD_SETSIZE / 32];
} fd_set;

#define FD_ZERO(set)      __builtin_memset((set), 0, sizeof(fd_set))
#define FD_SET(fd, set)   ((void)((set)->__bits[(fd) / 32] |= 1ul << (fd) % 32))
#define FD_CLR(fd, set)   ((void)((set)->__bits[(fd) / 32] &= ~(1ul << (fd) % 32)))
#define FD_ISSET(fd, set) (((set)->__bits[(fd) / 32] >> (fd) % 32 & 1) != 0)

/* As poll: nothing is ever exceptional. `timeout` stays as it is. */
int select(int count, fd_set *__restrict readable, fd_set *__restrict writable,
           fd_set *__restrict exceptional, struct timeval *__restrict timeout);

__END_DECLS
