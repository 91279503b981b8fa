/* Rules for integer comparisons, the same for 32 and 64 bits: ops are named by their i32 member. */
#include "wasm/jit/build.h"

enum {
    EQZ = WASM_OP_i32_eqz,
    EQ = WASM_OP_i32_eq,
    NE = WASM_OP_i32_ne,
    LT_S = WASM_OP_i32_lt_s,
    LT_U = WASM_OP_i32_lt_u,
    GT_S = WASM_OP_i32_gt_s,
    GT_U = WASM_OP_i32_gt_u,
    LE_S = WASM_OP_i32_le_s,
    LE_U = WASM_OP_i32_le_u,
    GE_S = WASM_OP_i32_ge_s,
    GE_U = WASM_OP_i32_ge_u,
};

/* The same with the operands exchanged; the opposite. Indexed by op - EQ. */
static const uint16_t swapped[] = {EQ, NE, GT_S, GT_U, LT_S, LT_U, GE_S, GE_U, LE_S, LE_U};
static const uint16_t opposite[] = {NE, EQ, GE_S, GE_U, LE_S, LE_U, GT_S, GT_U, LT_S, LT_U};

static bool is_signed(unsigned op)
{
    return op == LT_S || op == GT_S || op == LE_S || op == GE_S;
}

static bool eval(unsigned op, bool wide, uint64_t x, uint64_t y)
{
    int64_t sx = wide ? (int64_t)x : (int32_t)(uint32_t)x;
    int64_t sy = wide ? (int64_t)y : (int32_t)(uint32_t)y;

    switch (op) {
    case EQZ:
        return x == 0;
    case EQ:
        return x == y;
    case NE:
        return x != y;
    case LT_S:
        return sx < sy;
    case LT_U:
        return x < y;
    case GT_S:
        return sx > sy;
    case GT_U:
        return x > y;
    case LE_S:
        return sx <= sy;
    case LE_U:
        return x <= y;
    case GE_S:
        return sx >= sy;
    default:
        return x >= y;
    }
}

static ir_ref_t emit(struct builder *b, unsigned op, bool wide, ir_ref_t x, ir_ref_t y)
{
    return fold__emit(b, wide ? op - EQZ + WASM_OP_i64_eqz : op, x, y);
}

static ir_ref_t truth(struct builder *b, bool v)
{
    return build__const(b, IR_I32, v);
}

static ir_ref_t with_constant(struct builder *b, unsigned op, bool wide, ir_ref_t x, uint64_t k)
{
    enum ir_type type = (enum ir_type)fold__at(b, x)->type;

    return fold__int_compare(b, op, wide, x, build__const(b, type, wide ? k : (uint32_t)k));
}

/* x == 0 */
static ir_ref_t fold_eqz(struct builder *b, bool wide, ir_ref_t x)
{
    const struct ir_node *n = fold__at(b, x);
    uint64_t k;

    if (fold__const(b, x, &k))
        return truth(b, k == 0);
    if (n->op == WASM_OP_i64_extend_i32_u || n->op == WASM_OP_i64_extend_i32_s)
        return fold__int_compare(b, EQZ, false, n->a, 0);
    if (!wide && n->op >= WASM_OP_i32_eq && n->op <= WASM_OP_i32_ge_u)
        return fold__int_compare(b, opposite[n->op - WASM_OP_i32_eq], false, n->a, n->b);
    if (!wide && n->op >= WASM_OP_i64_eq && n->op <= WASM_OP_i64_ge_u)
        return fold__int_compare(b, opposite[n->op - WASM_OP_i64_eq], true, n->a, n->b);
    if (!wide && (n->op == WASM_OP_f32_eq || n->op == WASM_OP_f64_eq))
        return fold__float(b, n->op + 1u, n->a, n->b); /* ne: exact opposites, NaN included */
    if (!wide && (n->op == WASM_OP_f32_ne || n->op == WASM_OP_f64_ne))
        return fold__float(b, n->op - 1u, n->a, n->b);
    if (!wide && (n->op == WASM_OP_i32_eqz || n->op == WASM_OP_i64_eqz) &&
        (n->op == WASM_OP_i64_eqz || fold__is_bool(b, n->a)))
        return n->op == WASM_OP_i64_eqz ? with_constant(b, NE, true, n->a, 0) : n->a;
    if (!wide && n->op == WASM_OP_i32_eqz)
        return with_constant(b, NE, false, n->a, 0);
    return emit(b, EQZ, wide, x, 0);
}

/* Comparisons at the ends of the range, and those that say "zero" in another way. 0: none. */
static ir_ref_t fold_ends(struct builder *b, unsigned op, bool wide, ir_ref_t x, uint64_t k)
{
    uint64_t all = wide ? UINT64_MAX : UINT32_MAX;

    if (k == 0) {
        if (op == LT_U || op == GE_U)
            return truth(b, op == GE_U);
        if (op == GT_U)
            return with_constant(b, NE, wide, x, 0);
        if (op == LE_U || op == EQ)
            return fold_eqz(b, wide, x);
        if (op == NE && !wide && fold__at(b, x)->type == IR_I32 && fold__is_bool(b, x))
            return x;
    }
    if (k == 1 && op == LT_U)
        return fold_eqz(b, wide, x);
    if (k == 1 && op == GE_U)
        return with_constant(b, NE, wide, x, 0);
    if (k == 1 && (op == LT_S || op == GE_S))
        return with_constant(b, op == LT_S ? LE_S : GT_S, wide, x, 0);
    if (k == all && (op == GT_S || op == LE_S))
        return with_constant(b, op == GT_S ? GE_S : LT_S, wide, x, 0);
    if (k == all && (op == GT_U || op == LE_U))
        return truth(b, op == LE_U);
    return 0;
}

/* x and k are both extensions of 32-bit values: compare those. 0: they are not. */
static ir_ref_t fold_extended_k(struct builder *b, unsigned op, ir_ref_t x, uint64_t k)
{
    const struct ir_node *n = fold__at(b, x);
    bool fits_u = k <= UINT32_MAX, fits_s = (uint64_t)(int64_t)(int32_t)(uint32_t)k == k;

    if (n->op == WASM_OP_i64_extend_i32_u && fits_u && !is_signed(op))
        return with_constant(b, op, false, n->a, k);
    if (n->op == WASM_OP_i64_extend_i32_s && fits_s && (is_signed(op) || op == EQ || op == NE))
        return with_constant(b, op, false, n->a, k);
    return 0;
}

static ir_ref_t fold_equal_k(struct builder *b, unsigned op, bool wide, ir_ref_t x, uint64_t k)
{
    const struct ir_node *n = fold__at(b, x);

    if (k == 1 && !wide && n->type == IR_I32 && fold__is_bool(b, x))
        return op == EQ ? x : fold_eqz(b, false, x);
    return 0;
}

static ir_ref_t fold_with_k(struct builder *b, unsigned op, bool wide, ir_ref_t x, uint64_t k)
{
    enum ir_type type = (enum ir_type)fold__at(b, x)->type;
    ir_ref_t r;

    r = fold_ends(b, op, wide, x, k);
    if (!r && wide)
        r = fold_extended_k(b, op, x, k);
    if (!r && (op == EQ || op == NE))
        r = fold_equal_k(b, op, wide, x, k);
    return r ? r : emit(b, op, wide, x, build__const(b, type, k));
}

static ir_ref_t fold_extended(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y)
{
    const struct ir_node *nx = fold__at(b, x), *ny = fold__at(b, y);

    if (nx->op != ny->op)
        return 0;
    if (nx->op == WASM_OP_i64_extend_i32_u && !is_signed(op))
        return fold__int_compare(b, op, false, nx->a, ny->a);
    if (nx->op == WASM_OP_i64_extend_i32_s && (is_signed(op) || op == EQ || op == NE))
        return fold__int_compare(b, op, false, nx->a, ny->a);
    return 0;
}

ir_ref_t fold__int_compare(struct builder *b, unsigned op, bool wide, ir_ref_t x, ir_ref_t y)
{
    uint64_t kx, ky;
    bool cx, cy;
    ir_ref_t r = 0;

    if (build__has(b, JIT_NO_FOLD_COMPARE))
        return emit(b, op, wide, x, y);
    if (op == EQZ)
        return fold_eqz(b, wide, x);
    cx = fold__const(b, x, &kx);
    cy = fold__const(b, y, &ky);
    if (cx && cy)
        return truth(b, eval(op, wide, kx, ky));
    if (x == y)
        return truth(b, op == EQ || op >= LE_S);
    if (cx)
        return fold__int_compare(b, swapped[op - EQ], wide, y, x);
    if (cy)
        r = fold_with_k(b, op, wide, x, ky);
    else if (wide)
        r = fold_extended(b, op, x, y);
    if (r)
        return r;
    if ((op == EQ || op == NE) && !cy && x > y)
        return emit(b, op, wide, y, x);
    return emit(b, op, wide, x, y);
}
