/* Starting programs. */
#pragma once

#include "kernel/fs/fd.h"
#include "kernel/proc/process.h"
#include "kernel/sys/sys.h"

enum { STATUS_CANNOT_EXECUTE = 126, STATUS_NOT_FOUND = 127 };

#define RUN_STACK_BYTES (1 * MIB) /* for compiled code, filled on demand */
enum { RUN_THREADS_MAX = 128 };   /* of a program, besides its first */

/* The thread that does the engine's spare work (help.c). */
struct help {
    struct spinlock lock; /* guards the rest */
    struct waitq work_q, quiet_q;
    bool (*step)(void *arg); /* NULL: nothing is offered */
    void *arg;
    struct thread *thread; /* once it runs, until it ends; atomic */
    bool present;          /* there is one, or is about to be */
    bool due, under_way;   /* step is to be called; is being called */
    bool ended;
};

/* What run/ keeps of a running program; the engine's `owner` and, by its first member, the
 * instance's `user`. */
struct running {
    struct program program;
    struct mutex compile;            /* wasm_host.lock */
    uint64_t compile_ns;             /* under it: thread_cpu_ns() when it was taken */
    struct wasm_compiled_seen noted; /* under it: what arch_code_note has been told */
    struct wasm_module *module;
    uintptr_t image; /* reservation with the file's bytes, unless they were used in place */
    struct ctx_memory *memory; /* the shared one that it imports, or NULL */
    struct help help;

    struct spinlock lock; /* guards the rest */
    struct waitq threads_q;
    unsigned nthreads; /* besides the first */
    uint32_t last_tid;
    bool ended, killed; /* some thread has ended the program; for a reason from outside */
    int status;         /* with which */
    const struct thread *ended_by; /* only to compare */
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

/* Functions may have been compiled by this thread since its CPU time was since_ns: counts them. */
void run__code_count(struct running *r, uint64_t since_ns);
/* Tells who wants to know about code (arch_code_note) of what there is. compile is held. */
void run__code_note(struct running *r);
/* What a module imports: system calls, and a shared memory `env.memory`, which is made at the first
 * time. arg: the struct running. */
int run__resolve(void *arg, const struct wasm_import_desc *import, uint32_t index,
                 struct wasm_extern *out);
/* Around calls into the program on the current thread: whose faults and interrupts are its own. */
void run__enter(struct wasm_thread *t);
void run__leave(void);

/* ---- thread.c ---- */

void run__threads_init(struct running *r);
/* sys_thread_spawn */
int run__thread_spawn(struct program *p, uint32_t arg);
/* The program ends with this status, unless that is settled already: was this the first? The other
 * threads are killed. */
bool run__end(struct running *r, int status, bool killed);
/* The same for what wasm_call has returned; says why if it was a trap. Nothing for 0. */
void run__call_ended(struct running *r, struct wasm_thread *t, int result);
/* By the first thread: waits for the others to be gone. The status. */
int run__threads_wait(struct running *r);

/* ---- help.c ---- */

/* wasm_host.help */
bool run__help(void *owner, bool (*step)(void *arg), void *arg);
/* May the current thread have so much more memory? The helper leaves some for others. */
bool run__help_may_take(struct running *r, uint64_t bytes);
void run__help_init(struct running *r);
/* Nothing is offered any more; returns when the thread has gone. */
void run__help_fini(struct running *r);

/* wasm_host.wait and .notify (wait.c) */
int run__wait(void *owner, const void *address, uint64_t expected, unsigned bytes,
              int64_t timeout_ns);
uint32_t run__notify(void *owner, const void *address, uint32_t count);

/* Text on a process's standard error, formatted; lost if there is none. */
void run__complain(struct process *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Says on standard error why the program ended. */
void run__trap_report(struct process *p, const struct wasm_trap_info *info);
/* The exit status that a trap means. */
int run__trap_status(enum wasm_trap kind);

/* Sends what has changed under the job's directories (docs/exec.md, frames 4 and 5). */
void run__sync_dirs(struct vnode *job);
