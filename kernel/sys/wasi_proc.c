/* wasi_snapshot_preview1: arguments, environment, clocks, random numbers, the process, sockets (of
 * which there are none yet). */
#include "kernel/sys/wasi.h"

#include "base/string.h"

/* ---- args_*, environ_* ---- */

static int32_t strings_get(struct wasm_instance *i, const struct string_list *l, guest_t array,
                           guest_t buf)
{
    int err = guest_check(i, array, (uint64_t)l->count * sizeof(guest_t));
    if (!err)
        err = guest_put(i, buf, l->bytes, l->len_bytes);
    uint32_t at = 0;
    for (uint32_t n = 0; n < l->count && !err; n++) {
        err = guest_put_u32(i, array + n * (uint32_t)sizeof(guest_t), buf + at);
        at += (uint32_t)strlen(l->bytes + at) + 1;
    }
    return sys_result(i, err);
}

static int32_t strings_sizes(struct wasm_instance *i, const struct string_list *l,
                             guest_t out_count, guest_t out_bytes)
{
    int err = guest_check(i, out_bytes, sizeof(uint32_t));
    if (!err)
        err = guest_put_u32(i, out_count, l->count);
    if (!err)
        err = guest_put_u32(i, out_bytes, l->len_bytes);
    return sys_result(i, err);
}

int32_t wasi_args_get(struct wasm_instance *i, guest_t args, guest_t buf)
{
    return strings_get(i, &program_of(i)->process->args, args, buf);
}

int32_t wasi_args_sizes_get(struct wasm_instance *i, guest_t out_count, guest_t out_bytes)
{
    return strings_sizes(i, &program_of(i)->process->args, out_count, out_bytes);
}

int32_t wasi_environ_get(struct wasm_instance *i, guest_t environ, guest_t buf)
{
    return strings_get(i, &program_of(i)->process->env, environ, buf);
}

int32_t wasi_environ_sizes_get(struct wasm_instance *i, guest_t out_count, guest_t out_bytes)
{
    return strings_sizes(i, &program_of(i)->process->env, out_count, out_bytes);
}

/* ---- clocks ---- */

int wasi__clock_now(uint32_t id, uint64_t *out_ns)
{
    struct thread *t = thread_current();
    switch (id) {
    case WASI_CLOCK_REALTIME:
        *out_ns = arch_wall_ns();
        return 0;
    case WASI_CLOCK_MONOTONIC:
        *out_ns = arch_clock_ns();
        return 0;
    case WASI_CLOCK_PROCESS:
        sched_account(t);
        *out_ns = __atomic_load_n(&t->process->cpu_ns, __ATOMIC_RELAXED);
        return 0;
    case WASI_CLOCK_THREAD:
        sched_account(t);
        *out_ns = t->cpu_ns;
        return 0;
    default:
        return -EINVAL;
    }
}

int32_t wasi_clock_res_get(struct wasm_instance *i, u32 id, guest_t out_ns)
{
    int err = id > WASI_CLOCK_THREAD ? -EINVAL : guest_put_u64(i, out_ns, 1);
    return sys_result(i, err);
}

int32_t wasi_clock_time_get(struct wasm_instance *i, u32 id, u64 precision_ns UNUSED,
                            guest_t out_ns)
{
    uint64_t now;
    int err = wasi__clock_now(id, &now);
    return sys_result(i, err ? err : guest_put_u64(i, out_ns, now));
}

/* ---- random_get, sched_yield ---- */

int32_t wasi_random_get(struct wasm_instance *i, guest_t buf, u32 len)
{
    void *at = guest_at(i, buf, len);
    if (at)
        random_fill(at, len);
    return sys_result(i, at ? 0 : -EFAULT);
}

int32_t wasi_sched_yield(struct wasm_instance *i)
{
    thread_yield();
    return sys_result(i, 0);
}

/* ---- proc_* ---- */

void wasi_proc_exit(struct wasm_instance *i, u32 status)
{
    program_flush(program_of(i));
    sys_kill_check(i);
    wasm_exit(i, (int)(status & 0xff));
}

/* witx: signal */
enum {
    SIGNAL_NONE = 0,
    SIGNAL_INT = 2,
    SIGNAL_ABRT = 6,
    SIGNAL_KILL = 9,
    SIGNAL_CHLD = 16,
    SIGNAL_CONT = 17,
    SIGNAL_STOP = 18,
    SIGNAL_TTOU = 21,
    SIGNAL_URG = 22,
    SIGNAL_WINCH = 27,
    SIGNAL_MAX = 30,
    SIGNAL_STATUS = 128, /* plus the signal: status of what a signal ended */
};

int32_t wasi_proc_raise(struct wasm_instance *i, u32 signal)
{
    if (signal > SIGNAL_MAX)
        return sys_result(i, -EINVAL);
    if (signal >= SIGNAL_STOP && signal <= SIGNAL_TTOU)
        return sys_result(i, -ENOTSUP); /* there is no stopping */
    if (signal == SIGNAL_NONE || signal == SIGNAL_CHLD || signal == SIGNAL_CONT ||
        signal == SIGNAL_URG || signal == SIGNAL_WINCH)
        return sys_result(i, 0); /* ignored by default */
    program_flush(program_of(i));
    sys_kill_check(i);
    if (signal == SIGNAL_INT)
        wasm_trap(i, WASM_TRAP_INTERRUPTED);
    if (signal == SIGNAL_ABRT)
        wasm_trap(i, WASM_TRAP_ABORT);
    if (signal == SIGNAL_KILL)
        wasm_trap(i, WASM_TRAP_KILLED);
    wasm_exit(i, SIGNAL_STATUS + (int)signal);
}

/* ---- sockets: no descriptor is one ---- */

static int32_t not_a_socket(struct wasm_instance *i, uint32_t fd)
{
    struct file *f;
    int err = wasi__file(i, fd, 0, &f);
    if (!err)
        file_put(f);
    return sys_result(i, err ? err : -ENOTSOCK);
}

int32_t wasi_sock_accept(struct wasm_instance *i, u32 fd, u32 flags UNUSED, guest_t out_fd UNUSED)
{
    return not_a_socket(i, fd);
}

int32_t wasi_sock_recv(struct wasm_instance *i, u32 fd, guest_t iovs UNUSED, u32 count UNUSED,
                       u32 flags UNUSED, guest_t out_len UNUSED, guest_t out_flags UNUSED)
{
    return not_a_socket(i, fd);
}

int32_t wasi_sock_send(struct wasm_instance *i, u32 fd, guest_t iovs UNUSED, u32 count UNUSED,
                       u32 flags UNUSED, guest_t out_len UNUSED)
{
    return not_a_socket(i, fd);
}

int32_t wasi_sock_shutdown(struct wasm_instance *i, u32 fd, u32 how UNUSED)
{
    return not_a_socket(i, fd);
}
