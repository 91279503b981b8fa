/* Rules for conversions and for floats, as far as they are questions of bits: no floating-point
 * arithmetic is done at compile time. */
#include "wasm/jit/build.h"

static bool is_op(const struct builder *b, ir_ref_t r, unsigned op)
{
    return fold__at(b, r)->op == op;
}

static ir_ref_t wrap(struct builder *b, ir_ref_t x)
{
    const struct ir_node *n = fold__at(b, x);
    uint64_t k;

    if (fold__const(b, x, &k))
        return build__const(b, IR_I32, (uint32_t)k);
    if (n->op == WASM_OP_i64_extend_i32_u || n->op == WASM_OP_i64_extend_i32_s)
        return n->a;
    if (n->op == WASM_OP_i64_extend32_s ||
        (n->op == WASM_OP_i64_and && fold__const(b, n->b, &k) && (uint32_t)k == UINT32_MAX))
        x = n->a;
    return fold__emit(b, WASM_OP_i32_wrap_i64, x, 0);
}

static ir_ref_t extend(struct builder *b, unsigned op, ir_ref_t x)
{
    const struct ir_node *n = fold__at(b, x);
    uint64_t k;

    if (op == WASM_OP_i64_extend_i32_s && ir_bound(b->f, x) <= INT32_MAX)
        op = WASM_OP_i64_extend_i32_u;
    if (fold__const(b, x, &k))
        return build__const(b, IR_I64,
                            op == WASM_OP_i64_extend_i32_s ? (uint64_t)(int32_t)(uint32_t)k : k);
    if (n->op == WASM_OP_i32_wrap_i64) {
        if (op == WASM_OP_i64_extend_i32_s)
            return fold__convert(b, WASM_OP_i64_extend32_s, n->a);
        if (ir_bound(b->f, n->a) <= UINT32_MAX)
            return n->a;
    }
    return fold__emit(b, op, x, 0);
}

/* Sign extension within a type, from the low `bits`. */
static const struct in_place {
    uint16_t op;
    uint8_t bits, wide;
} in_place[] = {
    {WASM_OP_i32_extend8_s, 8, 0},   {WASM_OP_i32_extend16_s, 16, 0}, {WASM_OP_i64_extend8_s, 8, 1},
    {WASM_OP_i64_extend16_s, 16, 1}, {WASM_OP_i64_extend32_s, 32, 1},
};

/* How many low bits determine the value by sign extension; 64: unknown. */
static unsigned signed_bits(const struct ir_node *n)
{
    switch (n->op) {
    case WASM_OP_i32_load8_s:
    case WASM_OP_i64_load8_s:
    case WASM_OP_i32_extend8_s:
    case WASM_OP_i64_extend8_s:
        return 8;
    case WASM_OP_i32_load16_s:
    case WASM_OP_i64_load16_s:
    case WASM_OP_i32_extend16_s:
    case WASM_OP_i64_extend16_s:
        return 16;
    case WASM_OP_i64_load32_s:
    case WASM_OP_i64_extend32_s:
    case WASM_OP_i64_extend_i32_s:
        return 32;
    default:
        return 64;
    }
}

static ir_ref_t extend_in_place(struct builder *b, const struct in_place *e, ir_ref_t x)
{
    const struct ir_node *n = fold__at(b, x);
    uint64_t k, low = (1ull << e->bits) - 1;

    if (fold__const(b, x, &k)) {
        k = (k & low) | (k >> (e->bits - 1) & 1 ? ~low : 0);
        return build__const(b, e->wide ? IR_I64 : IR_I32, e->wide ? k : (uint32_t)k);
    }
    if (signed_bits(n) <= e->bits || ir_bound(b->f, x) <= low >> 1)
        return x;
    if (n->op == (e->wide ? WASM_OP_i64_and : WASM_OP_i32_and) && fold__const(b, n->b, &k) &&
        (k & low) == low)
        x = n->a;
    if (e->bits == 32 && is_op(b, x, WASM_OP_i64_extend_i32_u))
        return extend(b, WASM_OP_i64_extend_i32_s, fold__at(b, x)->a);
    return fold__emit(b, e->op, x, 0);
}

/* The same bits as another type. */
static ir_ref_t reinterpret(struct builder *b, unsigned op, unsigned back, enum ir_type type,
                            ir_ref_t x)
{
    uint64_t k;

    if (fold__const(b, x, &k))
        return build__const(b, type, k);
    if (is_op(b, x, back))
        return fold__at(b, x)->a;
    return fold__emit(b, op, x, 0);
}

ir_ref_t fold__convert(struct builder *b, unsigned op, ir_ref_t x)
{
    if (build__has(b, JIT_NO_FOLD_CONVERT))
        return fold__emit(b, op, x, 0);
    switch (op) {
    case WASM_OP_i32_wrap_i64:
        return wrap(b, x);
    case WASM_OP_i64_extend_i32_s:
    case WASM_OP_i64_extend_i32_u:
        return extend(b, op, x);
    case WASM_OP_i32_reinterpret_f32:
        return reinterpret(b, op, WASM_OP_f32_reinterpret_i32, IR_I32, x);
    case WASM_OP_f32_reinterpret_i32:
        return reinterpret(b, op, WASM_OP_i32_reinterpret_f32, IR_F32, x);
    case WASM_OP_i64_reinterpret_f64:
        return reinterpret(b, op, WASM_OP_f64_reinterpret_i64, IR_I64, x);
    case WASM_OP_f64_reinterpret_i64:
        return reinterpret(b, op, WASM_OP_i64_reinterpret_f64, IR_F64, x);
    default:
        break;
    }
    for (size_t i = 0; i < ARRAY_LEN(in_place); i++)
        if (in_place[i].op == op)
            return extend_in_place(b, &in_place[i], x);
    return fold__emit(b, op, x, 0);
}

/* ---- floats ---- */

static uint64_t sign_bit(bool wide)
{
    return wide ? 1ull << 63 : 1ull << 31;
}

static ir_ref_t fold_abs_neg(struct builder *b, bool wide, unsigned op, ir_ref_t x)
{
    unsigned abs = wide ? WASM_OP_f64_abs : WASM_OP_f32_abs;
    unsigned neg = wide ? WASM_OP_f64_neg : WASM_OP_f32_neg;
    uint64_t k;

    if (fold__const(b, x, &k))
        return build__const(b, wide ? IR_F64 : IR_F32,
                            op == abs ? k & ~sign_bit(wide) : k ^ sign_bit(wide));
    if (op == abs && is_op(b, x, abs))
        return x;
    if (is_op(b, x, neg)) {
        if (op == neg)
            return fold__at(b, x)->a;
        x = fold__at(b, x)->a;
    }
    return fold__emit(b, op, x, 0);
}

static ir_ref_t fold_copysign(struct builder *b, bool wide, ir_ref_t x, ir_ref_t y)
{
    unsigned abs = wide ? WASM_OP_f64_abs : WASM_OP_f32_abs;
    unsigned neg = wide ? WASM_OP_f64_neg : WASM_OP_f32_neg;
    uint64_t k;

    if (x == y)
        return x;
    if (fold__const(b, y, &k)) {
        x = fold_abs_neg(b, wide, abs, x);
        return k & sign_bit(wide) ? fold_abs_neg(b, wide, neg, x) : x;
    }
    if (is_op(b, x, abs) || is_op(b, x, neg)) /* the sign is replaced anyway */
        x = fold__at(b, x)->a;
    return fold__emit(b, wide ? WASM_OP_f64_copysign : WASM_OP_f32_copysign, x, y);
}

/* The comparison with its operands exchanged, or 0. */
static unsigned swapped_compare(unsigned op)
{
    static const uint16_t pairs[][2] = {
        {WASM_OP_f32_lt, WASM_OP_f32_gt},
        {WASM_OP_f32_le, WASM_OP_f32_ge},
        {WASM_OP_f64_lt, WASM_OP_f64_gt},
        {WASM_OP_f64_le, WASM_OP_f64_ge},
    };

    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        if (pairs[i][0] == op)
            return pairs[i][1];
        if (pairs[i][1] == op)
            return pairs[i][0];
    }
    return 0;
}

/* Constants go last, as everywhere. */
static ir_ref_t fold_order(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y)
{
    uint64_t k;
    unsigned other = wasm_op_info(op)->flags & WASM_OPF_COMMUTATIVE ? op : swapped_compare(op);

    if (other && fold__const(b, x, &k) && !fold__const(b, y, &k))
        return fold__emit(b, other, y, x);
    return fold__emit(b, op, x, y);
}

ir_ref_t fold__float(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y)
{
    if (build__has(b, JIT_NO_FOLD_FLOAT))
        return fold__emit(b, op, x, y);
    switch (op) {
    case WASM_OP_f32_abs:
    case WASM_OP_f32_neg:
        return fold_abs_neg(b, false, op, x);
    case WASM_OP_f64_abs:
    case WASM_OP_f64_neg:
        return fold_abs_neg(b, true, op, x);
    case WASM_OP_f32_copysign:
        return fold_copysign(b, false, x, y);
    case WASM_OP_f64_copysign:
        return fold_copysign(b, true, x, y);
    default:
        return fold_order(b, op, x, y);
    }
}
