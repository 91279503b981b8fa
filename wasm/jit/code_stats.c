/* What has been compiled: for the embedder's accounts and for profilers. */
#include "wasm/jit/code_int.h"
#include "wasm/wasm.h"

_Static_assert(ARRAY_LEN(((struct wasm_compiled_seen *)0)->n) == CODE_LANES, "one each");

static uint32_t body_count(const struct code_lane *l)
{
    return __atomic_load_n(&l->nbodies, __ATOMIC_ACQUIRE);
}

void wasm_module_code_stats(const struct wasm_module *m, struct wasm_code_stats *out)
{
    *out = (struct wasm_code_stats){.functions = m->nfuncs - m->nimported_funcs};
    for (unsigned i = 0; m->code && i < CODE_LANES; i++) {
        const struct code_lane *l = &m->code->lanes[i];
        uint32_t n = body_count(l);
        if (!n)
            continue;
        const struct code_body *last = code__body(l, n - 1); /* in the order of compilation */
        out->compiled += n;
        out->code_bytes += last->start + last->len_bytes - code__body(l, 0)->start;
    }
    if (m->code)
        out->compiled -= __atomic_load_n(&m->code->twice, __ATOMIC_RELAXED);
}

bool wasm_module_compiled(const struct wasm_module *m, struct wasm_compiled_seen *seen,
                          struct wasm_compiled *out)
{
    for (unsigned i = 0; m->code && i < CODE_LANES; i++) {
        const struct code_lane *l = &m->code->lanes[i];
        if (seen->n[i] >= body_count(l))
            continue;
        const struct code_body *b = code__body(l, seen->n[i]++);
        *out = (struct wasm_compiled){b->func, b->len_bytes, m->code->range.exec + b->start};
        return true;
    }
    return false;
}
