/* Processes: what a program owns. The parts of other layers (descriptors, instance) hang here as
 * opaque pointers and are created and destroyed by run/. */
#pragma once

#include "kernel/mm/space.h"
#include "kernel/proc/thread.h"

struct fd_table;
struct vnode;
struct wasm_instance;
struct wasm_store;

enum {
    STATUS_TRAPPED = 134,
    STATUS_TIME_LIMIT = 124,
    STATUS_SYSTEM = 125,
    STATUS_KILLED = 137,
    STATUS_INTERRUPTED = 130
};

/* A list of NUL-terminated strings in one block, as args_get and environ_get hand them out. */
struct string_list {
    char *bytes;
    uint32_t count, len_bytes;
};

/* What the engine has compiled for a process. Each field is atomic: run/ counts, anybody reads. */
struct process_code {
    uint64_t functions, compiled; /* defined in the module; of them compiled */
    uint64_t bytes;               /* of machine code */
    uint64_t compile_ns;          /* CPU time that compiling took */
};

struct process {
    int pid;
    struct process *parent; /* guarded by process_lock, with children and state */
    struct list children, sibling, all_link, threads;
    bool reaped;             /* its parent has gone: nobody waits for it */
    bool exited;             /* a zombie until the parent waits */
    int status;              /* 0–255 */
    struct waitq child_exit; /* the parent waits here */

    struct space *space;
    struct wasm_store *store;
    struct wasm_instance *instance;
    struct fd_table *fds;
    struct vnode *cwd;
    struct string_list args, env;
    char name[64];
    uint64_t start_ns;
    uint64_t cpu_ns;        /* atomic */
    uint64_t time_limit_ns; /* process_lock: CPU + waiting time since start; 0 none */
    int time_limit_kind;    /* process_lock: trap that ends it then */
    int killed;             /* process_lock: 1 + trap that ended it from outside first; 0 none */
    struct process_code code;
    uint64_t rng_state; /* env.rng: per process */
    unsigned tty_mode;  /* enum tty_mode; applies while it is in the foreground */
    bool foreground;
};

extern struct spinlock process_lock;

#define PROCESS_MAX 4096 /* pids are 1 to PROCESS_MAX */

void process_init(
    void); /* after sched_init: starts the threads that clean up and watch time limits */
/* Empty process with pid and address space, child of `parent` (NULL: none). 0, -ENOMEM, -EAGAIN
 * (too many). */
MUSTUSE int process_create(struct process *parent, const char *name, struct process **out);
/* Undoes process_create: for a process that never had a thread. */
void process_discard(struct process *p);
/* Kills it with trap `kind` when start_ns + limit_ns has passed. */
void process_limit_time(struct process *p, uint64_t limit_ns, int kind);
/* Marks it exited, re-parents its children to pid 1, wakes the parent. The record stays until the
 * parent waits or ends: what pid 1 has inherited frees itself. */
void process_exited(struct process *p, int status);
/* Waits for child `pid` (-1: any) and reaps it; its pid, -ECHILD, -EINTR, -EAGAIN (nohang). */
int process_wait(struct process *parent, int pid, bool nohang, int *out_status);
/* Kills every thread of it with trap kind `kind`. 0 or -ESRCH. */
int process_kill(int pid, int kind);
/* Kills the other threads of the current process. */
void process_kill_others(int kind);
/* Takes that back for the current thread: what it was to be ended for is done. If the process has
 * been killed, or its time is up, the thread stays to be killed, for that. */
void process_revive(void);
/* Who gets Ctrl-C: from pid 1 down the newest living children in the foreground. Its pid (0: none)
 * and terminal mode. Any context. */
int process_foreground(unsigned *out_tty_mode);
struct process *process_current(void);
unsigned process_count(void);

/* A process as others see it. */
struct process_info {
    int pid, parent;   /* parent 0: none */
    uint64_t start_ns; /* with the pid, says which process it is: pids are used again */
    char name[64];
    bool exited;
    unsigned threads;
    uint64_t memory_bytes; /* committed in its address space */
    uint64_t cpu_ns;
    struct process_code code;
};
/* 0 or -ESRCH. */
MUSTUSE int process_info(int pid, struct process_info *out);
/* The lowest pid in use from `pid` on; 0: none. */
int process_next_pid(int pid);

/* How sys/ starts programs without seeing run/: set once at boot by run/. */
struct spawn {
    const char *path;             /* a name looked up in /bin, or a path */
    struct string_list args, env; /* copied */
    struct fd_table *fds;         /* consumed on success */
    struct vnode *cwd;
    bool foreground; /* Ctrl-C goes to it */
    uint64_t time_limit_ns;
};
/* The child's pid, or -ENOENT, -ENOEXEC (message on its stderr), -ENOMEM … */
extern int (*process_spawn)(struct process *parent, const struct spawn *s);
