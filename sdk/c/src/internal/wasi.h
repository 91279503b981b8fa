/* The structures of wasi_snapshot_preview1 (its `types` section) and what all wrappers share. */
#pragma once

#include <bits/imports.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>

enum { WASI_STDIN = 0, WASI_STDOUT = 1, WASI_STDERR = 2, WASI_FIRST_PREOPEN = 3 };

enum { WASI_CLOCK_REALTIME = 0, WASI_CLOCK_MONOTONIC = 1 };

enum wasi_filetype {
    WASI_FILETYPE_UNKNOWN,
    WASI_FILETYPE_BLOCK_DEVICE,
    WASI_FILETYPE_CHARACTER_DEVICE,
    WASI_FILETYPE_DIRECTORY,
    WASI_FILETYPE_REGULAR_FILE,
    WASI_FILETYPE_SOCKET_DGRAM,
    WASI_FILETYPE_SOCKET_STREAM,
    WASI_FILETYPE_SYMBOLIC_LINK
};

enum {
    WASI_FDFLAG_APPEND = 1,
    WASI_FDFLAG_DSYNC = 2,
    WASI_FDFLAG_NONBLOCK = 4,
    WASI_FDFLAG_RSYNC = 8,
    WASI_FDFLAG_SYNC = 16
};
enum { WASI_OFLAG_CREAT = 1, WASI_OFLAG_DIRECTORY = 2, WASI_OFLAG_EXCL = 4, WASI_OFLAG_TRUNC = 8 };
enum { WASI_LOOKUP_SYMLINK_FOLLOW = 1 };

#define WASI_RIGHT_FD_READ  (1ull << 1)
#define WASI_RIGHT_FD_SEEK  (1ull << 2)
#define WASI_RIGHT_FD_TELL  (1ull << 5)
#define WASI_RIGHT_FD_WRITE (1ull << 6)
#define WASI_RIGHT_POLL     (1ull << 27)
/* fd_datasync, fd_sync, fd_allocate, fd_filestat_set_size: what only a writer needs besides
 * fd_write */
#define WASI_RIGHTS_WRITER (WASI_RIGHT_FD_WRITE | 1ull << 0 | 1ull << 4 | 1ull << 8 | 1ull << 22)
#define WASI_RIGHTS_ALL    ((1ull << 30) - 1)

struct wasi_iovec {
    void *bytes;
    size_t len;
};

struct wasi_fdstat {
    uint8_t filetype;
    uint16_t flags;
    uint64_t rights, rights_inheriting;
};

struct wasi_filestat {
    uint64_t dev, ino;
    uint8_t filetype;
    uint64_t nlink, size, atime_ns, mtime_ns, ctime_ns;
};

struct wasi_prestat {
    uint8_t kind; /* 0: directory */
    size_t name_len;
};

enum { WASI_EVENT_CLOCK, WASI_EVENT_FD_READ, WASI_EVENT_FD_WRITE };
enum { WASI_EVENT_HANGUP = 1 };

struct wasi_subscription {
    uint64_t userdata;
    uint8_t kind; /* WASI_EVENT_… */
    union {
        struct {
            uint32_t id;
            uint64_t timeout_ns, precision_ns;
            uint16_t flags; /* 1: absolute */
        } clock;
        struct {
            int fd;
        } descriptor;
    };
};

struct wasi_event {
    uint64_t userdata;
    uint16_t error;
    uint8_t kind;
    uint64_t nbytes;
    uint16_t flags;
};

_Static_assert(sizeof(struct wasi_fdstat) == 24, "WASI layout");
_Static_assert(sizeof(struct wasi_filestat) == 64, "WASI layout");
_Static_assert(sizeof(struct wasi_prestat) == 8, "WASI layout");
_Static_assert(sizeof(struct wasi_subscription) == 48, "WASI layout");
_Static_assert(sizeof(struct wasi_event) == 32, "WASI layout");

/* Turns the result of an imported function into 0, or -1 with errno. */
static inline int wasi_result(int error)
{
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
