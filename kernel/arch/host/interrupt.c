/* Signals become interrupts and faults. A CPU's interrupts are off while host_irq_off is 1: then a
 * signal only leaves a bit in host_pending, which is looked at when they go on again; no signal
 * mask changes.
 *
 * A signal that finds them on, and every fault, sends the interrupted code to host_trap_entry: the
 * handler writes the registers into a struct host_frame on the kernel stack, turns interrupts off
 * and returns there. From then on it is ordinary kernel code on an ordinary stack that can switch
 * threads; the thread goes on by iretq, on any CPU. */
#include "kernel/arch/host/host.h"

#include <cpuid.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "kernel/core/log.h"

enum {
    SIGNAL_STACK_BYTES = 64 * 1024,
    RED_ZONE = 128, /* below rsp belongs to the interrupted function */
    XSAVE_ALIGN = 64,
    XSAVE_HEADER = 512, /* offset; 64 bytes that must be zero at first */
    XSAVE_PARTS = 0xe7, /* x87, SSE, AVX, AVX-512: what compiled code may use */
    SIGNAL_TIMER = SIGALRM,
    SIGNAL_KICK = SIGUSR1,
};

enum trap_kind { TRAP_INTERRUPT, TRAP_FAULT };

struct host_frame {
    uint64_t iret[5]; /* pc, cs, flags, sp, ss */
    uint64_t unused;
    struct arch_regs regs;
    enum trap_kind kind;
    enum arch_fault fault;
    uint64_t address;
    uint32_t write, irq_off; /* irq_off: of the interrupted code */
    uint8_t padding[256 - 6 * 8 - sizeof(struct arch_regs) - 24];
    uint8_t xsave[];
};
_Static_assert(offsetof(struct host_frame, regs) == 48, "FRAME_REGS in switch.S");
_Static_assert(offsetof(struct host_frame, xsave) == 256, "FRAME_XSAVE in switch.S");

__thread uint32_t host_irq_off = 1;
__thread uint32_t host_pending;
__thread uint32_t host_cpu;
__thread void *host_cpu_data;
__thread void *host_thread;
__thread char *host_kstack_top;

uint32_t host_xsave_mask;
static uint32_t xsave_bytes;
static uint64_t code_segment, stack_segment;
static pid_t cpu_tids[CPU_MAX];     /* 0: not running */
static uint32_t kick_sent[CPU_MAX]; /* atomic: a kick is on its way */

void host_trap_entry(void);
void host_trap(struct host_frame *f);

/* ---- the interrupt flag ---- */

arch_irq_t arch_irq_disable(void)
{
    uint32_t old = HOST_TLS_LOAD32(host_irq_off);

    HOST_TLS_STORE32(host_irq_off,
                     1); /* if it was 0 this may be another CPU by now, where it is 0, too */
    return !old;
}

/* Not part of arch_irq_enable, which is short and runs often. */
static __attribute__((noinline)) void run_pending(void)
{
    struct arch_regs here = {.pc = (uintptr_t)arch_irq_enable};

    while (HOST_TLS_LOAD32(host_pending)) {
        HOST_TLS_STORE32(host_irq_off, 1);
        host_interrupts_run(&here);
        HOST_TLS_STORE32(host_irq_off, 0);
    }
}

void arch_irq_enable(void)
{
    HOST_TLS_STORE32(host_irq_off, 0);
    if (UNLIKELY(HOST_TLS_LOAD32(host_pending)))
        run_pending();
}

void arch_irq_restore(arch_irq_t state)
{
    if (state)
        arch_irq_enable();
}

bool arch_irq_enabled(void)
{
    return !HOST_TLS_LOAD32(host_irq_off);
}

unsigned arch_cpu(void)
{
    return HOST_TLS_LOAD32(host_cpu);
}

void *arch_cpu_data(void)
{
    return HOST_TLS_LOAD_PTR(host_cpu_data);
}

void arch_cpu_data_set(void *p)
{
    HOST_TLS_STORE_PTR(host_cpu_data, p);
}

void *arch_thread(void)
{
    return HOST_TLS_LOAD_PTR(host_thread);
}

void arch_thread_set(void *thread, void *top)
{
    HOST_TLS_STORE_PTR(host_thread, thread);
    HOST_TLS_STORE_PTR(host_kstack_top, top);
}

void arch_pause(void)
{
    static __thread unsigned spins; /* a hint: it does not matter whose it is */

    __builtin_ia32_pause();
    if (++spins % 64 == 0) /* the holder may wait for a processor of Linux */
        syscall(SYS_sched_yield);
}

/* ---- interrupts ---- */

void host_interrupts_run(struct arch_regs *regs)
{
    uint32_t bits = host_pending_take();

    if (bits & HOST_IRQ_KICK) {
        __atomic_store_n(&kick_sent[arch_cpu()], 0, __ATOMIC_SEQ_CST);
        kernel_kick();
    }
    if (bits & (HOST_IRQ_TIMER | HOST_IRQ_INPUT) && !arch_cpu())
        host_console_poll();
    if (bits & HOST_IRQ_TIMER)
        host_timer_check();
    kernel_interrupt_exit(regs);
}

void arch_cpu_kick(unsigned n)
{
    arch_irq_t irq = arch_irq_disable();

    assert(n < CPU_MAX);
    if (n == arch_cpu())
        host_pending_add(HOST_IRQ_KICK);
    else if (cpu_tids[n] && !__atomic_exchange_n(&kick_sent[n], 1, __ATOMIC_SEQ_CST))
        syscall(SYS_tgkill, getpid(), cpu_tids[n], SIGNAL_KICK);
    arch_irq_restore(irq);
}

/* The C side of host_trap_entry. Interrupts are off, and are on return what they were in the
 * interrupted code. */
HOST_NO_SANITIZE void host_trap(struct host_frame *f)
{
    if (f->kind == TRAP_FAULT) {
        if (!f->irq_off)
            arch_irq_enable();
        if (!kernel_fault(f->fault, f->address, f->write, &f->regs))
            panic_regs(&f->regs, "unhandled fault");
    } else {
        host_interrupts_run(&f->regs);
    }
    f->iret[0] = f->regs.pc;
    f->iret[1] = code_segment;
    f->iret[2] = f->regs.flags;
    f->iret[3] = f->regs.gpr[4];
    f->iret[4] = stack_segment;
    if (f->irq_off)
        HOST_TLS_STORE32(host_irq_off, 1);
    else
        arch_irq_enable();
}

static const int gregs_of[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                 REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                 REG_R12, REG_R13, REG_R14, REG_R15};

/* Room for a frame: on the kernel stack that the code runs on, or on the one for compiled code. */
HOST_NO_SANITIZE static struct host_frame *place_frame(uint64_t sp)
{
    uint64_t top = (uint64_t)HOST_TLS_LOAD_PTR(host_kstack_top);

    if (top && sp - (top - KSTACK_SIZE / 2) > KSTACK_SIZE)
        sp = top;
    else
        sp -= RED_ZONE;
    sp = (sp - xsave_bytes) & ~(uint64_t)(XSAVE_ALIGN - 1);
    return (struct host_frame *)(sp - offsetof(struct host_frame, xsave));
}

/* Makes the signal return to host_trap_entry. */
HOST_NO_SANITIZE static struct host_frame *divert(ucontext_t *uc, enum trap_kind kind)
{
    greg_t *g = uc->uc_mcontext.gregs;
    struct host_frame *f = place_frame((uint64_t)g[REG_RSP]);

    for (int i = 0; i < 16; i++)
        f->regs.gpr[i] = (uint64_t)g[gregs_of[i]];
    f->regs.pc = (uint64_t)g[REG_RIP];
    f->regs.flags = (uint64_t)g[REG_EFL];
    f->kind = kind;
    f->irq_off = HOST_TLS_LOAD32(host_irq_off);
    for (int i = 0; i < 8; i++)
        ((volatile uint64_t *)(f->xsave + XSAVE_HEADER))[i] = 0;
    HOST_TLS_STORE32(host_irq_off, 1);
    g[REG_RSP] = (greg_t)f;
    g[REG_RIP] = (greg_t)host_trap_entry;
    return f;
}

HOST_NO_SANITIZE static void on_interrupt(int signal, siginfo_t *info, void *context)
{
    (void)info;
    host_pending_add(signal == SIGNAL_TIMER ? HOST_IRQ_TIMER : HOST_IRQ_KICK);
#ifdef HOST_THREAD_SANITIZER
    (void)context;
#else
    if (!HOST_TLS_LOAD32(host_irq_off))
        divert(context, TRAP_INTERRUPT);
#endif
}

HOST_NO_SANITIZE static enum arch_fault fault_of(int trap)
{
    switch (trap) {
    case 0:
        return ARCH_FAULT_DIVIDE;
    case 3: /* int3: code memory is filled with it */
    case 6:
        return ARCH_FAULT_INVALID_OPCODE;
    case 14:
        return ARCH_FAULT_PAGE;
    default:
        return ARCH_FAULT_PROTECTION;
    }
}

HOST_NO_SANITIZE static void on_fault(int signal, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    const greg_t *g = uc->uc_mcontext.gregs;
    enum arch_fault fault = fault_of((int)g[REG_TRAPNO]);
    bool write = g[REG_ERR] & 2;
    struct host_frame *f = divert(uc, TRAP_FAULT);

    (void)signal;
    f->fault = fault;
    f->address = fault == ARCH_FAULT_PAGE ? (uint64_t)info->si_addr : 0;
    f->write = write;
}

/* From outside: the terminal must not stay raw. */
static void on_end(int signal)
{
    host_console_restore();
    _exit(128 + signal);
}

/* Ctrl-Z is a byte to us, but somebody may stop the process all the same. */
static void on_stop(int signal)
{
    (void)signal;
    host_console_restore();
    raise(SIGSTOP);
}

static void on_continue(int signal)
{
    (void)signal;
    host_console_raw();
}

/* ---- set-up ---- */

static void xsave_init(void)
{
    uint32_t a, b, c, d, xcr0;

    if (!__get_cpuid_count(1, 0, &a, &b, &c, &d) || !(c & bit_OSXSAVE))
        host_fatal("this processor lacks XSAVE");
    __asm__ volatile("xgetbv" : "=a"(xcr0), "=d"(d) : "c"(0));
    host_xsave_mask = xcr0 & XSAVE_PARTS;
    xsave_bytes = XSAVE_HEADER + 64;
    for (unsigned part = 2; part < 32; part++) {
        if (!(host_xsave_mask >> part & 1))
            continue;
        __get_cpuid_count(0xd, part, &a, &b, &c, &d); /* a: size, b: offset */
        if (a + b > xsave_bytes)
            xsave_bytes = a + b;
    }
}

#ifdef HOST_THREAD_SANITIZER
/* Its own handlers delay ours and show them a copy of the registers: go past them. */
void host_sigreturn(void);
__asm__("host_sigreturn: mov $15, %eax; syscall");

static int set_handler(int signal, const struct sigaction *sa)
{
    struct {
        void (*handler)(int, siginfo_t *, void *);
        unsigned long flags;
        void (*restorer)(void);
        uint64_t mask;
    } raw = {sa->sa_sigaction, (unsigned long)sa->sa_flags | 0x04000000, host_sigreturn, 0};

    __builtin_memcpy(&raw.mask, &sa->sa_mask, sizeof raw.mask);
    return (int)syscall(SYS_rt_sigaction, signal, &raw, NULL, sizeof raw.mask);
}
#else
static int set_handler(int signal, const struct sigaction *sa)
{
    return sigaction(signal, sa, NULL);
}
#endif

static void handle(int signal, void (*handler)(int, siginfo_t *, void *), int flags)
{
    struct sigaction sa = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | flags};

    sigemptyset(&sa.sa_mask);
    sigaddset(&sa.sa_mask, SIGNAL_TIMER);
    sigaddset(&sa.sa_mask, SIGNAL_KICK);
    if (set_handler(signal, &sa))
        host_fatal("signals cannot be handled");
}

static void handle_plain(int signal, void (*handler)(int))
{
    struct sigaction sa = {.sa_handler = handler, .sa_flags = SA_ONSTACK | SA_RESTART};

    set_handler(signal, &sa);
}

void host_signals_init(void)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    xsave_init();
    __asm__ volatile("mov %%cs, %0" : "=r"(code_segment));
    __asm__ volatile("mov %%ss, %0" : "=r"(stack_segment));
    handle(SIGNAL_TIMER, on_interrupt, SA_RESTART);
    handle(SIGNAL_KICK, on_interrupt, SA_RESTART);
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        handle(faults[i], on_fault, 0);
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        handle_plain(ends[i], on_end);
    handle_plain(SIGTSTP, on_stop);
    handle_plain(SIGCONT, on_continue);
    handle_plain(SIGPIPE, SIG_IGN);
}

void host_cpu_enter(unsigned n)
{
    stack_t stack = {.ss_size = SIGNAL_STACK_BYTES};
    sigset_t none;

    stack.ss_sp =
        mmap(NULL, SIGNAL_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp == MAP_FAILED || sigaltstack(&stack, NULL))
        host_fatal("no signal stack");
    HOST_TLS_STORE32(host_cpu, n);
    host_timer_cpu_init();
    cpu_tids[n] = (pid_t)syscall(SYS_gettid);
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}

static void *cpu_main(void *arg)
{
    unsigned n = (unsigned)(uintptr_t)arg;

    host_cpu_enter(n);
    kernel_cpu_main(n);
}

int arch_cpu_start(unsigned n)
{
    arch_irq_t irq = arch_irq_disable();
    sigset_t all, old;
    pthread_t thread;
    int err;

    assert(n < arch_boot.ncpus && !cpu_tids[n]);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old); /* the new thread inherits it until it is set up */
    err = pthread_create(&thread, NULL, cpu_main, (void *)(uintptr_t)n);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    arch_irq_restore(irq);
    return err ? -WASI_EIO : 0;
}

/* Signals are blocked from the look at host_pending to the wait, which unblocks them. */
void arch_idle(void)
{
    sigset_t all, none;
    struct arch_regs here = {.pc = (uintptr_t)arch_idle};

    assert(!arch_irq_enabled());
    sigfillset(&all);
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    if (!HOST_TLS_LOAD32(host_pending))
        host_console_wait(!arch_cpu(), host_timer_deadline(), &none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    if (arch_clock_ns() >= host_timer_deadline())
        host_pending_add(HOST_IRQ_TIMER);
    if (HOST_TLS_LOAD32(host_pending))
        host_interrupts_run(&here);
}
