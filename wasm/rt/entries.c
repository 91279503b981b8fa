#include "wasm/rt/entries.h"

#include "wasm/jit/code_int.h"
#include "wasm/jit/driver.h"
#include "wasm/rt/builtins.h"
#include "wasm/rt/instance.h"

static const void *lazy(struct wasm_ctx *ctx, uint64_t return_address)
{
    struct wasm_instance *i = ctx->instance;
    struct wasm_module *m = i->module;
    uint64_t slot = return_address - 5 - (uint64_t)(uintptr_t)m->code->range.exec;
    uint32_t func = m->nimported_funcs + (uint32_t)(slot / CODE_SLOT_BYTES);
    assert(slot % CODE_SLOT_BYTES == 0 && func < m->nfuncs);
    int err = code_compile(m, func);
    if (err)
        wasm_trap(i, err == -ENOTSUP  ? WASM_TRAP_UNSUPPORTED
                     : err == -EFAULT ? WASM_TRAP_UNSAFE_CODE
                                      : WASM_TRAP_OUT_OF_MEMORY);
    return m->code->range.exec + code__target(m->code, func);
}

const struct rt_entries rt_entries = {
    .lazy = lazy,
    .check_indirect = rt_check_indirect,
    .calls =
        {
#define RT(id, sig) [RT_##id] = (void (*)(void))rt_##id,
#include "wasm/rt/rt.def"
#undef RT
        },
};
