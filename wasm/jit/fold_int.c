/* Rules for integer arithmetic, the same for 32 and 64 bits: ops are named by their i32 member.
 *
 * What compilers before this one have left apart on purpose stays apart: (x + 1) + 2 is not made x
 * + 3, nor x + 1 == n made x == n - 1, because then x would have to live on beside x + 1. */
#include "wasm/jit/build.h"

/* One operation being folded. */
struct fold {
    struct builder *b;
    unsigned op; /* i32 member of the pair */
    bool wide;
    ir_ref_t x, y;
    bool cx, cy; /* constants: their values in kx, ky */
    uint64_t kx, ky;
};

static enum ir_type type_of(bool wide)
{
    return wide ? IR_I64 : IR_I32;
}

static uint64_t ones(bool wide)
{
    return wide ? UINT64_MAX : UINT32_MAX;
}

static unsigned bits_of(bool wide)
{
    return wide ? 64 : 32;
}

static unsigned real_op(unsigned op32, bool wide)
{
    if (!wide)
        return op32;
    return op32 >= WASM_OP_i32_add ? op32 - WASM_OP_i32_add + WASM_OP_i64_add
                                   : op32 - WASM_OP_i32_eqz + WASM_OP_i64_eqz;
}

static ir_ref_t constant(struct builder *b, bool wide, uint64_t v)
{
    return build__const(b, type_of(wide), v & ones(wide));
}

static ir_ref_t again(const struct fold *f, unsigned op32, ir_ref_t x, ir_ref_t y)
{
    return fold__int(f->b, op32, f->wide, x, y);
}

static ir_ref_t again_k(const struct fold *f, unsigned op32, ir_ref_t x, uint64_t k)
{
    return fold__int(f->b, op32, f->wide, x, constant(f->b, f->wide, k));
}

/* Sign-extended to 64 bits. */
static int64_t as_signed(uint64_t v, bool wide)
{
    return wide ? (int64_t)v : (int32_t)(uint32_t)v;
}

/* Is x `op` something with a constant, and which? */
static bool is_op_k(const struct fold *f, ir_ref_t r, unsigned op32, uint64_t *k)
{
    const struct ir_node *n = fold__at(f->b, r);

    return n->op == real_op(op32, f->wide) && fold__const(f->b, n->b, k);
}

/* ---- constants ---- */

static uint64_t rotate_left(uint64_t x, uint64_t k, bool wide)
{
    unsigned bits = bits_of(wide), n = (unsigned)(k & (bits - 1));

    return n ? (x << n | (x & ones(wide)) >> (bits - n)) & ones(wide) : x;
}

static bool eval_divide(unsigned op32, bool wide, uint64_t x, uint64_t y, uint64_t *out)
{
    int64_t sx = as_signed(x, wide), sy = as_signed(y, wide);

    if (y == 0)
        return false;
    if (op32 == WASM_OP_i32_div_u)
        *out = x / y;
    else if (op32 == WASM_OP_i32_rem_u)
        *out = x % y;
    else if (op32 == WASM_OP_i32_rem_s)
        *out = sy == -1 ? 0 : (uint64_t)(sx % sy);
    else if (sy == -1 && x == 1ull << (bits_of(wide) - 1))
        return false; /* overflow: traps */
    else
        *out = sy == -1 ? 0 - x : (uint64_t)(sx / sy);
    return true;
}

static bool eval(unsigned op32, bool wide, uint64_t x, uint64_t y, uint64_t *out)
{
    uint64_t k = y & (bits_of(wide) - 1);

    switch (op32) {
    case WASM_OP_i32_add:
        *out = x + y;
        return true;
    case WASM_OP_i32_sub:
        *out = x - y;
        return true;
    case WASM_OP_i32_mul:
        *out = x * y;
        return true;
    case WASM_OP_i32_and:
        *out = x & y;
        return true;
    case WASM_OP_i32_or:
        *out = x | y;
        return true;
    case WASM_OP_i32_xor:
        *out = x ^ y;
        return true;
    case WASM_OP_i32_shl:
        *out = x << k;
        return true;
    case WASM_OP_i32_shr_s:
        *out = (uint64_t)(as_signed(x, wide) >> k);
        return true;
    case WASM_OP_i32_shr_u:
        *out = x >> k;
        return true;
    case WASM_OP_i32_rotl:
        *out = rotate_left(x, k, wide);
        return true;
    case WASM_OP_i32_rotr:
        *out = rotate_left(x, bits_of(wide) - k, wide);
        return true;
    default:
        return eval_divide(op32, wide, x, y, out);
    }
}

/* ---- rules; each returns 0 if none applies ---- */

static ir_ref_t fold_add(const struct fold *f)
{
    uint64_t k;

    if (f->cy && f->ky == 0)
        return f->x;
    const struct ir_node *ny = fold__at(f->b, f->y);
    if (ny->op == real_op(WASM_OP_i32_sub, f->wide)) {
        if (fold__const(f->b, ny->a, &k) && k == 0) /* x + (0 - z) */
            return again(f, WASM_OP_i32_sub, f->x, ny->b);
        if (ny->b == f->x) /* x + (z - x) */
            return ny->a;
    }
    const struct ir_node *nx = fold__at(f->b, f->x);
    if (nx->op == real_op(WASM_OP_i32_sub, f->wide)) {
        if (fold__const(f->b, nx->a, &k) && k == 0) /* (0 - z) + y */
            return again(f, WASM_OP_i32_sub, f->y, nx->b);
        if (nx->b == f->y) /* (z - y) + y */
            return nx->a;
    }
    return 0;
}

static ir_ref_t fold_sub(const struct fold *f)
{
    const struct ir_node *nx = fold__at(f->b, f->x), *ny = fold__at(f->b, f->y);
    uint64_t k;

    if (f->x == f->y)
        return constant(f->b, f->wide, 0);
    if (f->cy)
        return again_k(f, WASM_OP_i32_add, f->x, 0 - f->ky);
    if (nx->op == real_op(WASM_OP_i32_add, f->wide)) { /* (x + y) - y, (y + z) - y */
        if (nx->b == f->y)
            return nx->a;
        if (nx->a == f->y)
            return nx->b;
    }
    if (is_op_k(f, f->y, WASM_OP_i32_add, &k) && ny->a == f->x) /* x - (x + k) */
        return constant(f->b, f->wide, 0 - k);
    if (ny->op == real_op(WASM_OP_i32_sub, f->wide) && fold__const(f->b, ny->a, &k) && k == 0)
        return again(f, WASM_OP_i32_add, f->x, ny->b); /* x - (0 - z) */
    return 0;
}

static ir_ref_t fold_mul(const struct fold *f)
{
    uint64_t k;

    if (!f->cy)
        return 0;
    if (f->ky == 0)
        return f->y;
    if (f->ky == 1)
        return f->x;
    if (f->ky == ones(f->wide))
        return again(f, WASM_OP_i32_sub, constant(f->b, f->wide, 0), f->x);
    if ((f->ky & (f->ky - 1)) == 0)
        return again_k(f, WASM_OP_i32_shl, f->x, (uint64_t)__builtin_ctzll(f->ky));
    if (f->ky == 3 || f->ky == 5 || f->ky == 9) /* one lea */
        return again(f, WASM_OP_i32_add, f->x,
                     again_k(f, WASM_OP_i32_shl, f->x, (uint64_t)__builtin_ctzll(f->ky - 1)));
    if (is_op_k(f, f->x, WASM_OP_i32_mul, &k))
        return again_k(f, WASM_OP_i32_mul, fold__at(f->b, f->x)->a, k * f->ky);
    return 0;
}

/* A mask of what comes through a phi, whose arguments are not all known yet: clean.c will see. */
static ir_ref_t maybe_needless(const struct fold *f)
{
    struct builder *b = f->b;
    unsigned op = fold__at(b, f->x)->op;
    ir_ref_t r;

    if ((op != IR_PHI && op != WASM_OP_select) ||
        !build__grow(b, &b->masks, &b->cap_masks, b->nmasks + 1ull, sizeof *b->masks))
        return 0;
    r = fold__emit(b, real_op(f->op, f->wide), f->x, f->y);
    b->masks[b->nmasks++] = r;
    return r;
}

static ir_ref_t fold_and(const struct fold *f)
{
    uint64_t k;

    if (f->x == f->y)
        return f->x;
    if (!f->cy)
        return 0;
    if (f->ky == 0)
        return f->y;
    if (f->ky == ones(f->wide))
        return f->x;
    if (f->wide && f->ky == UINT32_MAX)
        return fold__convert(f->b, WASM_OP_i64_extend_i32_u,
                             fold__convert(f->b, WASM_OP_i32_wrap_i64, f->x));
    /* all bits that x can have are in the mask */
    if ((f->ky & (f->ky + 1)) == 0 && ir_bound(f->b->f, f->x) <= f->ky)
        return f->x;
    if (is_op_k(f, f->x, WASM_OP_i32_and, &k))
        return again_k(f, WASM_OP_i32_and, fold__at(f->b, f->x)->a, k & f->ky);
    return (f->ky & (f->ky + 1)) == 0 ? maybe_needless(f) : 0;
}

static ir_ref_t fold_or(const struct fold *f)
{
    uint64_t k;

    if (f->x == f->y)
        return f->x;
    if (!f->cy)
        return 0;
    if (f->ky == 0)
        return f->x;
    if (f->ky == ones(f->wide))
        return f->y;
    if (is_op_k(f, f->x, WASM_OP_i32_or, &k))
        return again_k(f, WASM_OP_i32_or, fold__at(f->b, f->x)->a, k | f->ky);
    return 0;
}

static ir_ref_t fold_xor(const struct fold *f)
{
    uint64_t k;

    if (f->x == f->y)
        return constant(f->b, f->wide, 0);
    if (!f->cy)
        return 0;
    if (f->ky == 0)
        return f->x;
    if (f->ky == 1 && !f->wide && fold__is_bool(f->b, f->x))
        return fold__int_compare(f->b, WASM_OP_i32_eqz, false, f->x, 0);
    if (is_op_k(f, f->x, WASM_OP_i32_xor, &k))
        return again_k(f, WASM_OP_i32_xor, fold__at(f->b, f->x)->a, k ^ f->ky);
    return 0;
}

/* Shift counts modulo the width; a mask that says the same goes. */
static ir_ref_t shift_count(const struct fold *f)
{
    unsigned mask = bits_of(f->wide) - 1;
    uint64_t k;

    if (f->cy)
        return f->ky > mask ? constant(f->b, f->wide, f->ky & mask) : 0;
    if (is_op_k(f, f->y, WASM_OP_i32_and, &k) && (k & mask) == mask)
        return fold__at(f->b, f->y)->a;
    return 0;
}

static ir_ref_t sign_extension(const struct fold *f, ir_ref_t x)
{
    unsigned kept = bits_of(f->wide) - (unsigned)f->ky;

    if (kept == 8)
        return fold__convert(f->b, f->wide ? WASM_OP_i64_extend8_s : WASM_OP_i32_extend8_s, x);
    if (kept == 16)
        return fold__convert(f->b, f->wide ? WASM_OP_i64_extend16_s : WASM_OP_i32_extend16_s, x);
    if (kept == 32 && f->wide)
        return fold__convert(f->b, WASM_OP_i64_extend32_s, x);
    return 0;
}

/* A shift by ky of a shift by k. */
static ir_ref_t fold_shift_twice(const struct fold *f)
{
    ir_ref_t x = fold__at(f->b, f->x)->a;
    unsigned bits = bits_of(f->wide);
    uint64_t k, all = ones(f->wide);

    if (is_op_k(f, f->x, f->op, &k)) {
        if (k + f->ky < bits)
            return again_k(f, f->op, x, k + f->ky);
        return f->op == WASM_OP_i32_shr_s ? again_k(f, f->op, x, bits - 1)
                                          : constant(f->b, f->wide, 0);
    }
    if (f->op == WASM_OP_i32_shl && is_op_k(f, f->x, WASM_OP_i32_shr_u, &k) && k == f->ky && k < 32)
        return again_k(f, WASM_OP_i32_and, x, all << k);
    if (f->op == WASM_OP_i32_shr_u && is_op_k(f, f->x, WASM_OP_i32_shl, &k) && k == f->ky &&
        (!f->wide || k >= 32))
        return again_k(f, WASM_OP_i32_and, x, all >> k);
    if (f->op == WASM_OP_i32_shr_s && is_op_k(f, f->x, WASM_OP_i32_shl, &k) && k == f->ky)
        return sign_extension(f, x);
    return 0;
}

static ir_ref_t fold_shift(const struct fold *f)
{
    ir_ref_t count = shift_count(f), r;

    if (count)
        return again(f, f->op, f->x, count);
    if (f->cx && (f->kx == 0 || (f->op == WASM_OP_i32_shr_s && f->kx == ones(f->wide))))
        return f->x;
    if (!f->cy)
        return 0;
    if (f->ky == 0)
        return f->x;
    r = f->op <= WASM_OP_i32_shr_u ? fold_shift_twice(f) : 0;
    if (r)
        return r;
    if (f->op == WASM_OP_i32_rotr) /* one way to say it */
        return again_k(f, WASM_OP_i32_rotl, f->x, bits_of(f->wide) - f->ky);
    return 0;
}

static ir_ref_t fold_rules(const struct fold *f)
{
    switch (f->op) {
    case WASM_OP_i32_add:
        return fold_add(f);
    case WASM_OP_i32_sub:
        return fold_sub(f);
    case WASM_OP_i32_mul:
        return fold_mul(f);
    case WASM_OP_i32_and:
        return fold_and(f);
    case WASM_OP_i32_or:
        return fold_or(f);
    case WASM_OP_i32_xor:
        return fold_xor(f);
    case WASM_OP_i32_shl:
    case WASM_OP_i32_shr_s:
    case WASM_OP_i32_shr_u:
    case WASM_OP_i32_rotl:
    case WASM_OP_i32_rotr:
        return fold_shift(f);
    default:
        return f->cy && f->ky && !build__has(f->b, JIT_NO_FOLD_DIVIDE)
                   ? fold__divide(f->b, f->op, f->wide, f->x, f->ky)
                   : 0;
    }
}

ir_ref_t fold__int(struct builder *b, unsigned op32, bool wide, ir_ref_t x, ir_ref_t y)
{
    struct fold f = {.b = b, .op = op32, .wide = wide, .x = x, .y = y};
    bool commutes = wasm_op_info(op32)->flags & WASM_OPF_COMMUTATIVE;
    uint64_t v = 0;
    ir_ref_t r;

    f.cx = fold__const(b, x, &f.kx);
    f.cy = fold__const(b, y, &f.ky);
    if (build__has(b, JIT_NO_FOLD_INT))
        return fold__emit(b, real_op(op32, wide), x, y);
    if (f.cx && f.cy && eval(op32, wide, f.kx, f.ky, &v))
        return constant(b, wide, v);
    if (commutes && (f.cx || (!f.cy && x > y))) { /* constant last; else one order for equal sums */
        f = (struct fold){.b = b, .op = op32, .wide = wide, .x = y, .y = x};
        f.cx = fold__const(b, f.x, &f.kx);
        f.cy = fold__const(b, f.y, &f.ky);
    }
    r = fold_rules(&f);
    return r ? r : fold__emit(b, real_op(op32, wide), f.x, f.y);
}
