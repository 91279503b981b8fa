/* The accounts of compiled code: what /proc/PID/code says, and names for a profiler outside. */
#include "base/format.h"
#include "kernel/run/exec.h"

enum { SYMBOL_MAX = 256 };

/* What a file of lines with spaces between words may contain; the rest of Unicode too. */
static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && c != 0x7f;
}

/* `program!function`, cut to fit. */
static size_t symbol(const struct running *r, uint32_t func, char text[SYMBOL_MAX])
{
    uint32_t len;
    const char *name = wasm_module_func_name(r->module, func, &len);
    size_t n = (size_t)fmt_snprintf(text, SYMBOL_MAX, "%s!", r->program.process->name);
    if (!len)
        n += (size_t)fmt_snprintf(text + n, SYMBOL_MAX - n, "func[%u]", (unsigned)func);
    for (uint32_t i = 0; i < len && n < SYMBOL_MAX; i++)
        text[n++] = name[i];
    for (size_t i = 0; i < n; i++)
        text[i] = is_plain(text[i]) ? text[i] : '?';
    return n;
}

void run__code_note(struct running *r)
{
    struct wasm_compiled c;
    char text[SYMBOL_MAX];
    if (!arch_boot.code_notes || !r->module)
        return;
    while (wasm_module_compiled(r->module, &r->noted, &c))
        arch_code_note(c.code, c.len_bytes, text, symbol(r, c.func, text));
}

void run__code_count(struct running *r, uint64_t since_ns)
{
    struct process_code *counts = &r->program.process->code;
    struct wasm_code_stats stats;
    if (!r->module)
        return;
    uint64_t used_ns = thread_cpu_ns() - since_ns;
    arch_irq_t irq = spin_lock(&r->lock);
    wasm_module_code_stats(r->module, &stats);
    if (stats.compiled != counts->compiled)
        __atomic_fetch_add(&counts->compile_ns, used_ns, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->functions, stats.functions, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->compiled, stats.compiled, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->bytes, stats.code_bytes, __ATOMIC_RELAXED);
    spin_unlock(&r->lock, irq);
}
