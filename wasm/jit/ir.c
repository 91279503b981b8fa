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

static uint32_t operand_list(const struct ir_func *f, const struct ir_node *n, const ir_ref_t **out)
{
    *out = f->pool + n->b;
    return n->c;
}

uint32_t ir_operands(const struct ir_func *f, ir_ref_t r, const ir_ref_t **out, ir_ref_t scratch[3])
{
    const struct ir_node *n = ir_at(f, r);

    scratch[0] = n->a;
    scratch[1] = n->b;
    scratch[2] = n->c;
    *out = scratch;
    if (n->op < WASM_OP_COUNT)
        return wasm_ops[n->op].npops;
    switch (ir_ops[n->op - WASM_OP_COUNT].operands) {
    case IR_OPERANDS_A:
        return 1;
    case IR_OPERANDS_AB:
        return 2;
    case IR_OPERANDS_LIST:
        return operand_list(f, n, out);
    default:
        return 0;
    }
}

/* Division by a constant cannot trap, save INT_MIN / -1. */
static bool division_traps(const struct ir_func *f, const struct ir_node *n)
{
    const struct ir_node *d = ir_at(f, n->b);

    switch (n->op) {
    case WASM_OP_i32_div_u:
    case WASM_OP_i64_div_u:
    case WASM_OP_i32_rem_u:
    case WASM_OP_i64_rem_u:
    case WASM_OP_i32_rem_s:
    case WASM_OP_i64_rem_s:
        return d->op != IR_CONST || ir_const_bits(d) == 0;
    case WASM_OP_i32_div_s:
        return d->op != IR_CONST || d->a + 1 <= 1;
    case WASM_OP_i64_div_s:
        return d->op != IR_CONST || ir_const_bits(d) + 1 <= 1;
    default:
        return true;
    }
}

bool ir_is_pinned(const struct ir_func *f, ir_ref_t r)
{
    const struct ir_node *n = ir_at(f, r);

    if (n->op >= WASM_OP_COUNT)
        return (ir_ops[n->op - WASM_OP_COUNT].flags & IR_FLAG_EFFECT) != 0;
    if (wasm_ops[n->op].flags & WASM_OPF_WRITE)
        return true;
    return (wasm_ops[n->op].flags & WASM_OPF_TRAP) && division_traps(f, n);
}
