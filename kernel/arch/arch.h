/* The whole contract between the kernel and a machine. Two ports implement it: arch/x86_64 (bare
 * machine) and arch/host (one Linux process). The lower part lists what the machine calls in the
 * kernel.
 *
 * Both ports are x86-64, so the register file is the same; everything else is behind these
 * functions. */
#pragma once

#include "base/base.h"
#include "base/sanitize.h"

typedef uint64_t paddr_t; /* physical address of a page frame */
#define PADDR_NONE      UINT64_MAX
#define PAGE_SIZE       4096ull
#define PAGE_SHIFT      12
#define LARGE_PAGE_SIZE (2 * MIB)
#define CPU_MAX         64
#ifdef SANITIZE_ADDRESS
#define KSTACK_SIZE (128 * KIB) /* instrumented frames are several times larger */
#else
#define KSTACK_SIZE (32 * KIB)
#endif

/* ---- what the machine is: filled by the port before kernel_main ---- */

struct arch_memory {
    paddr_t base;
    uint64_t len;
};
struct arch_module {
    const void *data;
    uint64_t len;
}; /* boot archives, mapped */
struct arch_boot {
    const char *command_line;
    struct arch_memory memory[64]; /* usable frames; the kernel and the modules excluded */
    unsigned nmemory;
    struct arch_module modules[8];
    unsigned nmodules;
    unsigned ncpus;
    const char *machine; /* "x86_64 (PVH)", "host" … */
    bool code_notes;     /* arch_code_note wants to be told of code */
};
extern struct arch_boot arch_boot;

/* ---- frames and address spaces ---- */

/* A frame's address in the kernel's direct map (readable, writable, never executable). */
void *arch_direct(paddr_t p);
paddr_t arch_direct_to_paddr(const void *p);

enum arch_prot {
    ARCH_READ = 1,
    ARCH_WRITE = 2,
    ARCH_EXEC = 4
}; /* WRITE|EXEC is refused by assertion */

/* An address space's lower half. The host has one address space for all: its spaces never overlap.
 */
struct arch_space; /* page-table root (x86_64) */
MUSTUSE int arch_space_create(struct arch_space **out);
void arch_space_destroy(struct arch_space *s); /* nothing may be mapped any more */
void arch_space_switch(struct arch_space *s);  /* NULL: the kernel alone */

/* Finds room for `bytes` (64 KiB aligned) in the lower half, or in the kernel's own range when s is
 * NULL. Accesses fault until mapped. 0: none left. */
uintptr_t arch_reserve(struct arch_space *s, uint64_t bytes);
void arch_unreserve(struct arch_space *s, uintptr_t va, uint64_t bytes);
/* Machine code lives in a range of the upper half, within ±2 GiB of itself. */
uintptr_t arch_reserve_code(uint64_t bytes);

/* The most page-table frames that mappings within [va, va + bytes) of a space can take; 0 on the
 * host. Whoever commits a range commits these too: arch_map of a space takes them with
 * frame_alloc_committed (and arch_unmap gives them back with frame_free_committed), so it cannot
 * fail for want of memory. Reservations share no last-level table. Mappings of the kernel's own
 * range (s NULL) take and free theirs with frame_alloc and frame_free. */
uint64_t arch_table_frames(uintptr_t va, uint64_t bytes);
/* Maps `bytes` (a multiple of 4 KiB) of contiguous frames; uses large pages where both are aligned.
 * 0, -ENOMEM, or -EEXIST when the first page is mapped already. Safe against other CPUs, like every
 * function here. */
MUSTUSE int arch_map(struct arch_space *s, uintptr_t va, paddr_t p, uint64_t bytes,
                     enum arch_prot prot);
/* Takes mappings away (gaps are fine), on all CPUs, before it returns. Each mapped run is reported,
 * so that the caller can free its frames. */
typedef void (*arch_unmapped_fn)(void *arg, paddr_t p, uint64_t bytes);
void arch_unmap(struct arch_space *s, uintptr_t va, uint64_t bytes, arch_unmapped_fn fn, void *arg);

/* Machine code that runs from now on, for a profiler outside of the machine. The name has neither
 * spaces nor control characters. May sleep. */
void arch_code_note(const void *code, size_t len, const char *name, size_t name_len);

/* ---- CPUs, interrupts, threads ---- */

struct arch_regs {    /* same layout as struct wasm_regs */
    uint64_t gpr[16]; /* rax rcx rdx rbx rsp rbp rsi rdi r8 … r15 */
    uint64_t pc, flags;
};

unsigned arch_cpu(void); /* number of this CPU, 0-based */
/* Starts CPU n; it calls kernel_cpu_main(n) on a stack of its own. 0 or -EIO. */
MUSTUSE int arch_cpu_start(unsigned n);
void arch_cpu_kick(unsigned n); /* interrupts another CPU: it calls kernel_kick() */
void *arch_cpu_data(void);      /* per-CPU pointer of the kernel */
void arch_cpu_data_set(void *p);

typedef unsigned long arch_irq_t;
arch_irq_t arch_irq_disable(void); /* returns the previous state */
void arch_irq_restore(arch_irq_t state);
void arch_irq_enable(void);
bool arch_irq_enabled(void);
void arch_idle(void);  /* interrupts are off: enables them, halts until one, disables them */
void arch_pause(void); /* in spin loops */

/* A saved thread: callee-saved registers on its kernel stack. FPU state of a preempted thread lies
 * in its interrupt frame; a thread that switches voluntarily has none (the kernel uses no FPU). */
struct arch_context {
    uint64_t sp;
    void *port;
};
void arch_context_init(struct arch_context *c, void *stack, size_t bytes, void (*fn)(void *),
                       void *arg);
void arch_context_switch(struct arch_context *from, struct arch_context *to);
/* The thread that runs on this CPU, as arch_thread_set was told last; NULL before that. Right with
 * interrupts on, too: whoever asks is that thread. */
void *arch_thread(void);
/* At every switch: the thread, and the kernel stack that interrupts of compiled code are moved to.
 * Frames are pushed below `top`, so the C frames that entered compiled code must lie above it: give
 * the middle of the thread's kernel stack. */
void arch_thread_set(void *thread, void *top);

/* ---- time ---- */

uint64_t arch_clock_ns(void); /* monotonic, since boot */
/* How long a CPU has worked, any CPU's: differences of it are CPU time. Time during which the
 * machine itself was kept from running does not count, where the port can tell. */
uint64_t arch_cpu_ns(unsigned cpu);
uint64_t arch_wall_ns(void); /* since 1970-01-01 UTC */
/* This CPU, interrupts off; one shot: kernel_timer(); UINT64_MAX: none. */
void arch_timer_set(uint64_t deadline_ns);
MUSTUSE bool arch_entropy(void *buf,
                          size_t len); /* false: no hardware source, buf is best effort */

/* ---- console and devices ---- */

void arch_console_write(const char *text,
                        size_t len); /* serial line or terminal; polled; any context */
void arch_log_write(const char *text,
                    size_t len); /* where kernel log lines go besides the console */
bool arch_console_has_screen(void);
/* A picture to draw on: character cells (VGA text) or pixels. cells != NULL or pixels != NULL. */
struct arch_screen {
    uint16_t *cells;        /* VGA attribute << 8 | code page 437 */
    uint32_t *pixels;       /* 0x00RRGGBB */
    uint32_t width, height; /* in cells or pixels */
    uint32_t stride;        /* elements from line to line */
};
bool arch_screen(struct arch_screen *out);
void arch_screen_cursor(unsigned column, unsigned row); /* VGA text only */

/* The channel to foreman for one-shot runs (docs/exec.md): a byte stream in both directions. */
bool arch_link_present(void);
size_t arch_link_write(const void *data, size_t len); /* whole, blocking */
size_t arch_link_read(void *data,
                      size_t max); /* what is there, maybe 0; kernel_link_input announces */

NORETURN void arch_power_off(int status); /* host and debug-exit machines report the status */
NORETURN void arch_reboot(void);
/* First thing of a panic: the other CPUs stop (locks they hold stay held: wait for none), console
 * output becomes polled and takes no lock. */
void arch_panic_begin(void);
NORETURN void arch_panic_stop(void); /* stops all CPUs; foreman sees a distinct status */
/* Calls `frame` for each return address, innermost first; regs NULL: from here. */
void arch_backtrace(const struct arch_regs *regs, void (*frame)(uint64_t pc));
/* Name of the kernel function at pc, or NULL. */
const char *arch_symbol(uint64_t pc, uint64_t *out_offset);

/* ---- what the machine calls ---- */

NORETURN void kernel_main(void); /* boot CPU, interrupts off, arch_boot filled */
NORETURN void kernel_cpu_main(unsigned cpu);
void kernel_timer(void); /* interrupt context: no sleeping */
void kernel_kick(void);
void kernel_console_input(const char *bytes,
                          size_t len); /* serial, terminal or decoded keys (UTF-8, CSI) */
size_t kernel_console_room(
    void); /* input bytes that fit now; a port whose source can wait reads no more */
void kernel_link_input(void);
enum arch_fault {
    ARCH_FAULT_PAGE,
    ARCH_FAULT_DIVIDE,
    ARCH_FAULT_INVALID_OPCODE,
    ARCH_FAULT_PROTECTION
};
/* Runs on the thread's kernel stack (or an IST stack when that one is broken). true: resume with
 * *regs. */
bool kernel_fault(enum arch_fault fault, uint64_t address, bool write, struct arch_regs *regs);
/* Last thing before an interrupt returns; may switch threads, and may redirect *regs (kill). */
void kernel_interrupt_exit(struct arch_regs *regs);
