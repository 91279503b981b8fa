/* The composition root: the one file that knows every part of the kernel. Boot order, and what the
 * machine and the parts are plugged into. */
#include "base/format.h"
#include "base/string.h"
#include "base/test.h"
#include "kernel/arch/arch.h"
#include "kernel/core/log.h"
#include "kernel/drv/link.h"
#include "kernel/drv/screen.h"
#include "kernel/drv/tty.h"
#include "kernel/fs/vfs.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/proc/process.h"
#include "kernel/run/run.h"
#include "wasm/wasm.h"

static bool cpus_started; /* atomic */

/* Is `word` one of the blank-separated words of the command line? With `=` at its end: *out_value
 * is the rest of the word found, not terminated. */
static bool option(const char *word, const char **out_value, size_t *out_len)
{
    size_t n = strlen(word);
    const char *at = arch_boot.command_line;

    while (*at) {
        size_t len = 0;
        while (at[len] && at[len] != ' ')
            len++;
        if (len >= n && !strncmp(at, word, n) && (len == n || word[n - 1] == '=')) {
            *out_value = at + n;
            *out_len = len - n;
            return true;
        }
        at += len;
        while (*at == ' ')
            at++;
    }
    return false;
}

static void log_level_init(void)
{
    static const char *const names[] = {
        [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"};
    const char *value;
    size_t len;

    if (!option("log=", &value, &len))
        return;
    for (unsigned i = 0; i < ARRAY_LEN(names); i++)
        if (len == strlen(names[i]) && !strncmp(value, names[i], len))
            log_level = (enum log_level)i;
}

/* A decimal number at *at, at most `max`; 0 if there is none, or it is larger. */
static unsigned number(const char **at, unsigned max)
{
    unsigned n = 0;
    while (**at >= '0' && **at <= '9' && n <= max)
        n = n * 10 + (unsigned)(*(*at)++ - '0');
    return n <= max ? n : 0;
}

/* `terminal=COLUMNSxROWS` */
static void terminal_size_init(void)
{
    enum { TERMINAL_MAX = 1000 };
    const char *value;
    size_t len;

    if (!option("terminal=", &value, &len))
        return;
    unsigned columns = number(&value, TERMINAL_MAX);
    unsigned rows = columns && *value++ == 'x' ? number(&value, TERMINAL_MAX) : 0;
    if (rows)
        tty_size_set(columns, rows);
}

/* ---- unit tests: command line `test`, or `test=NAME` for one ---- */

static void say(const char *line)
{
    arch_console_write(line, strlen(line));
    arch_console_write("\r\n", 2);
}

/* Tests count frames: the thread that starts the CPUs must be gone. */
static void wait_for_cpus(void)
{
    while (!__atomic_load_n(&cpus_started, __ATOMIC_ACQUIRE))
        thread_yield();
    thread_sleep_until(arch_clock_ns() + 20 * NSEC_PER_MSEC);
}

NORETURN static void run_tests(const char *name, size_t name_len)
{
    unsigned ran, failed;
    char line[80];

    wait_for_cpus();
    failed = unit_tests_run(say, name, name_len, &ran);
    fmt_snprintf(line, sizeof line, "unit: %u passed, %u failed", ran - failed, failed);
    say(line);
    arch_power_off(failed != 0);
}

/* ---- boot ---- */

/* Starting a CPU takes the bare machine some milliseconds: the shell need not wait for it. */
static void start_cpus(void *arg UNUSED)
{
    for (unsigned n = 1; n < arch_boot.ncpus; n++) {
        int err = arch_cpu_start(n);
        if (err)
            log_error("CPU %u does not start: %s", n, errno_name(-err));
    }
    __atomic_store_n(&cpus_started, true, __ATOMIC_RELEASE);
}

static void kernel_boot(void *arg UNUSED)
{
    const char *value;
    size_t len;

    if (!thread_create(NULL, "cpus", start_cpus, NULL))
        panic("no memory to start the other CPUs");
    process_init();
    vfs_init();
    screen_init();
    tty_init(WASM_TRAP_INTERRUPTED);
    terminal_size_init();
    link_init(WASM_TRAP_INTERRUPTED);
    log_info("drivers are up");
    if (option("panic", &value, &len)) /* a test of the report */
        panic("asked for on the command line");
    if (option("test", &value, &len))
        run_tests(NULL, 0);
    if (option("test=", &value, &len))
        run_tests(value, len);
    if (option("background=off", &value, &len))
        run_background = false;
    run_boot();
    log_info("the first program is started");
}

void kernel_main(void)
{
    log_level_init();
    log_screen = screen_emergency_write;
    thread_fault_hook = run_fault;
    thread_interrupt_hook = run_interrupt_exit;
    log_info("WasmOS on %s, %u CPUs, command line \"%s\"", arch_boot.machine, arch_boot.ncpus,
             arch_boot.command_line);
    frame_init();
    heap_init();
    sched_init();
    if (!thread_create(NULL, "boot", kernel_boot, NULL))
        panic("no memory for the first thread");
    sched_idle();
}

void kernel_cpu_main(unsigned cpu)
{
    sched_cpu_init(cpu);
    log_info("CPU %u is up", cpu);
    sched_idle();
}

/* ---- input, in interrupt context ---- */

void kernel_console_input(const char *bytes, size_t len)
{
    tty_input(bytes, len);
}

size_t kernel_console_room(void)
{
    return tty_room();
}

void kernel_link_input(void)
{
    link_input();
}
