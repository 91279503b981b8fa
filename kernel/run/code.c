/* The accounts of compiled code: what /proc/PID/code says. */
#include "kernel/run/exec.h"

void run__code_count(struct running *r)
{
    struct process_code *counts = &r->program.process->code;
    struct wasm_code_stats stats;
    if (!r->module)
        return;
    wasm_module_code_stats(r->module, &stats);
    if (stats.compiled != counts->compiled)
        __atomic_fetch_add(&counts->compile_ns, thread_cpu_ns() - r->compile_ns, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->functions, stats.functions, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->compiled, stats.compiled, __ATOMIC_RELAXED);
    __atomic_store_n(&counts->bytes, stats.code_bytes, __ATOMIC_RELAXED);
}
