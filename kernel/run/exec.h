/* Starting programs. */
#pragma once

#include "kernel/fs/fd.h"
#include "kernel/proc/process.h"
#include "kernel/sys/sys.h"

enum { STATUS_CANNOT_EXECUTE = 126, STATUS_NOT_FOUND = 127 };

/* What run/ keeps of a running program; the engine's `owner` and, by its first member, the
 * instance's `user`. */
struct running {
    struct program program;
    struct mutex compile; /* wasm_host.lock */
    uint64_t compile_ns;  /* under it: thread_cpu_ns() when it was taken */
    uint32_t noted;       /* under it: functions that arch_code_note has been told */
    struct wasm_module *module;
    uintptr_t image; /* reservation with the file's bytes, unless they were used in place */
};

/* Called on the process's own thread when everything it had is gone, before it is reported as
 * exited. */
typedef void (*exec_exit_fn)(int status);

/* Starts `file` as a child of parent (NULL: the first process), and waits until it is loaded.
 * s->path is only a name here. Its pid; -ENOEXEC or -ENOMEM (a message is on its standard error);
 * s->fds is consumed on success only. */
MUSTUSE int exec_start(struct process *parent, struct vnode *file, const struct spawn *s,
                       exec_exit_fn on_exit);
/* Finds what a name in /bin or a path means; the caller's. -ENOENT, -EACCES … */
MUSTUSE int exec_find(struct vnode *cwd, const char *path, struct vnode **out);
/* process_spawn */
MUSTUSE int exec_spawn(struct process *parent, const struct spawn *s);

extern const struct wasm_host run__host;

/* Functions may have been compiled since the lock was taken, which is still held: counts them. */
void run__code_count(struct running *r);

/* Text on a process's standard error, formatted; lost if there is none. */
void run__complain(struct process *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Says on standard error why the program ended, and returns its status. */
int run__trap_report(struct process *p, const struct wasm_trap_info *info);

/* Sends what has changed under the job's directories (docs/exec.md, frames 4 and 5). */
void run__sync_dirs(struct vnode *job);
