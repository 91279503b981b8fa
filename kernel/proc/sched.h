/* Shared inside proc/: the scheduler as threads, wait queues and processes see it. */
#pragma once

#include "kernel/proc/process.h"

/* Prepares the current thread for sleep: false when it is to be killed. On true the run-queue lock
 * is held, the caller lets go of its own locks (not restoring interrupts) and calls sched__wait.
 * Interrupts are off. */
MUSTUSE bool sched__wait_begin(struct thread *t, uint64_t deadline_ns, bool interruptible);
/* Switches away; returns, with interrupts still off, when the thread was woken. */
void sched__wait(void);
/* Makes a waiting thread ready with this result; nothing if it does not wait. Any context. */
void sched__wake(struct thread *t, int result);
/* Ends a wait that is interruptible; interrupts the CPU that t runs on, if it does. */
void sched__interrupt(struct thread *t, int result);
/* Puts a new thread on a run queue. */
void sched__start(struct thread *t);
/* First thing in a new thread: finishes the switch to it and enables interrupts. */
void sched__first_run(void);
/* Marks the current thread dead and switches away for good. */
NORETURN void sched__exit(void);

/* A dead thread's CPU has left its stack: hands it to the reaper. Interrupts off, no lock held. */
void thread__dead(struct thread *t);
void thread__init(void);

void process__thread_add(struct process *p, struct thread *t);
/* The thread is gone; may free the process, may wake its parent. */
void process__thread_gone(struct process *p, struct thread *t);
