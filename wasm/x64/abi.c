#include "wasm/x64/abi.h"

static const uint8_t param_gprs[] = {X64_RDI, X64_RSI, X64_RDX, X64_RCX,
                                     X64_R8,  X64_R9,  X64_RAX, X64_R10};
static const uint8_t result_gprs[] = {X64_RAX, X64_RDX, X64_RCX, X64_RSI};
static const uint8_t runtime_gprs[] = {X64_RSI, X64_RDX, X64_RCX, X64_R8, X64_R9};

void abi_params_begin(struct abi_walk *w)
{
    *w = (struct abi_walk){.gprs = param_gprs, .ngprs = ARRAY_LEN(param_gprs), .nxmms = 8};
}

void abi_results_begin(struct abi_walk *w)
{
    *w = (struct abi_walk){.gprs = result_gprs, .ngprs = ARRAY_LEN(result_gprs), .nxmms = 4};
}

void abi_runtime_begin(struct abi_walk *w)
{
    *w = (struct abi_walk){.gprs = runtime_gprs, .ngprs = ARRAY_LEN(runtime_gprs)};
}

struct abi_place abi_next(struct abi_walk *w, bool is_xmm, unsigned bytes)
{
    if (is_xmm && w->xmm < w->nxmms)
        return (struct abi_place){(uint8_t)(X64_XMM + w->xmm++), 0};
    if (!is_xmm && w->gpr < w->ngprs)
        return (struct abi_place){w->gprs[w->gpr++], 0};
    struct abi_place p = {X64_NONE, w->stack};
    w->stack += bytes;
    return p;
}

struct abi_place abi_next_value(struct abi_walk *w, wasm_valtype_t type)
{
    bool is_xmm = type == WASM_F32 || type == WASM_F64 || type == WASM_V128;
    return abi_next(w, is_xmm, type == WASM_V128 ? 16 : 8);
}

uint32_t abi_params_bytes(const struct wasm_functype *type)
{
    struct abi_walk w;
    abi_params_begin(&w);
    for (uint32_t i = 0; i < type->nparams; i++)
        abi_next_value(&w, type->params[i]);
    return w.stack;
}

uint32_t abi_results_bytes(const struct wasm_functype *type)
{
    struct abi_walk w;
    abi_results_begin(&w);
    for (uint32_t i = 0; i < type->nresults; i++)
        abi_next_value(&w, type->results[i]);
    return w.stack;
}
