/* An instruction and its operands to the simplest node with the same value. Each rule looks at most
 * two nodes deep, so folding is linear; what it makes goes through the same rules and the value
 * table again. */
#include "wasm/jit/build.h"

static enum ir_type result_type(unsigned op)
{
    if (op >= WASM_OP_COUNT) /* i64.mulh_s, i64.mulh_u */
        return IR_I64;
    switch (wasm_op_info(op)->pushes) {
    case 'i':
        return IR_I32;
    case 'I':
        return IR_I64;
    case 'f':
        return IR_F32;
    default:
        return IR_F64;
    }
}

/* Instructions that read nothing but their operands. Those that may trap are numbered as well:
 * where an equal one dominates, it has not trapped. */
ir_ref_t fold__emit(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y)
{
    return build__pure(
        b, (struct ir_node){.op = (uint16_t)op, .type = (uint8_t)result_type(op), .a = x, .b = y});
}

_Static_assert(WASM_OP_i64_rotr - WASM_OP_i64_add == WASM_OP_i32_rotr - WASM_OP_i32_add,
               "i32 and i64 arithmetic stand in the same order");
_Static_assert(WASM_OP_i64_ge_u - WASM_OP_i64_eqz == WASM_OP_i32_ge_u - WASM_OP_i32_eqz,
               "i32 and i64 comparisons stand in the same order");
_Static_assert(WASM_OP_i64_popcnt - WASM_OP_i64_clz == WASM_OP_i32_popcnt - WASM_OP_i32_clz,
               "i32 and i64 bit counts stand in the same order");

static ir_ref_t bit_count(struct builder *b, unsigned op, ir_ref_t x)
{
    uint64_t v;

    if (!fold__const(b, x, &v))
        return fold__emit(b, op, x, 0);
    switch (op) {
    case WASM_OP_i32_clz:
        return build__const(b, IR_I32, v ? (uint64_t)__builtin_clz((uint32_t)v) : 32);
    case WASM_OP_i32_ctz:
        return build__const(b, IR_I32, v ? (uint64_t)__builtin_ctz((uint32_t)v) : 32);
    case WASM_OP_i64_clz:
        return build__const(b, IR_I64, v ? (uint64_t)__builtin_clzll(v) : 64);
    case WASM_OP_i64_ctz:
        return build__const(b, IR_I64, v ? (uint64_t)__builtin_ctzll(v) : 64);
    default:
        return build__const(b, op == WASM_OP_i32_popcnt ? IR_I32 : IR_I64,
                            (uint64_t)__builtin_popcountll(v));
    }
}

ir_ref_t fold__op(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y, ir_ref_t z)
{
    if (op >= WASM_OP_i32_add && op <= WASM_OP_i32_rotr)
        return fold__int(b, op, false, x, y);
    if (op >= WASM_OP_i64_add && op <= WASM_OP_i64_rotr)
        return fold__int(b, op - WASM_OP_i64_add + WASM_OP_i32_add, true, x, y);
    if (op >= WASM_OP_i32_eqz && op <= WASM_OP_i32_ge_u)
        return fold__int_compare(b, op, false, x, y);
    if (op >= WASM_OP_i64_eqz && op <= WASM_OP_i64_ge_u)
        return fold__int_compare(b, op - WASM_OP_i64_eqz + WASM_OP_i32_eqz, true, x, y);
    switch (op) {
    case WASM_OP_select:
    case WASM_OP_select_t:
        return fold__select(b, x, y, z);
    case WASM_OP_ref_is_null:
        return fold__int_compare(b, WASM_OP_i32_eqz, false, x, 0);
    default:
        break;
    }
    if (ir_counts_bits(op))
        return bit_count(b, op, x);
    if (op >= WASM_OP_i32_wrap_i64 && op <= WASM_OP_i64_extend32_s)
        return fold__convert(b, op, x);
    return fold__float(b, op, x, y);
}

/* ---- conditions ---- */

bool fold__is_bool(const struct builder *b, ir_ref_t r)
{
    const struct ir_node *n = fold__at(b, r);

    if (n->op >= WASM_OP_i32_eqz && n->op <= WASM_OP_f64_ge)
        return true;
    return n->type == IR_I32 && ir_bound(b->f, r) <= 1;
}

ir_ref_t fold__condition(struct builder *b, ir_ref_t cond, bool *invert)
{
    uint64_t v;

    while (!build__has(b, JIT_NO_FOLD_CONDITION)) {
        const struct ir_node *n = fold__at(b, cond);
        if (n->op == WASM_OP_i32_eqz)
            *invert = !*invert;
        else if (n->op != WASM_OP_i32_ne || !fold__const(b, n->b, &v) || v != 0)
            break;
        cond = n->a;
    }
    return cond;
}

ir_ref_t fold__own_condition(struct builder *b, ir_ref_t cond)
{
    const struct ir_node n = *fold__at(b, cond);

    if (n.op < WASM_OP_i32_eqz || n.op > WASM_OP_i64_ge_u)
        return cond;
    if (b->condition == cond && cond >= b->f->blocks[b->cur].first &&
        !build__has(b, JIT_NO_FOLD_CONDITION))
        return build__append(b, n);
    b->condition = cond;
    return cond;
}

ir_ref_t fold__select(struct builder *b, ir_ref_t x, ir_ref_t y, ir_ref_t cond)
{
    const struct ir_node *nx = fold__at(b, x);
    bool invert = false, fold = !build__has(b, JIT_NO_FOLD_SELECT);
    uint64_t v, w;

    cond = fold__condition(b, cond, &invert);
    if (fold__const(b, cond, &v) && fold)
        return (v != 0) != invert ? x : y;
    if (x == y && fold)
        return x;
    if (fold && nx->type == IR_I32 && fold__const(b, x, &v) && fold__const(b, y, &w) &&
        v + w == 1) {
        unsigned op = (v == 1) != invert ? WASM_OP_i32_ne : WASM_OP_i32_eq;
        return fold__int_compare(b, op, false, cond, build__const(b, fold__at(b, cond)->type, 0));
    }
    return build__pure(b, (struct ir_node){.op = WASM_OP_select,
                                           .type = nx->type,
                                           .a = invert ? y : x,
                                           .b = invert ? x : y,
                                           .c = fold__own_condition(b, cond)});
}

/* ---- addresses ---- */

void fold__address(struct builder *b, ir_ref_t *addr, uint32_t *offset)
{
    const struct ir_node *n = fold__at(b, *addr);
    uint64_t k;

    if (n->type != IR_I32 || build__has(b, JIT_NO_FOLD_ADDRESS))
        return;
    if (n->op == WASM_OP_i32_add && fold__const(b, n->b, &k) && k + *offset <= UINT32_MAX &&
        ir_bound(b->f, n->a) + k <= UINT32_MAX) {
        *addr = n->a;
        *offset += (uint32_t)k;
    }
    if (fold__const(b, *addr, &k) && k && k + *offset <= UINT32_MAX) {
        *addr = build__const(b, IR_I32, 0);
        *offset += (uint32_t)k;
    }
}

/* ---- stores ---- */

static unsigned stored_bits(unsigned op)
{
    switch (op) {
    case WASM_OP_i32_store8:
    case WASM_OP_i64_store8:
        return 8;
    case WASM_OP_i32_store16:
    case WASM_OP_i64_store16:
        return 16;
    case WASM_OP_i64_store32:
        return 32;
    default:
        return 64;
    }
}

/* Does the node only change bits from `bits` upwards of its operand a? */
static bool keeps_low_bits(const struct builder *b, const struct ir_node *n, unsigned bits)
{
    uint64_t k, low = (1ull << bits) - 1;

    switch (n->op) {
    case WASM_OP_i32_and:
    case WASM_OP_i64_and:
        return fold__const(b, n->b, &k) && (k & low) == low;
    case WASM_OP_i32_extend8_s:
    case WASM_OP_i64_extend8_s:
        return bits <= 8;
    case WASM_OP_i32_extend16_s:
    case WASM_OP_i64_extend16_s:
        return bits <= 16;
    case WASM_OP_i64_extend32_s:
        return true;
    default:
        return false;
    }
}

ir_ref_t fold__stored(struct builder *b, uint16_t *op, ir_ref_t value)
{
    static const struct {
        uint16_t wide, narrow;
    } narrower[] = {{WASM_OP_i64_store8, WASM_OP_i32_store8},
                    {WASM_OP_i64_store16, WASM_OP_i32_store16},
                    {WASM_OP_i64_store32, WASM_OP_i32_store}};
    unsigned bits = stored_bits(*op);
    const struct ir_node *n = fold__at(b, value);

    if (bits == 64 || build__has(b, JIT_NO_FOLD_STORE))
        return value;
    if (keeps_low_bits(b, n, bits)) {
        value = n->a;
        n = fold__at(b, value);
    }
    if (n->op != WASM_OP_i64_extend_i32_u && n->op != WASM_OP_i64_extend_i32_s)
        return value;
    for (size_t i = 0; i < ARRAY_LEN(narrower); i++)
        if (*op == narrower[i].wide) {
            *op = narrower[i].narrow;
            return n->a;
        }
    return value;
}
