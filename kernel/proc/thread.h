/* Kernel threads, the scheduler's run queues, and what threads wait on. SMP-safe throughout. */
#pragma once

#include "base/list.h"
#include "base/pqueue.h"
#include "kernel/core/spinlock.h"

struct process;
struct wasm_thread;

#define THREAD_MAX      8192
#define THREAD_PRIORITY 4 /* default */
#define PRIORITY_COUNT  8

enum thread_state { THREAD_READY, THREAD_RUNNING, THREAD_WAITING, THREAD_DEAD };

/* Fields without a comment belong to the thread itself. "Queue lock": the run-queue lock of `cpu`.
 */
struct thread {
    struct arch_context context;
    void *kstack;
    struct process *process;  /* NULL: kernel thread */
    struct wasm_thread *wasm; /* set by run/ while the thread runs a program */
    enum thread_state state;  /* queue lock */
    unsigned
        cpu; /* where it runs, or ran last; changes under the queue lock or while between queues */
    unsigned priority;         /* 0 (lowest) … 7 */
    bool background;           /* atomic: runs only on a CPU that has nothing else to do */
    bool queued;               /* queue lock: in the ready queue */
    uint64_t vruntime, cpu_ns; /* queue lock: weighted and plain CPU time used */
    uint64_t order;            /* queue lock: first come, first served among equals */
    struct pq_node ready_node; /* queue lock: in the ready queue */
    struct pq_node timer_node; /* queue lock: among the timed waits while wake_ns is set */
    struct list process_link;  /* process_lock */
    struct list batch_link;    /* of the list that it is in between queues: expired, or dead */
    struct list wait_link;     /* lock of `waiting_on` */
    struct waitq *waiting_on;  /* for the debugger */
    bool interruptible;        /* queue lock: thread_kill ends the wait */
    uint64_t wake_ns;          /* queue lock: time-out of the current wait, UINT64_MAX none */
    int wake_result;           /* queue lock */
    volatile int kill_pending; /* enum wasm_trap + 1: ends the thread at the next chance; atomic */
    char name[24];
};

void sched_init(void);             /* boot CPU; adopts the caller as its idle thread */
void sched_cpu_init(unsigned cpu); /* the same on another CPU */
NORETURN void sched_idle(void);    /* what a CPU does when it has nothing to run */
/* Runs fn(arg) in a new thread; NULL when out of memory or at THREAD_MAX. The thread may have ended
 * before this returns: who wants to use the result keeps the thread alive. */
MUSTUSE struct thread *thread_create(struct process *p, const char *name, void (*fn)(void *),
                                     void *arg);
NORETURN void thread_exit(void);
static inline struct thread *thread_current(void)
{
    return arch_thread();
}
/* Is the current thread to be killed? Long work in system calls looks now and then, and stops
 * early. */
static inline bool thread_dying(void)
{
    struct thread *t = thread_current();
    return t && t->kill_pending;
}
void thread_priority_set(unsigned priority); /* of the current thread */
/* Of any thread that lives: from now on it gets the CPU time only that no other thread of the
 * machine wants, or is a thread like others again. It should hold no mutex meanwhile. */
void thread_background_set(struct thread *t, bool background);
void thread_yield(void);
/* 0, or -EINTR when the thread is to be killed. */
int thread_sleep_until(uint64_t deadline_ns);
/* Makes waits return -EINTR and compiled code trap with `kind` (enum wasm_trap). The first kind
 * wins. Any context. */
void thread_kill(struct thread *t, int kind);
unsigned thread_count(void);          /* without the idle threads */
void sched_tick(void);                /* from kernel_timer */
void sched_tick_within(uint64_t ns);  /* this CPU's next tick is not later than that */
void sched_preempt(void);             /* from kernel_interrupt_exit: switch if due */
void sched_account(struct thread *t); /* brings cpu_ns up to date */
uint64_t thread_cpu_ns(void);         /* CPU time of the current thread until now */

/* What main.c plugs in from run/: a fault that demand paging does not explain (true: resume with
 * *regs), and the end of each interrupt (redirects compiled code of a thread that is to be killed).
 */
extern bool (*thread_fault_hook)(enum arch_fault fault, uint64_t address, struct arch_regs *regs);
extern void (*thread_interrupt_hook)(struct arch_regs *regs);

/* Wait queue. The condition is guarded by the caller's own lock, and who changes it wakes with that
 * lock held or after it; the queue may be freed when nobody waits and no wake is under way. */
struct waitq {
    struct spinlock lock;
    struct list waiters;
};
void waitq_init(struct waitq *q);
/* Atomically releases `l` and sleeps; takes `l` again. 0 woken, -ETIMEDOUT, -EINTR. */
MUSTUSE int waitq_wait(struct waitq *q, struct spinlock *l, arch_irq_t *irq, uint64_t deadline_ns);
/* The same for waits that are short by construction: no time limit, not ended by thread_kill. */
void waitq_wait_uninterruptible(struct waitq *q, struct spinlock *l, arch_irq_t *irq);
void waitq_wake_one(struct waitq *q); /* any context */
void waitq_wake_all(struct waitq *q);

/* Sleeping lock; never in interrupts. */
struct mutex {
    struct spinlock lock;
    struct thread *owner;
    struct waitq waiters;
};
bool mutex_held(struct mutex *m); /* by the current thread */
void mutex_init(struct mutex *m);
void mutex_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);
