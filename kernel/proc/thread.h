/* Kernel threads, the scheduler's run queues, and what threads wait on. SMP-safe throughout. */
#pragma once

#include "base/list.h"
#include "kernel/core/spinlock.h"

struct process;
struct wasm_thread;

enum thread_state { THREAD_READY, THREAD_RUNNING, THREAD_WAITING, THREAD_DEAD };

struct thread {
    struct arch_context context;
    void *kstack;
    struct process *process;      /* NULL: kernel thread */
    struct wasm_thread *wasm;     /* set by run/ while the thread runs a program */
    enum thread_state state;      /* guarded by the run-queue lock of `cpu` */
    unsigned cpu, priority;       /* priority 0 (lowest) … 7; default 4 */
    uint64_t vruntime, cpu_ns;    /* weighted and plain CPU time used */
    struct list run_link, process_link;
    struct waitq *waiting_on;
    uint64_t wake_ns;             /* time-out of the current wait, UINT64_MAX none */
    int wake_result;
    volatile int kill_pending;    /* enum wasm_trap + 1: ends the thread at the next chance */
    char name[24];
};

void sched_init(void);                            /* boot CPU; adopts the caller as its idle thread */
void sched_cpu_init(unsigned cpu);
NORETURN void sched_idle(void);                   /* what a CPU does when it has nothing to run */
/* Runs fn(arg) in a new thread; NULL when out of memory. */
struct thread *thread_create(struct process *p, const char *name, void (*fn)(void *), void *arg);
NORETURN void thread_exit(void);
struct thread *thread_current(void);
void thread_yield(void);
/* 0, or -EINTR when the thread is to be killed. */
int thread_sleep_until(uint64_t deadline_ns);
/* Makes waits return -EINTR and compiled code trap with `kind` (enum wasm_trap). Any context. */
void thread_kill(struct thread *t, int kind);
void sched_tick(void);                            /* from kernel_timer */
void sched_preempt(void);                         /* from kernel_interrupt_exit: switch if due */
void sched_account(struct thread *t);             /* brings cpu_ns up to date */

/* Wait queue. The condition is guarded by the caller's own lock. */
struct waitq { struct spinlock lock; struct list waiters; };
void waitq_init(struct waitq *q);
/* Atomically releases `l` and sleeps; takes `l` again. 0 woken, -ETIMEDOUT, -EINTR. */
int waitq_wait(struct waitq *q, struct spinlock *l, arch_irq_t *irq, uint64_t deadline_ns);
void waitq_wake_one(struct waitq *q);             /* any context */
void waitq_wake_all(struct waitq *q);

/* Sleeping lock; never in interrupts. */
struct mutex { struct spinlock lock; struct thread *owner; struct waitq waiters; };
void mutex_init(struct mutex *m);
void mutex_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);
