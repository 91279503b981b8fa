/* Where the machine enters the kernel. */
#include "kernel/core/log.h"
#include "kernel/proc/process.h"

bool (*thread_fault_hook)(enum arch_fault fault, uint64_t address, struct arch_regs *regs);
void (*thread_interrupt_hook)(struct arch_regs *regs);

static const char *const fault_names[] = {
    [ARCH_FAULT_PAGE] = "page fault",
    [ARCH_FAULT_DIVIDE] = "divide error",
    [ARCH_FAULT_INVALID_OPCODE] = "invalid opcode",
    [ARCH_FAULT_PROTECTION] = "general protection fault",
};

/* Runs with the interrupt state of the code that faulted. */
bool kernel_fault(enum arch_fault fault, uint64_t address, bool write, struct arch_regs *regs)
{
    struct process *p = process_current();

    if (fault == ARCH_FAULT_PAGE && p && p->space && !space_fault(p->space, address))
        return true;
    if (thread_fault_hook && thread_fault_hook(fault, address, regs))
        return true;
    if (fault == ARCH_FAULT_PAGE)
        panic_regs(regs, "page fault: %s at %p", write ? "write" : "read", (void *)address);
    panic_regs(regs, "%s", fault_names[fault]);
}

void kernel_timer(void)
{
    sched_tick();
}

/* Another CPU wants this one to look at its run queue, or at its thread's kill_pending:
 * kernel_interrupt_exit does. */
void kernel_kick(void) {}

void kernel_interrupt_exit(struct arch_regs *regs)
{
    sched_preempt();
    if (thread_interrupt_hook)
        thread_interrupt_hook(regs);
}
