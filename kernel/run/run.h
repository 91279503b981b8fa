/* Where kernel and engine meet: what core/main.c needs of it. */
#pragma once

#include "kernel/arch/arch.h"

/* Starts the first program in a thread of its own and returns: unpacks the boot archives, then runs
 * what the job archive says (docs/exec.md), or the shell. When the first process ends, the machine
 * is switched off. */
void run_boot(void);

/* Idle CPUs may work for the engine, compiling functions before they are called; `background=off`
 * on the command line. */
extern bool run_background;

/* A fault in compiled code that demand paging does not explain becomes a trap of the program: true,
 * resume with *regs. false: the kernel's own fault. */
bool run_fault(enum arch_fault fault, uint64_t address, struct arch_regs *regs);

/* At the end of an interrupt: if the current thread is to be killed and was in compiled code, it
 * traps. */
void run_interrupt_exit(struct arch_regs *regs);
