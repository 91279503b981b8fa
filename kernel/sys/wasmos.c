/* Import module `wasmos`: processes, the terminal, the system. Conventions are WASI's. */
#include "base/string.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/sys/calls.h"

enum { SPAWN_FOREGROUND = 1, WAIT_NOHANG = 1, ENV_INHERIT = UINT32_MAX, FDS_INHERIT = UINT32_MAX };
enum { SIGNAL_INTERRUPT = 2, SIGNAL_KILL = 9 };
enum { TTY_COOKED = 0, TTY_RAW = 1 };

/* ---- threads ---- */

int32_t threads_thread_spawn(struct wasm_instance *i, uint32_t argument)
{
    int tid = sys_thread_spawn(program_of(i), argument);
    sys_kill_check(i);
    return tid;
}

/* ---- processes ---- */

/* A copy of a block of NUL-terminated strings in guest memory. */
static int guest_strings(struct wasm_instance *i, guest_t addr, uint32_t len,
                         struct string_list *out)
{
    const char *at = guest_at(i, addr, len);
    return at ? strings_copy(at, len, out) : -EFAULT;
}

static size_t map_size(uint32_t count)
{
    return sizeof(struct fd_map) + count * sizeof(((struct fd_map *)NULL)->at[0]);
}

/* Pairs of 32-bit numbers from guest memory; *out is NULL for FDS_INHERIT. */
static int guest_fd_map(struct wasm_instance *i, guest_t addr, uint32_t count, struct fd_map **out)
{
    *out = NULL;
    if (count == FDS_INHERIT)
        return 0;
    if (count > FD_MAX)
        return -EINVAL;
    struct fd_map *map = kalloc(map_size(count));
    if (!map)
        return -ENOMEM;
    map->count = count;
    int err = guest_get(i, addr, map->at, count * sizeof(map->at[0]));
    if (err)
        kfree(map, map_size(count));
    else
        *out = map;
    return err;
}

static int64_t spawn_with(struct process *p, struct spawn *s, const struct fd_map *map)
{
    int err = fd_table_inherit(p->fds, map, &s->fds);
    if (err)
        return err;
    int pid = process_spawn(p, s);
    if (pid < 0)
        fd_table_destroy(s->fds);
    return pid;
}

int32_t wasmos_spawn(struct wasm_instance *i, guest_t path, uint32_t path_len, guest_t args,
                     uint32_t args_len, guest_t env, uint32_t env_len, guest_t fds,
                     uint32_t fds_count, uint32_t flags, uint64_t time_limit_ns, guest_t out_pid)
{
    struct process *p = program_of(i)->process;
    struct spawn s = {
        .cwd = p->cwd, .foreground = flags & SPAWN_FOREGROUND, .time_limit_ns = time_limit_ns};
    struct fd_map *map = NULL;
    char *text;
    program_flush(program_of(i));
    int64_t pid =
        flags & ~(uint32_t)SPAWN_FOREGROUND ? -EINVAL : guest_check(i, out_pid, sizeof(uint32_t));
    if (!pid)
        pid = guest_text(i, path, path_len, &text);
    if (pid)
        return sys_result(i, pid);
    s.path = text;
    pid = guest_strings(i, args, args_len, &s.args);
    if (!pid && env_len == ENV_INHERIT)
        pid = strings_copy(p->env.bytes, p->env.len_bytes, &s.env);
    else if (!pid)
        pid = guest_strings(i, env, env_len, &s.env);
    if (!pid)
        pid = guest_fd_map(i, fds, fds_count, &map);
    if (!pid)
        pid = spawn_with(p, &s, map);
    if (map)
        kfree(map, map_size(map->count));
    strings_free(&s.env);
    strings_free(&s.args);
    guest_text_free(text, path_len);
    if (pid > 0)
        pid = guest_put_u32(i, out_pid, (uint32_t)pid);
    return sys_result(i, pid);
}

int32_t wasmos_wait(struct wasm_instance *i, uint32_t pid, uint32_t flags, guest_t out_pid,
                    guest_t out_status)
{
    int status = 0;
    program_flush(program_of(i));
    int r = flags & ~(uint32_t)WAIT_NOHANG ? -EINVAL : guest_check(i, out_pid, sizeof(uint32_t));
    if (!r)
        r = guest_check(i, out_status, sizeof(uint32_t));
    if (!r)
        r = process_wait(program_of(i)->process, (int)pid, flags & WAIT_NOHANG, &status);
    if (r < 0)
        return sys_result(i, r);
    int err = guest_put_u32(i, out_pid, (uint32_t)r);
    if (!err)
        err = guest_put_u32(i, out_status, (uint32_t)status);
    return sys_result(i, err);
}

/* The next process in the tree below top, parents first; NULL after the last. process_lock is held.
 */
static struct process *next_below(struct process *top, struct process *p)
{
    if (!list_empty(&p->children))
        return LIST_ENTRY(p->children.next, struct process, sibling);
    while (p != top && p->sibling.next == &p->parent->children)
        p = p->parent;
    return p == top ? NULL : LIST_ENTRY(p->sibling.next, struct process, sibling);
}

/* A process may end itself and what descends from it. */
static bool may_kill(struct process *self, int pid)
{
    arch_irq_t irq = spin_lock(&process_lock);
    struct process *p = self;
    while (p && p->pid != pid)
        p = next_below(self, p);
    spin_unlock(&process_lock, irq);
    return p != NULL;
}

int32_t wasmos_kill(struct wasm_instance *i, uint32_t pid, uint32_t signal)
{
    if (signal != SIGNAL_INTERRUPT && signal != SIGNAL_KILL)
        return sys_result(i, -EINVAL);
    if (!may_kill(program_of(i)->process, (int)pid))
        return sys_result(i, -ESRCH);
    program_flush(program_of(i));
    return sys_result(i, process_kill((int)pid, signal == SIGNAL_KILL ? WASM_TRAP_KILLED
                                                                      : WASM_TRAP_INTERRUPTED));
}

/* ---- the terminal ---- */

/* The terminal's size by the first of these descriptors that is one. */
static int terminal_size(struct wasm_instance *i, const int *fds, unsigned nfds, unsigned *columns,
                         unsigned *rows)
{
    int err = -ENOTTY;
    for (unsigned n = 0; n < nfds && err; n++) {
        struct file *f;
        if (fd_get(program_of(i)->process->fds, fds[n], &f))
            continue;
        err = vnode_tty_size(f->vnode, columns, rows);
        file_put(f);
    }
    return err;
}

int32_t wasmos_tty_mode(struct wasm_instance *i, uint32_t mode, guest_t out_previous)
{
    static const int input[] = {0};
    struct process *p = program_of(i)->process;
    unsigned columns, rows;
    program_flush(program_of(i));
    int err = mode > TTY_RAW ? -EINVAL : terminal_size(i, input, 1, &columns, &rows);
    if (!err)
        err = guest_put_u32(i, out_previous, p->tty_mode);
    if (!err)
        p->tty_mode = mode;
    return sys_result(i, err);
}

int32_t wasmos_tty_size(struct wasm_instance *i, guest_t out_columns, guest_t out_rows)
{
    static const int any[] = {1, 0, 2};
    unsigned columns, rows;
    int err = guest_check(i, out_rows, sizeof(uint32_t));
    if (!err)
        err = terminal_size(i, any, ARRAY_LEN(any), &columns, &rows);
    if (!err)
        err = guest_put_u32(i, out_columns, columns);
    if (!err)
        err = guest_put_u32(i, out_rows, rows);
    return sys_result(i, err);
}

/* ---- the system ---- */

/* 0: the system itself. */
static uint64_t parent_of(const struct process *p)
{
    arch_irq_t irq = spin_lock(&process_lock);
    uint64_t pid = p->parent ? (uint64_t)p->parent->pid : 0;
    spin_unlock(&process_lock, irq);
    return pid;
}

int32_t wasmos_sys_info(struct wasm_instance *i, guest_t buf, uint32_t len)
{
    const struct process *p = program_of(i)->process;
    struct frame_stats s;
    frame_stats(&s);
    sched_account(thread_current());
    const uint64_t fields[] = {
        arch_boot.ncpus,
        s.total * PAGE_SIZE,
        s.free * PAGE_SIZE,
        arch_clock_ns(),
        __atomic_load_n(&p->cpu_ns, __ATOMIC_RELAXED),
        process_count(),
        (uint64_t)p->pid,
        parent_of(p),
    };
    size_t n = min_u64(align_down(len, sizeof(uint64_t)), sizeof(fields));
    return sys_result(i, guest_put(i, buf, fields, n));
}
