/* Shared inside the host port. Files that include Linux's headers speak Linux's error numbers; the
 * kernel's own are WASI_E…: the only conversion is to return those. */
#pragma once

#define _GNU_SOURCE        1
#define WASMOS_LINUX_ERRNO 1

#include "kernel/arch/arch.h"

#include <errno.h>

enum {
#define ERRNO(number, name, message) WASI_##name = number,
#include "abi/errno.def"
#undef ERRNO
};

/* ThreadSanitizer cannot follow a thread of the kernel that is preempted anywhere: under it,
 * interrupts only come in where they are enabled. */
#if __has_feature(thread_sanitizer)
#define HOST_THREAD_SANITIZER 1
#endif

/* For what runs in signal handlers. */
#define HOST_NO_SANITIZE                                                                           \
    __attribute__((disable_sanitizer_instrumentation, no_sanitize("undefined")))

/* ---- per CPU: a CPU is a thread of Linux. These are read and written by single instructions only
 * (below), because the kernel thread that executes may move to another CPU between any two. ---- */

extern __thread uint32_t
    host_irq_off; /* 1: interrupts are only noted in host_pending; so in a new thread */
extern __thread uint32_t host_pending; /* enum host_irq bits */
extern __thread uint32_t host_cpu;     /* number */
extern __thread void *host_cpu_data, *host_thread;
extern __thread char
    *host_kstack_top; /* where interrupts of compiled code are moved; NULL: none can come */

#define HOST_TLS_LOAD32(name)                                                                      \
    __extension__({                                                                                \
        uint32_t tls_value;                                                                        \
        __asm__ volatile("movl %%fs:" #name "@tpoff, %0" : "=r"(tls_value) : : "memory");          \
        tls_value;                                                                                 \
    })
#define HOST_TLS_STORE32(name, value)                                                              \
    __asm__ volatile("movl %0, %%fs:" #name "@tpoff" : : "r"((uint32_t)(value)) : "memory")
#define HOST_TLS_LOAD_PTR(name)                                                                    \
    __extension__({                                                                                \
        void *tls_value;                                                                           \
        __asm__ volatile("movq %%fs:" #name "@tpoff, %0" : "=r"(tls_value) : : "memory");          \
        tls_value;                                                                                 \
    })
#define HOST_TLS_STORE_PTR(name, value)                                                            \
    __asm__ volatile("movq %0, %%fs:" #name "@tpoff" : : "r"((void *)(value)) : "memory")

enum host_irq { HOST_IRQ_TIMER = 1, HOST_IRQ_KICK = 2, HOST_IRQ_INPUT = 4 };

HOST_NO_SANITIZE static inline void host_pending_add(uint32_t bits)
{
    __asm__ volatile("orl %0, %%fs:host_pending@tpoff" : : "r"(bits) : "memory", "cc");
}

HOST_NO_SANITIZE static inline uint32_t host_pending_take(void)
{
    uint32_t bits = 0;

    __asm__ volatile("xchgl %0, %%fs:host_pending@tpoff" : "+r"(bits) : : "memory");
    return bits;
}

/* ---- interrupts (interrupt.c) ---- */

/* Prepares the calling Linux thread to be CPU n: signal stack, timer; all signals are blocked
 * before and not after. */
void host_cpu_enter(unsigned n);
void host_signals_init(void);
/* Which interrupts came in; calls the kernel for each. Interrupts are off. */
void host_interrupts_run(struct arch_regs *regs);
NORETURN void host_fatal(const char *what); /* before the kernel runs: says why and exits */

/* ---- memory (memory.c, tables.c) ---- */

void host_memory_init(uint64_t bytes);
/* Does the user want names for perf (environment variable WASMOS_PERF_MAP)? Before
 * host_memory_init. */
void host_perf_init(void);

/* What is mapped where: page tables like a processor's, read by nobody but this port. */
void host_tables_set(uintptr_t va, paddr_t p, uint64_t bytes);
bool host_tables_mapped(uintptr_t va);
/* The hull of what is mapped in the range; false: nothing is. */
bool host_tables_hull(uintptr_t va, uint64_t bytes, uintptr_t *out_start, uintptr_t *out_end);
void host_tables_clear(uintptr_t va, uint64_t bytes, arch_unmapped_fn fn, void *arg);

/* A range of addresses that reservations are cut from. Not thread-safe. */
struct host_hole;
struct host_range {
    struct host_hole *holes; /* sorted by address */
    uint64_t align;
};
void host_range_init(struct host_range *r, uintptr_t start, uint64_t bytes, uint64_t align);
uintptr_t host_range_take(struct host_range *r, uint64_t bytes);
void host_range_give(struct host_range *r, uintptr_t start, uint64_t bytes);

/* ---- time (time.c) ---- */

void host_time_init(void);
/* The timer signal or a wait's end: calls kernel_timer if the deadline has passed. */
void host_timer_check(void);
void host_timer_cpu_init(void);
uint64_t host_timer_deadline(void);

/* ---- terminal and link (console.c) ---- */

void host_console_init(int link_fd);
/* Waits for input, a signal or the deadline; signals in `mask` stay blocked. Only CPU 0 waits for
 * input. */
void host_console_wait(bool input, uint64_t deadline_ns, const void *unblocked);
void host_console_poll(void);    /* passes on what has come in; CPU 0, interrupts off */
void host_console_raw(void);     /* a terminal passes every key on at once … */
void host_console_restore(void); /* … and is as it was again; both in any context */
NORETURN void host_exit(int status);

extern char **host_argv;
