/* Division and remainder by a constant without dividing: shifts, or a multiplication by a scaled
 * reciprocal, which is exact over the whole range (Granlund and Montgomery, "Division by invariant
 * integers using multiplication", 1994; the notation here is theirs: l = ceil(log2 d)). */
#include "wasm/jit/build.h"

enum {
    ADD = WASM_OP_i32_add,
    SUB = WASM_OP_i32_sub,
    MUL = WASM_OP_i32_mul,
    AND = WASM_OP_i32_and,
    SHR_S = WASM_OP_i32_shr_s,
    SHR_U = WASM_OP_i32_shr_u,
};

struct division {
    struct builder *b;
    bool wide;
    ir_ref_t x;
    uint64_t d;    /* magnitude of the divisor, > 1 */
    bool negative; /* the divisor is -d */
};

static unsigned log2_ceil(uint64_t d)
{
    return d <= 1 ? 0 : 64 - (unsigned)__builtin_clzll(d - 1);
}

/* floor((high * 2^64) / d) for high < d. */
static uint64_t divide_128(uint64_t high, uint64_t d)
{
    uint64_t q = 0;

    dassert(high < d);
    for (unsigned i = 0; i < 64; i++) {
        bool carry = high >> 63;
        high <<= 1;
        q <<= 1;
        if (carry || high >= d) {
            high -= d;
            q |= 1;
        }
    }
    return q;
}

static ir_ref_t make(const struct division *v, unsigned op32, ir_ref_t x, ir_ref_t y)
{
    return fold__int(v->b, op32, v->wide, x, y);
}

static ir_ref_t make_k(const struct division *v, unsigned op32, ir_ref_t x, uint64_t k)
{
    return make(v, op32, x,
                build__const(v->b, v->wide ? IR_I64 : IR_I32, v->wide ? k : (uint32_t)k));
}

static ir_ref_t long_k(const struct division *v, unsigned op32, ir_ref_t x, uint64_t k)
{
    return fold__int(v->b, op32, true, x, build__const(v->b, IR_I64, k));
}

static ir_ref_t high_product(const struct division *v, unsigned op, ir_ref_t x, uint64_t k)
{
    return fold__emit(v->b, op, x, build__const(v->b, IR_I64, k));
}

/* ---- unsigned ---- */

static ir_ref_t unsigned_32(const struct division *v)
{
    unsigned s = log2_ceil(v->d) - 1;
    uint64_t m = (1ull << (32 + s)) / v->d + 1, error = m * v->d - (1ull << (32 + s));
    ir_ref_t x = fold__convert(v->b, WASM_OP_i64_extend_i32_u, v->x);

    if (error <= 1ull << s)
        x = long_k(v, SHR_U, long_k(v, MUL, x, m), 32 + s);
    else
        x = high_product(v, IR_I64_MULH_U, x, UINT64_MAX / v->d + 1);
    return fold__convert(v->b, WASM_OP_i32_wrap_i64, x);
}

static ir_ref_t unsigned_64(const struct division *v)
{
    unsigned l = log2_ceil(v->d), zeros = (unsigned)__builtin_ctzll(v->d), s = l - 1;
    uint64_t m = divide_128(1ull << s, v->d) + 1;
    uint64_t error = m * v->d; /* modulo 2^64, and less than that: m * d - 2^(64 + s) */
    ir_ref_t x = v->x;

    if (error <= 1ull << s)
        return long_k(v, SHR_U, high_product(v, IR_I64_MULH_U, x, m), s);
    if (zeros) { /* fewer bits to divide: the reciprocal is precise enough */
        uint64_t odd = v->d >> zeros;
        s = log2_ceil(odd) - 1;
        m = divide_128(1ull << s, odd) + 1;
        x = high_product(v, IR_I64_MULH_U, long_k(v, SHR_U, x, zeros), m);
        return long_k(v, SHR_U, x, s);
    }
    /* a reciprocal of 65 bits, whose top bit is added by hand */
    m = divide_128((l < 64 ? 1ull << l : 0) - v->d, v->d) + 1;
    ir_ref_t high = high_product(v, IR_I64_MULH_U, x, m);
    x = long_k(v, SHR_U, fold__int(v->b, SUB, true, x, high), 1);
    return long_k(v, SHR_U, fold__int(v->b, ADD, true, x, high), l - 1);
}

static ir_ref_t quotient_unsigned(const struct division *v)
{
    uint64_t all = v->wide ? UINT64_MAX : UINT32_MAX;

    if ((v->d & (v->d - 1)) == 0)
        return make_k(v, SHR_U, v->x, (uint64_t)__builtin_ctzll(v->d));
    if (v->d > all >> 1) { /* 0 or 1 */
        ir_ref_t r = fold__int_compare(v->b, WASM_OP_i32_ge_u, v->wide, v->x,
                                       build__const(v->b, v->wide ? IR_I64 : IR_I32, v->d));
        return v->wide ? fold__convert(v->b, WASM_OP_i64_extend_i32_u, r) : r;
    }
    return v->wide ? unsigned_64(v) : unsigned_32(v);
}

/* ---- signed; rounding is towards zero ---- */

/* What a negative x needs before an arithmetic shift: d - 1, else 0. */
static ir_ref_t rounding(const struct division *v)
{
    unsigned bits = v->wide ? 64 : 32, k = (unsigned)__builtin_ctzll(v->d);
    ir_ref_t sign = k == 1 ? v->x : make_k(v, SHR_S, v->x, bits - 1);

    return make(v, ADD, v->x, make_k(v, SHR_U, sign, bits - k));
}

static ir_ref_t signed_32(const struct division *v)
{
    unsigned l = log2_ceil(v->d);
    ir_ref_t x = fold__convert(v->b, WASM_OP_i64_extend_i32_s, v->x);

    x = long_k(v, MUL, x, (1ull << (31 + l)) / v->d + 1);
    return fold__convert(v->b, WASM_OP_i32_wrap_i64, long_k(v, SHR_S, x, 31 + l));
}

static ir_ref_t signed_64(const struct division *v)
{
    unsigned l = log2_ceil(v->d);
    uint64_t m = divide_128(1ull << (l - 1), v->d) + 1; /* 2^63 < m: negative as a factor */
    ir_ref_t x = high_product(v, IR_I64_MULH_S, v->x, m);

    return long_k(v, SHR_S, fold__int(v->b, ADD, true, x, v->x), l - 1);
}

static ir_ref_t quotient_signed(const struct division *v)
{
    unsigned bits = v->wide ? 64 : 32;
    ir_ref_t q, sign;

    if ((v->d & (v->d - 1)) == 0) {
        q = make_k(v, SHR_S, rounding(v), (uint64_t)__builtin_ctzll(v->d));
        return v->negative ? make(v, SUB, build__const(v->b, v->wide ? IR_I64 : IR_I32, 0), q) : q;
    }
    q = v->wide ? signed_64(v) : signed_32(v);
    sign = make_k(v, SHR_S, v->x, bits - 1); /* add one where x is negative */
    return v->negative ? make(v, SUB, sign, q) : make(v, SUB, q, sign);
}

static ir_ref_t remainder_signed(struct division *v)
{
    v->negative = false; /* the sign is the dividend's */
    if ((v->d & (v->d - 1)) == 0)
        return make(v, SUB, v->x, make_k(v, AND, rounding(v), 0 - v->d));
    return make(v, SUB, v->x, make_k(v, MUL, quotient_signed(v), v->d));
}

/* A 64-bit division of a value that has 32 bits. */
static ir_ref_t narrowed(struct builder *b, unsigned op32, ir_ref_t x, uint64_t d)
{
    ir_ref_t r = fold__convert(b, WASM_OP_i32_wrap_i64, x);

    r = fold__int(b, op32, false, r, build__const(b, IR_I32, d));
    return fold__convert(b, WASM_OP_i64_extend_i32_u, r);
}

static ir_ref_t divide_unsigned(struct division *v, unsigned op32)
{
    uint64_t bound = ir_bound(v->b->f, v->x);

    if (bound < v->d)
        return op32 == WASM_OP_i32_rem_u ? v->x : build__const(v->b, v->wide ? IR_I64 : IR_I32, 0);
    if (v->wide && bound <= UINT32_MAX)
        return narrowed(v->b, op32, v->x, v->d);
    if (op32 == WASM_OP_i32_div_u)
        return quotient_unsigned(v);
    if ((v->d & (v->d - 1)) == 0)
        return make_k(v, AND, v->x, v->d - 1);
    return make(v, SUB, v->x, make_k(v, MUL, quotient_unsigned(v), v->d));
}

ir_ref_t fold__divide(struct builder *b, unsigned op32, bool wide, ir_ref_t x, uint64_t d)
{
    struct division v = {.b = b, .wide = wide, .x = x, .d = d};
    bool is_rem = op32 == WASM_OP_i32_rem_s || op32 == WASM_OP_i32_rem_u;

    dassert(d != 0);
    if (d == 1)
        return is_rem ? build__const(b, wide ? IR_I64 : IR_I32, 0) : x;
    if (op32 == WASM_OP_i32_div_u || op32 == WASM_OP_i32_rem_u)
        return divide_unsigned(&v, op32);
    v.negative = wide ? (int64_t)d < 0 : (int32_t)(uint32_t)d < 0;
    if (v.negative)
        v.d = wide ? 0 - d : (uint32_t)(0 - (uint32_t)d);
    if (v.d == 1) /* by -1: may overflow */
        return is_rem ? build__const(b, wide ? IR_I64 : IR_I32, 0) : 0;
    return is_rem ? remainder_signed(&v) : quotient_signed(&v);
}
