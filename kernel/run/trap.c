/* Faults and interrupts of compiled code, and the report of a program's end. */
#include "base/format.h"
#include "base/string.h"
#include "kernel/mm/heap.h"
#include "kernel/run/exec.h"
#include "kernel/run/run.h"

_Static_assert(sizeof(struct arch_regs) == sizeof(struct wasm_regs) &&
                   offsetof(struct arch_regs, pc) == offsetof(struct wasm_regs, pc) &&
                   offsetof(struct arch_regs, flags) == offsetof(struct wasm_regs, flags),
               "the engine and the machine have one idea of the registers");

bool run_fault(enum arch_fault fault, uint64_t address, struct arch_regs *regs)
{
    static const enum wasm_fault kinds[] = {
        [ARCH_FAULT_PAGE] = WASM_FAULT_PAGE,
        [ARCH_FAULT_DIVIDE] = WASM_FAULT_DIVIDE,
        [ARCH_FAULT_INVALID_OPCODE] = WASM_FAULT_INVALID_OPCODE,
        [ARCH_FAULT_PROTECTION] = WASM_FAULT_PROTECTION,
    };
    struct thread *t = thread_current();
    if (!t || !t->wasm)
        return false;
    return wasm_fault_to_trap(t->wasm, kinds[fault], address, (struct wasm_regs *)regs);
}

enum { KILL_RETRY_NS = 100 * 1000 };

void run_interrupt_exit(struct arch_regs *regs)
{
    struct thread *t = thread_current();
    if (LIKELY(!t || !t->kill_pending || !t->wasm))
        return;
    if (!wasm_pc_is_code(t->wasm, regs->pc)) { /* in the runtime, perhaps nearly always */
        sched_tick_within(KILL_RETRY_NS);
        return;
    }
    wasm_interrupt_to_trap(t->wasm, (enum wasm_trap)(t->kill_pending - 1),
                           (struct wasm_regs *)regs);
}

/* ---- reports ---- */

enum { REPORT_BYTES = 4096, REPORT_NAME_MAX = 120 };

struct report {
    char *text;
    size_t len;
};

static void report_add(struct report *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void report_add(struct report *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = fmt_vsnprintf(r->text + r->len, REPORT_BYTES - r->len, fmt, ap);
    va_end(ap);
    r->len = min_u64(r->len + (size_t)n, REPORT_BYTES - 1);
}

static void write_error(struct process *p, const char *text, size_t len)
{
    struct file *f;
    if (!p->fds || fd_get(p->fds, 2, &f))
        return;
    for (size_t done = 0; done < len;) { /* a dying thread writes piece by piece */
        int64_t n = file_write(f, text + done, len - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    file_put(f);
}

void run__complain(struct process *p, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    int n = fmt_vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    write_error(p, text, min_u64((size_t)n, sizeof(text) - 1));
}

/* A name comes from the program's file: nothing of it may steer a terminal. */
static void report_name(struct report *r, const char *name, uint32_t len)
{
    char clean[REPORT_NAME_MAX + 1];
    size_t n = min_u64(len, REPORT_NAME_MAX);
    for (size_t i = 0; i < n; i++) {
        uint8_t c = (uint8_t)name[i];
        clean[i] = c < ' ' || c == 0x7f ? '?' : (char)c;
    }
    clean[n] = 0;
    report_add(r, "%s%s", clean, len > REPORT_NAME_MAX ? "..." : "");
}

static bool same_place(const struct wasm_frame *a, const struct wasm_frame *b)
{
    return a->module == b->module && a->func == b->func && a->offset == b->offset;
}

/* One line for frame n and those after it that are the same place (recursion); how many they are.
 */
static uint32_t report_frame(struct report *r, const struct wasm_trap_info *info, uint32_t n)
{
    const struct wasm_frame *f = &info->frames[n];
    uint32_t len, same = 1;
    const char *name = wasm_module_func_name(f->module, f->func, &len);
    report_add(r, "  %s ", n ? "by" : "in");
    if (len)
        report_name(r, name, len);
    else
        report_add(r, "function %u", f->func);
    if (f->offset)
        report_add(r, " at 0x%x", f->offset);
    while (n + same < info->nframes && same_place(f, f + same))
        same++;
    if (same > 1)
        report_add(r, " (%u times%s)", same, n + same == WASM_BACKTRACE_MAX ? " or more" : "");
    report_add(r, "\n");
    return same;
}

int run__trap_status(enum wasm_trap kind)
{
    switch (kind) {
    case WASM_TRAP_INTERRUPTED:
        return STATUS_INTERRUPTED;
    case WASM_TRAP_KILLED:
        return STATUS_KILLED;
    case WASM_TRAP_TIME_LIMIT:
        return STATUS_TIME_LIMIT;
    default:
        return STATUS_TRAPPED;
    }
}

void run__trap_report(struct process *p, const struct wasm_trap_info *info)
{
    int status = run__trap_status(info->kind);
    assert(info->nframes <= WASM_BACKTRACE_MAX);
    struct report r = {kalloc(REPORT_BYTES), 0};
    if (!r.text || status == STATUS_INTERRUPTED) { /* whoever pressed Ctrl-C knows */
        kfree(r.text, REPORT_BYTES);
        return;
    }
    report_add(&r, "%s: %s%s\n", p->name, status == STATUS_TRAPPED ? "trap: " : "",
               wasm_trap_message(info->kind));
    if (status != STATUS_KILLED)
        for (uint32_t n = 0; n < info->nframes;)
            n += report_frame(&r, info, n);
    write_error(p, r.text, r.len);
    kfree(r.text, REPORT_BYTES);
}
