#include "kernel/arch/x86_64/trap.h"

#include "base/format.h"
#include "kernel/arch/x86_64/apic.h"
#include "kernel/arch/x86_64/cpu.h"
#include "kernel/arch/x86_64/space.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/core/log.h"

_Static_assert(offsetof(struct trap_frame, regs.pc) == FRAME_PC, "entry.S");
_Static_assert(offsetof(struct trap_frame, regs.flags) == FRAME_FLAGS, "entry.S");
_Static_assert(offsetof(struct trap_frame, vector) == FRAME_VECTOR, "entry.S");
_Static_assert(offsetof(struct trap_frame, error) == FRAME_ERROR, "entry.S");
_Static_assert(offsetof(struct trap_frame, address) == FRAME_ADDRESS, "entry.S");
_Static_assert(offsetof(struct trap_frame, stack) == FRAME_STACK, "entry.S");
_Static_assert(offsetof(struct trap_frame, iret_pc) == FRAME_IRET, "entry.S");
_Static_assert(sizeof(struct trap_frame) == FRAME_SIZE, "entry.S");

enum {
    EXCEPTION_DIVIDE = 0,
    EXCEPTION_DEBUG = 1,
    EXCEPTION_NMI = 2,
    EXCEPTION_INVALID_OPCODE = 6,
    EXCEPTION_DOUBLE_FAULT = 8,
    EXCEPTION_INVALID_TSS = 10,
    EXCEPTION_PROTECTION = 13,
    EXCEPTION_PAGE_FAULT = 14,
    EXCEPTION_MACHINE_CHECK = 18,
    EXCEPTIONS = 32,
};

static const char *const exception_names[EXCEPTIONS] = {
    [0] = "#DE divide error",
    [1] = "#DB debug",
    [2] = "NMI",
    [3] = "#BP breakpoint",
    [4] = "#OF overflow",
    [5] = "#BR bound range exceeded",
    [6] = "#UD invalid opcode",
    [7] = "#NM device not available",
    [8] = "#DF double fault",
    [9] = "coprocessor segment overrun",
    [10] = "#TS invalid TSS",
    [11] = "#NP segment not present",
    [12] = "#SS stack fault",
    [13] = "#GP general protection",
    [14] = "#PF page fault",
    [16] = "#MF x87 floating point",
    [17] = "#AC alignment check",
    [18] = "#MC machine check",
    [19] = "#XM SIMD floating point",
    [20] = "#VE virtualization",
    [21] = "#CP control protection",
    [28] = "#HV hypervisor injection",
    [29] = "#VC VMM communication",
    [30] = "#SX security",
};

/* ---- reports ---- */

static void describe_page_fault(char *buf, size_t size, uint64_t error, uint64_t address)
{
    uint64_t page_bytes;
    fmt_snprintf(buf, size, "%s at %#lx: %s%s%s (mapped: %s)",
                 error & 16  ? "instruction fetch"
                 : error & 2 ? "write"
                             : "read",
                 address, error & 1 ? "protection violation" : "page not present",
                 error & 8 ? ", reserved bit set" : "", error & 32 ? ", protection key" : "",
                 pt_lookup_current(address, &page_bytes) ? "yes" : "no");
}

/* Error codes that name a segment (SDM volume 3, 6.13). */
static void describe_selector(char *buf, size_t size, uint64_t error)
{
    static const char *const tables[] = {"GDT", "IDT", "LDT", "IDT"};
    if (error == 0)
        fmt_snprintf(buf, size, "error code 0");
    else
        fmt_snprintf(buf, size, "error code %#lx: %s entry %lu%s", error, tables[error >> 1 & 3],
                     error >> 3 & 0x1fff, error & 1 ? ", external" : "");
}

static void describe(char *buf, size_t size, const struct trap_frame *f)
{
    unsigned v = (unsigned)f->vector;
    if (v == EXCEPTION_PAGE_FAULT)
        describe_page_fault(buf, size, f->error, f->address);
    else if (v >= EXCEPTION_INVALID_TSS && v <= EXCEPTION_PROTECTION)
        describe_selector(buf, size, f->error);
    else
        fmt_snprintf(buf, size, "error code %#lx", f->error);
}

NORETURN static void report(const struct trap_frame *f)
{
    static const char *const stacks[] = {[STACK_THREAD] = "",
                                         [STACK_IST] = "; no kernel stack",
                                         [STACK_BROKEN] = "; kernel stack overflow",
                                         [STACK_NESTED] = ""};
    char detail[160];
    const char *name = exception_names[f->vector];
    describe(detail, sizeof(detail), f);
    panic_regs(&f->regs, "%s%s: %s; cr3 %#lx, cpu %u", name ? name : "reserved exception",
               stacks[f->stack], detail, cr3_read(), arch_cpu());
}

/* ---- exceptions ---- */

static bool stopping;

void trap_stop_others(void)
{
    __atomic_store_n(&stopping, true, __ATOMIC_SEQ_CST);
    for (unsigned i = 0; i < CPU_MAX; i++) {
        struct cpu *c = __atomic_load_n(&cpus[i], __ATOMIC_ACQUIRE);
        if (c && c != cpu_self() && c->online)
            apic_send_nmi(c->apic_id);
    }
}

static void nmi(const struct trap_frame *f)
{
    if (__atomic_load_n(&stopping, __ATOMIC_SEQ_CST))
        for (;;)
            __asm__ volatile("cli; hlt");
    if (!tlb_nmi())
        report(f);
}

/* Which fault the kernel is told of, or -1: it is always fatal. */
static int fault_kind(const struct trap_frame *f)
{
    switch (f->vector) {
    case EXCEPTION_PAGE_FAULT:
        return f->error & 8 ? -1 : ARCH_FAULT_PAGE;
    case EXCEPTION_DIVIDE:
        return ARCH_FAULT_DIVIDE;
    case EXCEPTION_INVALID_OPCODE:
        return ARCH_FAULT_INVALID_OPCODE;
    case EXCEPTION_DEBUG:
    case EXCEPTION_DOUBLE_FAULT:
    case EXCEPTION_MACHINE_CHECK:
        return -1;
    default:
        /* Compiled code never outlives an exception; in the kernel only #GP and #SS mean bad
         * addresses. */
        if (f->vector == EXCEPTION_PROTECTION || f->vector == EXCEPTION_PROTECTION - 1)
            return ARCH_FAULT_PROTECTION;
        return (int64_t)f->regs.gpr[4] >= 0 ? ARCH_FAULT_PROTECTION : -1;
    }
}

static void exception(struct trap_frame *f)
{
    int kind = fault_kind(f);
    bool write = f->vector == EXCEPTION_PAGE_FAULT && (f->error & 2), handled;
    bool enable = (f->regs.flags & FLAGS_IF) && f->stack == STACK_THREAD;
    if (kind < 0 || f->stack == STACK_BROKEN)
        report(f);
    if (enable)
        irq_on();
    handled = kernel_fault((enum arch_fault)kind,
                           f->vector == EXCEPTION_PAGE_FAULT ? f->address : 0, write, &f->regs);
    irq_off();
    if (!handled)
        report(f);
}

/* ---- interrupts ---- */

static struct {
    irq_fn fn;
    void *arg;
} handlers[256];
static unsigned msi_used;

void irq_handle(unsigned vector, irq_fn fn, void *arg)
{
    assert(vector >= EXCEPTIONS && vector < VECTOR_SPURIOUS && !handlers[vector].fn);
    handlers[vector].arg = arg;
    handlers[vector].fn = fn;
}

unsigned irq_alloc_msi(irq_fn fn, void *arg)
{
    if (msi_used == MSI_VECTORS)
        return 0;
    irq_handle(VECTOR_MSI + msi_used, fn, arg);
    return VECTOR_MSI + msi_used++;
}

static void interrupt(struct trap_frame *f)
{
    unsigned v = (unsigned)f->vector;
    if (cpu_self()->idle)
        tlb_wake();
    if (v == VECTOR_SPURIOUS || irq_is_spurious(v))
        return;
    if (handlers[v].fn)
        handlers[v].fn(handlers[v].arg);
    else
        log_warn("unexpected interrupt %#x", v);
    irq_end(v);
    if (f->stack == STACK_BROKEN)
        panic_regs(&f->regs, "interrupt %#x hit the interrupt entry code", v);
    kernel_interrupt_exit(&f->regs);
}

void trap_dispatch(struct trap_frame *f)
{
    if (f->vector == EXCEPTION_NMI)
        nmi(f);
    else if (f->vector < EXCEPTIONS)
        exception(f);
    else
        interrupt(f);
}
