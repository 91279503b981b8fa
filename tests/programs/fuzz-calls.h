/* The calls that fuzz-calls.c makes. */
#pragma once

#include <stdint.h>

/* ---- the calls: module, name, kinds of arguments, types, arguments ----
 * kinds, one 32-bit argument: d descriptor, D descriptor but WORK_FD, w often WORK_FD, o address, i
 * flags or number, c letter, P pid, S signal that ends nothing; two: p path, n program, v iovecs, b
 * buffer, x block of strings, f pairs of descriptors; one of 64 bits: I number, s offset or size, r
 * rights, l time limit; three: m two addresses and a length; four: q of poll_oneoff */
#define W wasi_snapshot_preview1
#define M wasmos
#define CALLS(C)                                                                                   \
    C(W, args_get, "oo", (A, A), (a0, a1))                                                         \
    C(W, args_sizes_get, "oo", (A, A), (a0, a1))                                                   \
    C(W, environ_get, "oo", (A, A), (a0, a1))                                                      \
    C(W, environ_sizes_get, "oo", (A, A), (a0, a1))                                                \
    C(W, clock_res_get, "io", (A, A), (a0, a1))                                                    \
    C(W, clock_time_get, "iIo", (A, B, A), (a0, b1, a2))                                           \
    C(W, fd_advise, "dssi", (A, B, B, A), (a0, b1, b2, a3))                                        \
    C(W, fd_allocate, "dss", (A, B, B), (a0, b1, b2))                                              \
    C(W, fd_close, "D", (A), (a0))                                                                 \
    C(W, fd_datasync, "d", (A), (a0))                                                              \
    C(W, fd_fdstat_get, "do", (A, A), (a0, a1))                                                    \
    C(W, fd_fdstat_set_flags, "di", (A, A), (a0, a1))                                              \
    C(W, fd_fdstat_set_rights, "Drr", (A, B, B), (a0, b1, b2))                                     \
    C(W, fd_filestat_get, "do", (A, A), (a0, a1))                                                  \
    C(W, fd_filestat_set_size, "ds", (A, B), (a0, b1))                                             \
    C(W, fd_filestat_set_times, "dIIi", (A, B, B, A), (a0, b1, b2, a3))                            \
    C(W, fd_pread, "dvso", (A, A, A, B, A), (a0, a1, a2, b3, a4))                                  \
    C(W, fd_prestat_get, "do", (A, A), (a0, a1))                                                   \
    C(W, fd_prestat_dir_name, "db", (A, A, A), (a0, a1, a2))                                       \
    C(W, fd_pwrite, "dvso", (A, A, A, B, A), (a0, a1, a2, b3, a4))                                 \
    C(W, fd_read, "dvo", (A, A, A, A), (a0, a1, a2, a3))                                           \
    C(W, fd_readdir, "dbIo", (A, A, A, B, A), (a0, a1, a2, b3, a4))                                \
    C(W, fd_renumber, "DD", (A, A), (a0, a1))                                                      \
    C(W, fd_seek, "dsio", (A, B, A, A), (a0, b1, a2, a3))                                          \
    C(W, fd_sync, "d", (A), (a0))                                                                  \
    C(W, fd_tell, "do", (A, A), (a0, a1))                                                          \
    C(W, fd_write, "dvo", (A, A, A, A), (a0, a1, a2, a3))                                          \
    C(W, path_create_directory, "wp", (A, A, A), (a0, a1, a2))                                     \
    C(W, path_filestat_get, "wipo", (A, A, A, A, A), (a0, a1, a2, a3, a4))                         \
    C(W, path_filestat_set_times, "wipIIi", (A, A, A, A, B, B, A), (a0, a1, a2, a3, b4, b5, a6))   \
    C(W, path_link, "wipwp", (A, A, A, A, A, A, A), (a0, a1, a2, a3, a4, a5, a6))                  \
    C(W, path_open, "wipirrio", (A, A, A, A, A, B, B, A, A), (a0, a1, a2, a3, a4, b5, b6, a7, a8)) \
    C(W, path_readlink, "wpbo", (A, A, A, A, A, A), (a0, a1, a2, a3, a4, a5))                      \
    C(W, path_remove_directory, "wp", (A, A, A), (a0, a1, a2))                                     \
    C(W, path_rename, "wpwp", (A, A, A, A, A, A), (a0, a1, a2, a3, a4, a5))                        \
    C(W, path_symlink, "pwp", (A, A, A, A, A), (a0, a1, a2, a3, a4))                               \
    C(W, path_unlink_file, "wp", (A, A, A), (a0, a1, a2))                                          \
    C(W, poll_oneoff, "q", (A, A, A, A), (a0, a1, a2, a3))                                         \
    C(W, proc_raise, "S", (A), (a0))                                                               \
    C(W, sched_yield, "", (void), ())                                                              \
    C(W, random_get, "b", (A, A), (a0, a1))                                                        \
    C(W, sock_accept, "dio", (A, A, A), (a0, a1, a2))                                              \
    C(W, sock_recv, "dvioo", (A, A, A, A, A, A), (a0, a1, a2, a3, a4, a5))                         \
    C(W, sock_send, "dvio", (A, A, A, A, A), (a0, a1, a2, a3, a4))                                 \
    C(W, sock_shutdown, "di", (A, A), (a0, a1))                                                    \
    C(M, spawn, "nxxfilo", (A, A, A, A, A, A, A, A, A, B, A),                                      \
      (a0, a1, a2, a3, a4, a5, a6, a7, a8, b9, a10))                                               \
    C(M, wait, "Pioo", (A, A, A, A), (a0, a1, a2, a3))                                             \
    C(M, kill, "Pi", (A, A), (a0, a1))                                                             \
    C(M, pipe, "io", (A, A), (a0, a1))                                                             \
    C(M, dup, "dDo", (A, A, A), (a0, a1, a2))                                                      \
    C(M, dup_to, "dD", (A, A), (a0, a1))                                                           \
    C(M, tty_mode, "io", (A, A), (a0, a1))                                                         \
    C(M, tty_size, "oo", (A, A), (a0, a1))                                                         \
    C(M, sys_info, "b", (A, A), (a0, a1))                                                          \
    C(env, getchar, "", (void), ())                                                                \
    C(env, runapp, "x", (A), (a0))                                                                 \
    C(env, getargs, "", (void), ())                                                                \
    C(env, timesinceboot, "", (void), ())                                                          \
    C(env, cputime, "", (void), ())                                                                \
    C(env, malloc, "i", (A), (a0))                                                                 \
    C(env, ptrsize, "o", (A), (a0))                                                                \
    C(env, memmove, "m", (A, A, A), (a0, a1, a2))                                                  \
    C(env, memcpy, "m", (A, A, A), (a0, a1, a2))                                                   \
    C(env, memset, "m", (A, A, A), (a0, a1, a2))                                                   \
    C(env, seedrng, "m", (A), (a0))                                                                \
    C(env, rng, "", (void), ())
/* without a result */
#define VOID_CALLS(C)                                                                              \
    C(putchar, "c")                                                                                \
    C(s_putchar, "c")                                                                              \
    C(free, "o")

#define A   uint32_t
#define B   uint64_t
#define a0  (uint32_t)a[0]
#define a1  (uint32_t)a[1]
#define a2  (uint32_t)a[2]
#define a3  (uint32_t)a[3]
#define a4  (uint32_t)a[4]
#define a5  (uint32_t)a[5]
#define a6  (uint32_t)a[6]
#define a7  (uint32_t)a[7]
#define a8  (uint32_t)a[8]
#define a10 (uint32_t)a[10]
#define b1  a[1]
#define b2  a[2]
#define b3  a[3]
#define b4  a[4]
#define b5  a[5]
#define b6  a[6]
#define b9  a[9]

#define NAME_OF_(x) #x
#define NAME_OF(x)  NAME_OF_(x)
#define DECLARE(module, name, kinds, types, arguments)                                             \
    __attribute__((import_module(NAME_OF(module)),                                                 \
                   import_name(#name))) extern int sys_##name types;                               \
    static int do_##name(const uint64_t *a)                                                        \
    {                                                                                              \
        (void)a;                                                                                   \
        return sys_##name arguments;                                                               \
    }
#define DECLARE_VOID(name, kinds)                                                                  \
    __attribute__((import_module("env"), import_name(#name))) extern void sys_##name(uint32_t);    \
    static int do_##name(const uint64_t *a)                                                        \
    {                                                                                              \
        sys_##name(a0);                                                                            \
        return 0;                                                                                  \
    }
CALLS(DECLARE)
VOID_CALLS(DECLARE_VOID)
