#include "wasm/jit/ir.h"

enum {
    NONE = IR_OPERANDS_NONE,
    A = IR_OPERANDS_A,
    AB = IR_OPERANDS_AB,
    LIST = IR_OPERANDS_LIST,
    P = IR_FLAG_PURE,
    E = IR_FLAG_EFFECT,
    B = IR_FLAG_END,
};

const struct ir_op_info ir_ops[IR_OP_COUNT - WASM_OP_COUNT] = {
#define IR(id, text, op_operands, immediate, op_flags)                                             \
    [IR_##id - WASM_OP_COUNT] = {                                                                  \
        .name = text,                                                                              \
        .operands = op_operands,                                                                   \
        .imm = IR_IMM_##immediate,                                                                 \
        .flags = op_flags,                                                                         \
    },
#include "wasm/jit/ir.def"
#undef IR
};

const char *ir_op_name(unsigned op)
{
    assert(op < IR_OP_COUNT);
    return op < WASM_OP_COUNT ? wasm_ops[op].name : ir_ops[op - WASM_OP_COUNT].name;
}

uint32_t ir_operands(const struct ir_func *f, ir_ref_t r, const ir_ref_t **out, ir_ref_t scratch[3])
{
    const struct ir_node *n = ir_at(f, r);
    unsigned traits = ir_traits[n->op];

    if (traits & IR_TRAIT_LIST) {
        *out = f->pool + n->b;
        return n->c;
    }
    scratch[0] = n->a;
    scratch[1] = n->b;
    scratch[2] = n->c;
    *out = scratch;
    return traits & IR_TRAIT_COUNT;
}

/* Division by a constant cannot trap, save by 0 and INT_MIN / -1. */
bool ir_division_traps(const struct ir_func *f, const struct ir_node *n)
{
    const struct ir_node *d = ir_at(f, n->b);

    if (d->op != IR_CONST || ir_const_bits(d) == 0)
        return true;
    if (n->op == WASM_OP_i32_div_s)
        return d->a == UINT32_MAX;
    return n->op == WASM_OP_i64_div_s && ir_const_bits(d) == UINT64_MAX;
}

static uint32_t body_offset(const struct wasm_module *m, uint32_t func)
{
    return (uint32_t)(m->funcs[func].body.at - m->bytes);
}

struct ir_place ir_place(const struct wasm_module *m, uint32_t func,
                         const struct ir_inline *inlines, uint32_t ninlines, uint32_t place)
{
    uint32_t lo = 0, hi = ninlines;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (inlines[mid].place <= place)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (!lo)
        return (struct ir_place){.func = func, .offset = place};
    const struct ir_inline *in = &inlines[lo - 1];
    return (struct ir_place){
        .func = in->func, .offset = place - in->place + body_offset(m, in->func), .call = in->call};
}
