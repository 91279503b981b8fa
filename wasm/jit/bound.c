/* How large a value can be, from what made it. */
#include "wasm/jit/ir.h"

/* Phis and selects that a value may come by and still have a bound, and arguments of all of them.
 */
#define ORIGINS   16u
#define ARGUMENTS 1024u

/* What the node says by itself, its operands taken for unknown. */
static uint64_t bound_of_type(const struct ir_node *n)
{
    switch (n->op) {
    case IR_CONST:
        return ir_const_bits(n);
    case WASM_OP_i32_load8_u:
    case WASM_OP_i64_load8_u:
        return 0xff;
    case WASM_OP_i32_load16_u:
    case WASM_OP_i64_load16_u:
        return 0xffff;
    case WASM_OP_i64_load32_u:
    case WASM_OP_i64_extend_i32_u:
        return UINT32_MAX;
    case WASM_OP_v128_any_true:
    case WASM_OP_i8x16_all_true:
    case WASM_OP_i16x8_all_true:
    case WASM_OP_i32x4_all_true:
    case WASM_OP_i64x2_all_true:
        return 1;
    default:
        break;
    }
    if (ir_counts_bits(n->op))
        return 64;
    if (n->op >= WASM_OP_i32_eqz && n->op <= WASM_OP_f64_ge)
        return 1;
    return n->type == IR_I32 ? UINT32_MAX : UINT64_MAX; /* IR_NOP has no type */
}

/* From the bounds of its operands. */
static uint64_t bound_of_op(const struct ir_func *f, const struct ir_node *n, uint64_t x,
                            uint64_t y)
{
    uint64_t all = n->type == IR_I64 ? UINT64_MAX : UINT32_MAX;
    unsigned mask = n->type == IR_I64 ? 63 : 31;
    bool constant = n->b && ir_at(f, n->b)->op == IR_CONST;
    uint64_t k = constant ? ir_const_bits(ir_at(f, n->b)) : 0;

    switch (n->op) {
    case WASM_OP_i32_and:
    case WASM_OP_i64_and:
        return x < y ? x : y;
    case WASM_OP_i32_shr_u:
    case WASM_OP_i64_shr_u:
        return constant ? x >> (k & mask) : x;
    case WASM_OP_i32_shl:
    case WASM_OP_i64_shl:
        return constant && x <= all >> (k & mask) ? x << (k & mask) : all;
    case WASM_OP_i32_add:
    case WASM_OP_i64_add:
        return x <= all - y ? x + y : all;
    case WASM_OP_i32_rem_u:
    case WASM_OP_i64_rem_u:
        return constant && k ? k - 1 : x;
    case WASM_OP_i64_extend_i32_u:
        return x;
    case WASM_OP_select:
        return x > y ? x : y;
    default:
        return all;
    }
}

static bool bound_looks_deeper(unsigned op)
{
    switch (op) {
    case WASM_OP_i32_and:
    case WASM_OP_i64_and:
    case WASM_OP_i32_shr_u:
    case WASM_OP_i64_shr_u:
    case WASM_OP_i32_shl:
    case WASM_OP_i64_shl:
    case WASM_OP_i32_add:
    case WASM_OP_i64_add:
    case WASM_OP_i32_rem_u:
    case WASM_OP_i64_rem_u:
    case WASM_OP_i64_extend_i32_u:
    case WASM_OP_select:
        return true;
    default:
        return false;
    }
}

static uint64_t bound_shallow(const struct ir_func *f, ir_ref_t r)
{
    const struct ir_node *n = ir_at(f, r);

    if (!bound_looks_deeper(n->op))
        return bound_of_type(n);
    return bound_of_op(f, n, bound_of_type(ir_at(f, n->a)), bound_of_type(ir_at(f, n->b)));
}

uint64_t ir_bound(const struct ir_func *f, ir_ref_t r)
{
    const struct ir_node *n = ir_at(f, r);

    if (!bound_looks_deeper(n->op))
        return bound_of_type(n);
    return bound_of_op(f, n, bound_shallow(f, n->a), bound_shallow(f, n->b));
}

/* Phis and selects that a value comes by, each once. */
struct origins {
    ir_ref_t nodes[ORIGINS];
    unsigned n;
};

/* Notes where else a value that r may be comes from; the bound of what comes from nowhere else. */
static uint64_t bound_or_origin(const struct ir_func *f, struct origins *o, ir_ref_t r)
{
    while (ir_at(f, r)->op == IR_NOP) /* replaced (clean.c) */
        r = ir_at(f, r)->a;
    const struct ir_node *n = ir_at(f, r);

    if (n->op != IR_PHI && n->op != WASM_OP_select)
        return ir_bound(f, r);
    for (unsigned i = 0; i < o->n; i++)
        if (o->nodes[i] == r)
            return 0;
    if (o->n == ORIGINS)
        return bound_of_type(n);
    o->nodes[o->n++] = r;
    return 0;
}

uint64_t ir_bound_through(const struct ir_func *f, ir_ref_t r, uint64_t enough)
{
    struct origins o = {.n = 0};
    uint64_t most = bound_or_origin(f, &o, r);
    uint32_t left = ARGUMENTS;

    for (unsigned i = 0; i < o.n && most <= enough; i++) {
        const struct ir_node *n = ir_at(f, o.nodes[i]);
        const ir_ref_t *from = n->op == IR_PHI ? f->pool + n->b : (ir_ref_t[]){n->a, n->b};
        uint32_t count = n->op == IR_PHI ? n->c : 2;
        if (count > left)
            return bound_of_type(n);
        left -= count;
        for (uint32_t k = 0; k < count && most <= enough; k++)
            most = max_u64(most, bound_or_origin(f, &o, from[k]));
    }
    return most;
}
