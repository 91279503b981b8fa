/* Constant expressions (core spec 3.4.8, with the arithmetic of extended-const). */
#include "wasm/rt/instance.h"

#include "base/string.h"
#include "wasm/decode/reader.h"

/* Both operand values as 64 bits; i32 arithmetic is the low half of it. */
static uint64_t arithmetic(unsigned op, uint64_t a, uint64_t b)
{
    switch (op) {
    case WASM_OP_i32_add:
        return (uint32_t)(a + b);
    case WASM_OP_i32_sub:
        return (uint32_t)(a - b);
    case WASM_OP_i32_mul:
        return (uint32_t)(a * b);
    case WASM_OP_i64_add:
        return a + b;
    case WASM_OP_i64_sub:
        return a - b;
    default:
        assert(op == WASM_OP_i64_mul);
        return a * b;
    }
}

union wasm_value constexpr_eval(const struct wasm_instance *i, const struct wasm_expr *e)
{
    uint64_t stack[WASM_CONST_DEPTH_MAX]; /* low halves: arithmetic is on integers only */
    union wasm_value top = {.v128 = {0, 0}};
    uint32_t height = 0;
    struct wasm_reader r = wasm_reader_init(i->module->bytes, e->code.at, e->code.len);
    struct wasm_insn insn;

    for (;;) {
        int err = wasm_read_insn(&r, &insn);
        assert(!err); /* validated */
        if (insn.op == WASM_OP_end)
            break;
        top = (union wasm_value){.v128 = {0, 0}};
        switch (insn.op) {
        case WASM_OP_global_get:
            top = *instance_global(i, insn.a);
            break;
        case WASM_OP_ref_func:
            top.ref = i->ctx->first_funcref + insn.a;
            break;
        case WASM_OP_ref_null:
            break;
        case WASM_OP_v128_const:
            memcpy(top.v128, insn.bytes, sizeof top.v128);
            break;
        case WASM_OP_i32_const:
        case WASM_OP_i64_const:
        case WASM_OP_f32_const:
        case WASM_OP_f64_const:
            top.i64 = insn.value;
            break;
        default:
            assert(height >= 2);
            height -= 2;
            top.i64 = arithmetic(insn.op, stack[height], stack[height + 1]);
            break;
        }
        assert(height < WASM_CONST_DEPTH_MAX);
        stack[height++] = top.i64;
    }
    assert(height == 1);
    return top;
}
