/* wasi_snapshot_preview1: the C functions behind abi/wasi.def, and what they share. */
#pragma once

#include "kernel/sys/sys.h"

/* ---- layouts of the WASI records (witx/wasi_snapshot_preview1) ---- */

struct wasi_fdstat {
    uint8_t filetype, pad0;
    uint16_t flags;
    uint32_t pad1;
    uint64_t rights_base, rights_inheriting;
};
_Static_assert(sizeof(struct wasi_fdstat) == 24, "WASI layout");

struct wasi_filestat {
    uint64_t dev, ino;
    uint8_t filetype, pad[7];
    uint64_t nlink, size, atim, mtim, ctim;
};
_Static_assert(sizeof(struct wasi_filestat) == 64, "WASI layout");

struct wasi_prestat {
    uint8_t tag, pad[3]; /* 0: directory */
    uint32_t name_len;
};
_Static_assert(sizeof(struct wasi_prestat) == 8, "WASI layout");

struct wasi_dirent {
    uint64_t next, ino;
    uint32_t name_len;
    uint8_t type, pad[3];
};
_Static_assert(sizeof(struct wasi_dirent) == 24, "WASI layout");

struct wasi_subscription {
    uint64_t userdata;
    uint8_t tag, pad[7];
    union {
        struct {
            uint32_t id, pad;
            uint64_t timeout, precision;
            uint16_t flags;
        } clock;
        uint32_t fd;
    };
};
_Static_assert(sizeof(struct wasi_subscription) == 48, "WASI layout");

struct wasi_event {
    uint64_t userdata;
    uint16_t error;
    uint8_t type, pad[5];
    uint64_t nbytes;
    uint16_t flags;
    uint8_t pad2[6];
};
_Static_assert(sizeof(struct wasi_event) == 32, "WASI layout");

enum { WASI_CLOCK_REALTIME, WASI_CLOCK_MONOTONIC, WASI_CLOCK_PROCESS, WASI_CLOCK_THREAD };
enum { WASI_EVENT_CLOCK, WASI_EVENT_FD_READ, WASI_EVENT_FD_WRITE };
enum {
    WASI_FST_ATIM = 1,
    WASI_FST_ATIM_NOW = 2,
    WASI_FST_MTIM = 4,
    WASI_FST_MTIM_NOW = 8,
    WASI_FST_ALL = 15
};
enum { WASI_LOOKUP_FOLLOW = 1 };

/* ---- shared by the files of this module ---- */

/* The time of a clock in ns; -EINVAL for an unknown one. */
MUSTUSE int wasi__clock_now(uint32_t id, uint64_t *out_ns);
/* A descriptor for data: -EBADF, -ENOTCAPABLE. Directories are told apart by their rights. */
MUSTUSE int wasi__file(struct wasm_instance *i, uint32_t fd, uint64_t rights, struct file **out);
void wasi__filestat_fill(struct wasi_filestat *out, const struct vnode_stat *st);
/* What the flags of *_filestat_set_times say: times to set, UINT64_MAX to leave. 0 or -EINVAL. */
MUSTUSE int wasi__times(uint64_t *atime_ns, uint64_t *mtime_ns, uint32_t flags);

/* ---- the calls ---- */

#define I struct wasm_instance *i
typedef uint32_t u32;
typedef uint64_t u64;
int32_t wasi_args_get(I, guest_t args, guest_t buf);
int32_t wasi_args_sizes_get(I, guest_t out_count, guest_t out_bytes);
int32_t wasi_environ_get(I, guest_t environ, guest_t buf);
int32_t wasi_environ_sizes_get(I, guest_t out_count, guest_t out_bytes);
int32_t wasi_clock_res_get(I, u32 id, guest_t out_ns);
int32_t wasi_clock_time_get(I, u32 id, u64 precision_ns, guest_t out_ns);
int32_t wasi_fd_advise(I, u32 fd, u64 offset, u64 len, u32 advice);
int32_t wasi_fd_allocate(I, u32 fd, u64 offset, u64 len);
int32_t wasi_fd_close(I, u32 fd);
int32_t wasi_fd_datasync(I, u32 fd);
int32_t wasi_fd_fdstat_get(I, u32 fd, guest_t out);
int32_t wasi_fd_fdstat_set_flags(I, u32 fd, u32 flags);
int32_t wasi_fd_fdstat_set_rights(I, u32 fd, u64 rights, u64 inheriting);
int32_t wasi_fd_filestat_get(I, u32 fd, guest_t out);
int32_t wasi_fd_filestat_set_size(I, u32 fd, u64 size);
int32_t wasi_fd_filestat_set_times(I, u32 fd, u64 atime_ns, u64 mtime_ns, u32 flags);
int32_t wasi_fd_pread(I, u32 fd, guest_t iovs, u32 count, u64 offset, guest_t out_len);
int32_t wasi_fd_prestat_get(I, u32 fd, guest_t out);
int32_t wasi_fd_prestat_dir_name(I, u32 fd, guest_t path, u32 path_len);
int32_t wasi_fd_pwrite(I, u32 fd, guest_t iovs, u32 count, u64 offset, guest_t out_len);
int32_t wasi_fd_read(I, u32 fd, guest_t iovs, u32 count, guest_t out_len);
int32_t wasi_fd_readdir(I, u32 fd, guest_t buf, u32 buf_len, u64 cookie, guest_t out_len);
int32_t wasi_fd_renumber(I, u32 from, u32 to);
int32_t wasi_fd_seek(I, u32 fd, u64 delta, u32 whence, guest_t out_offset);
int32_t wasi_fd_sync(I, u32 fd);
int32_t wasi_fd_tell(I, u32 fd, guest_t out_offset);
int32_t wasi_fd_write(I, u32 fd, guest_t iovs, u32 count, guest_t out_len);
int32_t wasi_path_create_directory(I, u32 fd, guest_t path, u32 len);
int32_t wasi_path_filestat_get(I, u32 fd, u32 lookup, guest_t path, u32 len, guest_t out);
int32_t wasi_path_filestat_set_times(I, u32 fd, u32 lookup, guest_t path, u32 len, u64 atime_ns,
                                     u64 mtime_ns, u32 flags);
int32_t wasi_path_link(I, u32 old_fd, u32 lookup, guest_t old_path, u32 old_len, u32 new_fd,
                       guest_t new_path, u32 new_len);
int32_t wasi_path_open(I, u32 fd, u32 lookup, guest_t path, u32 len, u32 oflags, u64 rights,
                       u64 inheriting, u32 fdflags, guest_t out_fd);
int32_t wasi_path_readlink(I, u32 fd, guest_t path, u32 len, guest_t buf, u32 buf_len,
                           guest_t out_len);
int32_t wasi_path_remove_directory(I, u32 fd, guest_t path, u32 len);
int32_t wasi_path_rename(I, u32 fd, guest_t old_path, u32 old_len, u32 new_fd, guest_t new_path,
                         u32 new_len);
int32_t wasi_path_symlink(I, guest_t target, u32 target_len, u32 fd, guest_t path, u32 len);
int32_t wasi_path_unlink_file(I, u32 fd, guest_t path, u32 len);
int32_t wasi_poll_oneoff(I, guest_t in, guest_t out, u32 count, guest_t out_nevents);
void wasi_proc_exit(I, u32 status);
int32_t wasi_proc_raise(I, u32 signal);
int32_t wasi_sched_yield(I);
int32_t wasi_random_get(I, guest_t buf, u32 len);
int32_t wasi_sock_accept(I, u32 fd, u32 flags, guest_t out_fd);
int32_t wasi_sock_recv(I, u32 fd, guest_t iovs, u32 count, u32 flags, guest_t out_len,
                       guest_t out_flags);
int32_t wasi_sock_send(I, u32 fd, guest_t iovs, u32 count, u32 flags, guest_t out_len);
int32_t wasi_sock_shutdown(I, u32 fd, u32 how);
#undef I
