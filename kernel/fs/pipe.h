/* Pipes (POSIX.1-2017 pipe(), write()): bytes written at one end are read at the other, in order.
 */
#pragma once

#include "kernel/fs/vfs.h"

enum {
    PIPE_BYTES = 64 * 1024, /* what a pipe holds */
    PIPE_ATOMIC = 4096      /* a write of so many bytes is not mixed with others (PIPE_BUF) */
};

/* Two vnodes with a reference each, which are the caller's: 0 or -ENOMEM. An end is closed when its
 * vnode is released: then reading the other one comes to an end (0), and writing it is -EPIPE.
 * Reading waits for at least one byte; writing waits for room, and may write less than asked if
 * that is more than PIPE_ATOMIC. -EINTR when the thread is to be killed. */
MUSTUSE int pipe_create(struct vnode **out_read, struct vnode **out_write);
