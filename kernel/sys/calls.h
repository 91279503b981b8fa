/* The C functions behind abi/env.def and abi/wasmos.def. */
#pragma once

#include "kernel/sys/sys.h"

#define I struct wasm_instance *i
void env_putchar(I, uint32_t byte);
void env_s_putchar(I, uint32_t byte);
int32_t env_getchar(I);
void env_abort(I, guest_t message, guest_t file, uint32_t line, uint32_t column);
int32_t env_runapp(I, guest_t line);
int32_t env_getargs(I);
int32_t env_timesinceboot(I);
int32_t env_cputime(I);
int32_t env_malloc(I, uint32_t size);
void env_free(I, guest_t addr);
int32_t env_ptrsize(I, guest_t addr);
int32_t env_memmove(I, guest_t dst, guest_t src, uint32_t n);
int32_t env_memcpy(I, guest_t dst, guest_t src, uint32_t n);
int32_t env_memset(I, guest_t dst, uint32_t byte, uint32_t n);
int32_t env_seedrng(I, guest_t seed);
int32_t env_rng(I);

int32_t wasmos_spawn(I, guest_t path, uint32_t path_len, guest_t args, uint32_t args_len,
                     guest_t env, uint32_t env_len, guest_t fds, uint32_t fds_count, uint32_t flags,
                     uint64_t time_limit_ns, guest_t out_pid);
int32_t wasmos_wait(I, uint32_t pid, uint32_t flags, guest_t out_pid, guest_t out_status);
int32_t wasmos_kill(I, uint32_t pid, uint32_t signal);
int32_t wasmos_pipe(I, uint32_t flags, guest_t out_fds);
int32_t wasmos_dup(I, uint32_t fd, uint32_t min, guest_t out_fd);
int32_t wasmos_dup_to(I, uint32_t fd, uint32_t to);
int32_t wasmos_tty_mode(I, uint32_t mode, guest_t out_previous);
int32_t wasmos_tty_size(I, guest_t out_columns, guest_t out_rows);
int32_t wasmos_sys_info(I, guest_t buf, uint32_t len);

int32_t threads_thread_spawn(I, uint32_t argument);
#undef I
