#include "base/format.h"
#include "base/string.h"
#include "kernel/arch/arch.h"
#include "kernel/core/log.h"

enum {
    PANIC_TAIL_BYTES = 2048, /* of the log */
    PANIC_LINE_MAX = 512,
    PANIC_FRAMES_MAX = 32,
};

static uint32_t panicking; /* CPU number + 1 of the first CPU that panics */
static unsigned frames;

static void say(const char *text, size_t len)
{
    arch_console_write(text, len);
    if (log_screen)
        log_screen(text, len);
}

PRINTF_LIKE(1, 2) static void print(const char *fmt, ...)
{
    char line[PANIC_LINE_MAX];
    va_list ap;

    va_start(ap, fmt);
    fmt_vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    say(line, strlen(line));
}

static void print_registers(const struct arch_regs *r)
{
    static const char names[16][4] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                      "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15"};

    print("rip %016llx  flags %llx\r\n", (unsigned long long)r->pc, (unsigned long long)r->flags);
    for (int i = 0; i < 16; i++)
        print("%s %016llx%s", names[i], (unsigned long long)r->gpr[i], i % 4 == 3 ? "\r\n" : "  ");
}

static void print_frame(uint64_t pc)
{
    uint64_t offset = 0;
    const char *name;

    if (frames++ >= PANIC_FRAMES_MAX)
        return;
    name = arch_symbol(pc, &offset);
    if (name)
        print("  %016llx %s+0x%llx\r\n", (unsigned long long)pc, name, (unsigned long long)offset);
    else
        print("  %016llx\r\n", (unsigned long long)pc);
}

static void print_log_tail(void)
{
    static char tail[PANIC_TAIL_BYTES];
    char *line = tail;

    log_tail(tail, sizeof tail);
    if (*line)
        print("last log lines:\r\n");
    while (*line) {
        char *end = strchr(line, '\n');
        size_t len = end ? (size_t)(end - line) : strlen(line);
        say(line, len);
        say("\r\n", 2);
        line += len + (end != NULL);
    }
}

NORETURN static void die(const struct arch_regs *regs, const char *fmt, va_list ap)
{
    uint32_t me = arch_cpu() + 1, nobody = 0;
    char message[PANIC_LINE_MAX];

    if (!__atomic_compare_exchange_n(&panicking, &nobody, me, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE)) {
        if (nobody == me) /* a panic within the panic */
            arch_panic_stop();
        for (;;)
            arch_pause(); /* the first one stops this CPU too */
    }
    arch_panic_begin();
    fmt_vsnprintf(message, sizeof message, fmt, ap);
    print("\r\nkernel panic on CPU %u: %s\r\n", me - 1, message);
    if (regs)
        print_registers(regs);
    print("backtrace:\r\n");
    arch_backtrace(regs, print_frame);
    print_log_tail();
    arch_panic_stop();
}

void panic(const char *fmt, ...)
{
    va_list ap;

    arch_irq_disable();
    va_start(ap, fmt);
    die(NULL, fmt, ap);
}

void panic_regs(const struct arch_regs *regs, const char *fmt, ...)
{
    va_list ap;

    arch_irq_disable();
    va_start(ap, fmt);
    die(regs, fmt, ap);
}

void base_assert_fail(const char *expr, const char *file, int line)
{
    panic("%s:%d: assertion failed: %s", file, line, expr);
}
