/* For the tests of the compiler's front half: a function body to IR, the IR as a line of text, and
 * an evaluator for straight-line integer code. One function at a time; everything lies in the test
 * pool. */
#pragma once

#include "base/format.h"
#include "base/string.h"
#include "base/test.h"
#include "wasm/decode/decode.h"
#include "wasm/jit/ir.h"
#include "wasm/rt/instance.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"
#include "wasm/validate/validate.h"

enum { IR_POOL_BYTES = 1024 * 1024, SHAPE_MAX = 2048, EVAL_NODES_MAX = 256 };

static struct test_module ir_bytes;
static struct wasm_module ir_module;
static struct arena ir_arena;
static struct ir_func ir;
static char ir_said[256]; /* the verifier's last complaint */

/* Memory of the arenas; empty again when everything has been freed. */
static struct {
    size_t used, live;
    unsigned fail_after; /* n > 0: the n-th allocation fails, and all after it */
    char bytes[IR_POOL_BYTES] __attribute__((aligned(16)));
} ir_pool;

static void *ir_pool_alloc(void *arg, size_t bytes)
{
    void *p = ir_pool.bytes + ir_pool.used;

    (void)arg;
    bytes = align_up(bytes, 16);
    if (ir_pool.fail_after == 1 || bytes > IR_POOL_BYTES - ir_pool.used)
        return NULL;
    if (ir_pool.fail_after)
        ir_pool.fail_after--;
    ir_pool.used += bytes;
    ir_pool.live++;
    memset(p, 0, bytes);
    return p;
}

static void ir_pool_free(void *arg, void *p, size_t bytes)
{
    (void)arg, (void)p, (void)bytes;
    assert(ir_pool.live > 0);
    if (--ir_pool.live == 0)
        ir_pool.used = 0;
}

static void ir_say(const char *line)
{
    str_copy(ir_said, line, sizeof ir_said);
}

static inline void ir_done(void)
{
    arena_fini(&ir_arena);
    types_release(&ir_module);
    arena_fini(&ir_module.arena);
    assert(!test_pool.live && !ir_pool.live);
}

/* Function 0 has the signature and body given (locals first); functions 1 and 2 are [i32 i32] ->
 * [i32]: 1 has a loop and so is never built into function 0, 2 is `a ? b : a - b`, and may be.
 * Types: 1 is [i32] -> [i32 i32], 2 is [i32 i32] -> [i32]. Two memories and a 64-bit one, a table
 * of 4 funcrefs and a 64-bit one, globals: 0 mutable i32, 1 i64 constant 7. */
static void ir_write_module(const char *sig, const uint8_t *code, size_t n)
{
    struct test_module *t = &ir_bytes;

    tm_init(t);
    tm_section(t, 1);
    tm_u32(t, 3);
    tm_functype(t, sig);
    tm_functype(t, "i:ii");
    tm_functype(t, "ii:i");
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 3, 0, 2, 2);
    tm_section_end(t);
    tm_section(t, 4);
    TM(t, 2, 0x70, 0, 4, 0x70, 4, 4);
    tm_section_end(t);
    tm_section(t, 5);
    TM(t, 3, 0, 1, 0, 1, 4, 1);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 2, 0x7f, 1, 0x41, 0, 0x0b, 0x7e, 0, 0x42, 7, 0x0b);
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 0, 0x41, 0, 0x0b, 1, 1);
    tm_section_end(t);
    tm_section(t, 10);
    tm_u32(t, 3);
    tm_body(t);
    tm_bytes(t, code, n);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0, 0x03, 0x40, 0x0b, 0x00, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0, 0x20, 0, 0x04, 0x40, 0x20, 1, 0x0f, 0x0b, 0x20, 0, 0x20, 1, 0x6b, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

/* Decodes and validates; what is built goes to `ir`. The caller ends with ir_done(). */
static int ir_build_bytes(const char *sig, const uint8_t *code, size_t n)
{
    const struct arena_source source = {ir_pool_alloc, ir_pool_free, NULL};
    struct wasm_error error = {.op = -1};
    int e;

    ir_write_module(sig, code, n);
    memset(&ir_module, 0, sizeof ir_module);
    ir_module.host = &test_host;
    ir_module.owner = &test_pool;
    ir_module.bytes = ir_bytes.bytes;
    ir_module.len_bytes = ir_bytes.len;
    arena_init(&ir_module.arena, source, SIZE_MAX);
    arena_init(&ir_arena, source, SIZE_MAX);
    e = wasm_decode(&ir_module, &error);
    e = e ? e : types_intern(&ir_module);
    e = e ? e : wasm_validate(&ir_module, &error);
    e = e ? e : ir_build(&ir_module, 0, &ir_arena, &ir);
    return !e && !ir_verify(&ir, ir_say) ? -EINVAL : e;
}

#define IR_BUILD(sig, ...)                                                                         \
    ir_build_bytes(sig, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* "param const i32.add return | ..." : the ops, blocks divided by bars. Constants: their value. */
UNUSED static const char *ir_shape(void)
{
    static char text[SHAPE_MAX];
    size_t len = 0;

    text[0] = 0;
    for (ir_block_t b = 1; b < ir.nblocks; b++)
        for (ir_ref_t r = ir.blocks[b].first; r < ir.blocks[b].end; r++) {
            const struct ir_node *n = ir_at(&ir, r);
            const char *divide = r == 1 ? "" : r == ir.blocks[b].first ? " | " : " ";
            int k =
                n->op == IR_CONST
                    ? fmt_snprintf(text + len, SHAPE_MAX - len, "%s%lld", divide,
                                   n->type == IR_I32 ? (long long)(int32_t)n->a
                                                     : (long long)ir_const_bits(n))
                    : fmt_snprintf(text + len, SHAPE_MAX - len, "%s%s", divide, ir_op_name(n->op));
            len += (size_t)k;
            assert(len < SHAPE_MAX);
        }
    return text;
}

#define CHECK_SHAPE(want, sig, ...)                                                                \
    do {                                                                                           \
        CHECK(IR_BUILD(sig, __VA_ARGS__) == 0);                                                    \
        CHECK(!strcmp(ir_shape(), want));                                                          \
        ir_done();                                                                                 \
    } while (0)

/* ---- evaluation ---- */

static uint64_t ir_multiply_high(uint64_t x, uint64_t y, bool is_signed)
{
    uint64_t h = (uint64_t)(((unsigned __int128)x * y) >> 64);

    if (is_signed)
        h -= ((int64_t)x < 0 ? y : 0) + ((int64_t)y < 0 ? x : 0);
    return h;
}

/* 32-bit operations on the low halves, by the i32 member of the pair; the result is cut by the
 * caller. */
static uint64_t ir_eval_int(unsigned op, bool wide, uint64_t x, uint64_t y)
{
    unsigned bits = wide ? 64 : 32, k = (unsigned)y & (bits - 1);
    int64_t sx = wide ? (int64_t)x : (int32_t)x, sy = wide ? (int64_t)y : (int32_t)y;

    switch (op) {
    case WASM_OP_i32_add:
        return x + y;
    case WASM_OP_i32_sub:
        return x - y;
    case WASM_OP_i32_mul:
        return x * y;
    case WASM_OP_i32_and:
        return x & y;
    case WASM_OP_i32_or:
        return x | y;
    case WASM_OP_i32_xor:
        return x ^ y;
    case WASM_OP_i32_shl:
        return x << k;
    case WASM_OP_i32_shr_s:
        return (uint64_t)(sx >> k);
    case WASM_OP_i32_shr_u:
        return x >> k;
    case WASM_OP_i32_rotl:
        return k ? x << k | x >> (bits - k) : x;
    case WASM_OP_i32_eqz:
        return x == 0;
    case WASM_OP_i32_eq:
        return x == y;
    case WASM_OP_i32_ne:
        return x != y;
    case WASM_OP_i32_lt_s:
        return sx < sy;
    case WASM_OP_i32_lt_u:
        return x < y;
    case WASM_OP_i32_gt_s:
        return sx > sy;
    case WASM_OP_i32_gt_u:
        return x > y;
    case WASM_OP_i32_le_s:
        return sx <= sy;
    case WASM_OP_i32_le_u:
        return x <= y;
    case WASM_OP_i32_ge_s:
        return sx >= sy;
    case WASM_OP_i32_ge_u:
        return x >= y;
    case WASM_OP_i32_div_s: /* by -1 only: nothing else is left of it */
        return 0 - x;
    case WASM_OP_i32_rotr:
        return k ? x >> k | x << (bits - k) : x;
    default:
        assert(false);
    }
}

static uint64_t ir_eval_node(const struct ir_node *n, const uint64_t *v, const uint64_t *args)
{
    unsigned op = n->op;

    switch (op) {
    case IR_PARAM:
        return args[n->c];
    case IR_CONST:
        return ir_const_bits(n);
    case IR_I64_MULH_S:
    case IR_I64_MULH_U:
        return ir_multiply_high(v[n->a], v[n->b], op == IR_I64_MULH_S);
    case WASM_OP_i32_wrap_i64:
    case WASM_OP_i64_extend_i32_u:
        return (uint32_t)v[n->a];
    case WASM_OP_i64_extend_i32_s:
    case WASM_OP_i64_extend32_s:
        return (uint64_t)(int32_t)v[n->a];
    case WASM_OP_i32_extend8_s:
    case WASM_OP_i64_extend8_s:
        return (uint64_t)(int8_t)v[n->a];
    case WASM_OP_i32_extend16_s:
    case WASM_OP_i64_extend16_s:
        return (uint64_t)(int16_t)v[n->a];
    case WASM_OP_select:
        return v[n->c] ? v[n->a] : v[n->b];
    default:
        break;
    }
    if (op >= WASM_OP_i64_add && op <= WASM_OP_i64_rotr)
        return ir_eval_int(op - WASM_OP_i64_add + WASM_OP_i32_add, true, v[n->a], v[n->b]);
    if (op >= WASM_OP_i64_eqz && op <= WASM_OP_i64_ge_u)
        return ir_eval_int(op - WASM_OP_i64_eqz + WASM_OP_i32_eqz, true, v[n->a], v[n->b]);
    return ir_eval_int(op, false, v[n->a], v[n->b]);
}

/* Runs `ir`, which must be one block of pure integer code that returns one value. */
UNUSED static uint64_t ir_eval(const uint64_t *args)
{
    uint64_t v[EVAL_NODES_MAX] = {0};

    assert(ir.nblocks == 2 && ir.nnodes <= EVAL_NODES_MAX);
    for (ir_ref_t r = 1;; r++) {
        const struct ir_node *n = ir_at(&ir, r);
        if (n->op == IR_RETURN)
            return v[ir.pool[n->b]];
        v[r] = ir_eval_node(n, v, args);
        if (n->type == IR_I32)
            v[r] = (uint32_t)v[r];
    }
}
