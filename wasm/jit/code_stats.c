/* What has been compiled: for the embedder's accounts and for profilers. */
#include "wasm/jit/code_int.h"
#include "wasm/wasm.h"

static uint32_t body_count(const struct wasm_module *m)
{
    return m->code ? __atomic_load_n(&m->code->nbodies, __ATOMIC_ACQUIRE) : 0;
}

void wasm_module_code_stats(const struct wasm_module *m, struct wasm_code_stats *out)
{
    uint32_t n = body_count(m);

    *out = (struct wasm_code_stats){.functions = m->nfuncs - m->nimported_funcs, .compiled = n};
    if (n) { /* bodies lie in the order of their compilation */
        const struct code_body *last = code__body(m->code, n - 1);
        out->code_bytes = last->start + last->len_bytes - code__body(m->code, 0)->start;
    }
}

bool wasm_module_compiled(const struct wasm_module *m, uint32_t n, struct wasm_compiled *out)
{
    if (n >= body_count(m))
        return false;
    const struct code_body *b = code__body(m->code, n);
    *out = (struct wasm_compiled){b->func, b->len_bytes, m->code->range.exec + b->start};
    return true;
}
