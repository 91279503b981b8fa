#define _GNU_SOURCE
#include "wasm/tools/linux_host.h"
#include "wasm/tools/linux_thread.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

enum {
    RESERVE_ALIGN = 64 * 1024,
    SIGNAL_STACK_BYTES = 256 * 1024,
    TRAPNO_PROTECTION = 13,
};

__attribute__((noreturn)) void base_assert_fail(const char *expr, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expr);
    abort();
}

/* ---- memory ---- */

static void add(size_t *counter, size_t n)
{
    __atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

static void take(size_t *counter, size_t n)
{
    __atomic_fetch_sub(counter, n, __ATOMIC_RELAXED);
}

static size_t count_of(const size_t *counter)
{
    return __atomic_load_n(counter, __ATOMIC_RELAXED);
}

/* Counts a call that may fail against the owner's injected failure and limit. */
static bool may_have(struct linux_owner *o, size_t bytes)
{
    if (__atomic_load_n(&o->helper_fails, __ATOMIC_RELAXED) && linux__is_helper(o))
        return false;
    if (o->fail_after == 1)
        return false;
    if (o->fail_after)
        o->fail_after--;
    if (!o->limit_bytes)
        return true;
    size_t used = count_of(&o->bytes) + count_of(&o->committed_bytes);
    return bytes <= o->limit_bytes && used <= o->limit_bytes - bytes;
}

static void *host_alloc(void *owner, size_t bytes)
{
    struct linux_owner *o = owner;
    void *p = may_have(o, bytes) ? calloc(1, bytes ? bytes : 1) : NULL;

    if (!p)
        return NULL;
    add(&o->blocks, 1);
    add(&o->bytes, bytes);
    return p;
}

static void host_free(void *owner, void *p, size_t bytes)
{
    struct linux_owner *o = owner;

    if (!p)
        return;
    assert(count_of(&o->blocks) > 0 && count_of(&o->bytes) >= bytes);
    take(&o->blocks, 1);
    take(&o->bytes, bytes);
    free(p);
}

static void *host_reserve(void *owner, size_t bytes)
{
    struct linux_owner *o = owner;
    uint8_t *p, *aligned;

    assert(bytes % 4096 == 0);
    if (!may_have(o, 0))
        return NULL;
    p = mmap(NULL, bytes + RESERVE_ALIGN, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
             -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    aligned = (uint8_t *)align_up((uintptr_t)p, RESERVE_ALIGN);
    if (aligned > p)
        munmap(p, (size_t)(aligned - p));
    munmap(aligned + bytes, (size_t)(p + RESERVE_ALIGN - aligned));
    add(&o->reservations, 1);
    return aligned;
}

static int host_commit(void *owner, void *p, size_t bytes)
{
    struct linux_owner *o = owner;

    assert((uintptr_t)p % 4096 == 0 && bytes % 4096 == 0);
    if (!may_have(o, bytes) || mprotect(p, bytes, PROT_READ | PROT_WRITE))
        return -ENOMEM;
    add(&o->committed_bytes, bytes);
    return 0;
}

/* How much of a released range was committed is read back from the protection that commit set:
 * cheaper to keep than a table, and release is told the whole range. */
static size_t committed_in(const void *p, size_t bytes)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    unsigned long from, to, begin = (unsigned long)p, end = begin + bytes;
    char line[512], perms[5];
    size_t n = 0;

    while (maps && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx %4s", &from, &to, perms) == 3 && from < end && to > begin &&
            perms[1] == 'w')
            n += min_u64(to, end) - max_u64(from, begin);
    if (maps)
        fclose(maps);
    return n;
}

static void host_release(void *owner, void *p, size_t bytes)
{
    struct linux_owner *o = owner;
    size_t n;

    if (!p)
        return;
    n = committed_in(p, bytes);
    assert(count_of(&o->reservations) > 0 && count_of(&o->committed_bytes) >= n);
    take(&o->committed_bytes, n);
    take(&o->reservations, 1);
    munmap(p, bytes);
}

/* ---- code ---- */

static int host_code_reserve(void *owner, size_t bytes, struct wasm_code_range *out)
{
    struct linux_owner *o = owner;
    uint8_t *exec = MAP_FAILED, *write = MAP_FAILED;
    int fd;

    assert(bytes % 4096 == 0);
    if (!may_have(o, 0))
        return -ENOMEM;
    fd = memfd_create("wasm-code", MFD_CLOEXEC);
    if (fd < 0)
        return -ENOMEM;
    if (!ftruncate(fd, (off_t)bytes)) {
        exec = mmap(NULL, bytes, PROT_NONE, MAP_SHARED, fd, 0);
        write = mmap(NULL, bytes, PROT_NONE, MAP_SHARED, fd, 0);
    }
    close(fd); /* the mappings keep it */
    if (exec == MAP_FAILED || write == MAP_FAILED) {
        if (exec != MAP_FAILED)
            munmap(exec, bytes);
        if (write != MAP_FAILED)
            munmap(write, bytes);
        return -ENOMEM;
    }
    *out = (struct wasm_code_range){.exec = exec, .write = write, .len_bytes = bytes};
    add(&o->reservations, 1);
    return 0;
}

static int host_code_commit(void *owner, struct wasm_code_range *r, size_t offset, size_t bytes)
{
    struct linux_owner *o = owner;

    assert(offset % 4096 == 0 && bytes % 4096 == 0 && offset + bytes <= r->len_bytes);
    if (!may_have(o, bytes) || mprotect(r->write + offset, bytes, PROT_READ | PROT_WRITE) ||
        mprotect(r->exec + offset, bytes, PROT_READ | PROT_EXEC))
        return -ENOMEM;
    add(&o->committed_bytes, bytes);
    return 0;
}

static void host_code_release(void *owner, struct wasm_code_range *r)
{
    struct linux_owner *o = owner;

    take(&o->committed_bytes, committed_in(r->write, r->len_bytes));
    take(&o->reservations, 1);
    munmap(r->exec, r->len_bytes);
    munmap(r->write, r->len_bytes);
}

static void host_lock(void *owner, bool take)
{
    struct linux_owner *o = owner;

    while (take && __atomic_exchange_n(&o->locked, 1, __ATOMIC_ACQUIRE))
        sched_yield();
    if (take)
        return;
    assert(__atomic_load_n(&o->locked, __ATOMIC_RELAXED));
    __atomic_store_n(&o->locked, 0, __ATOMIC_RELEASE);
}

const struct wasm_host linux_host = {
    .alloc = host_alloc,
    .free = host_free,
    .reserve = host_reserve,
    .commit = host_commit,
    .release = host_release,
    .code_reserve = host_code_reserve,
    .code_commit = host_code_commit,
    .code_release = host_code_release,
    .lock = host_lock,
    .wait = linux__wait,
    .notify = linux__notify,
    .help = linux__help,
};

bool linux_owner_clean(const struct linux_owner *o)
{
    return !o->blocks && !o->bytes && !o->reservations && !o->committed_bytes && !o->locked;
}

/* ---- faults ---- */

static _Thread_local struct wasm_thread *running;
static struct sigaction previous[NSIG];
static enum wasm_trap interrupt_kind;
static volatile unsigned interrupts; /* how many there were */

/* The order of struct wasm_regs in the names of ucontext. */
static const int reg_names[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                  REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                  REG_R12, REG_R13, REG_R14, REG_R15};

static void regs_from(const ucontext_t *u, struct wasm_regs *r)
{
    for (size_t i = 0; i < ARRAY_LEN(reg_names); i++)
        r->gpr[i] = (uint64_t)u->uc_mcontext.gregs[reg_names[i]];
    r->pc = (uint64_t)u->uc_mcontext.gregs[REG_RIP];
    r->flags = (uint64_t)u->uc_mcontext.gregs[REG_EFL];
}

static void regs_to(const struct wasm_regs *r, ucontext_t *u)
{
    for (size_t i = 0; i < ARRAY_LEN(reg_names); i++)
        u->uc_mcontext.gregs[reg_names[i]] = (greg_t)r->gpr[i];
    u->uc_mcontext.gregs[REG_RIP] = (greg_t)r->pc;
    u->uc_mcontext.gregs[REG_EFL] = (greg_t)r->flags;
}

static enum wasm_fault fault_of(int sig, const ucontext_t *u)
{
    if (sig == SIGFPE)
        return WASM_FAULT_DIVIDE;
    if (sig == SIGILL)
        return WASM_FAULT_INVALID_OPCODE;
    return u->uc_mcontext.gregs[REG_TRAPNO] == TRAPNO_PROTECTION ? WASM_FAULT_PROTECTION
                                                                 : WASM_FAULT_PAGE;
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
    ucontext_t *u = context;
    struct wasm_regs regs;

    regs_from(u, &regs);
    if (running && wasm_fault_to_trap(running, fault_of(sig, u), (uint64_t)info->si_addr, &regs)) {
        regs_to(&regs, u);
        return;
    }
    sigaction(sig, &previous[sig], NULL); /* back at the instruction, it faults into that one */
}

static void on_alarm(int sig UNUSED, siginfo_t *info UNUSED, void *context)
{
    ucontext_t *u = context;
    struct wasm_regs regs;

    interrupts++;
    regs_from(u, &regs);
    if (!running || !wasm_pc_is_code(running, regs.pc))
        return;
    wasm_interrupt_to_trap(running, interrupt_kind, &regs);
    regs_to(&regs, u);
}

void linux_host_catch_faults(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    static uint8_t signal_stack[SIGNAL_STACK_BYTES];
    struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};

    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        struct sigaction old;
        sigaction(signals[i], &sa, &old);
        if (old.sa_sigaction != on_fault)
            previous[signals[i]] = old;
    }
}

void linux_host_set_thread(struct wasm_thread *t)
{
    running = t;
}

unsigned linux__interrupts(enum wasm_trap *out_kind)
{
    *out_kind = interrupt_kind;
    return interrupts;
}

void linux_host_interrupt_after(unsigned ms, enum wasm_trap kind)
{
    struct sigaction sa = {.sa_sigaction = on_alarm,
                           .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    struct itimerval every = {.it_interval = {ms / 1000, ms % 1000 * 1000},
                              .it_value = {ms / 1000, ms % 1000 * 1000}};

    interrupt_kind = kind;
    sigaction(SIGALRM, &sa, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
}

uint8_t *linux_read_file(const char *path, size_t *out_len)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = NULL;
    long len = -1;

    if (f && !fseek(f, 0, SEEK_END) && (len = ftell(f)) >= 0 && !fseek(f, 0, SEEK_SET))
        data = malloc((size_t)len + 1);
    if (data && fread(data, 1, (size_t)len, f) != (size_t)len) {
        free(data);
        data = NULL;
    }
    if (f)
        fclose(f);
    if (!data) {
        perror(path);
        return NULL;
    }
    data[len] = 0;
    *out_len = (size_t)len;
    return data;
}
