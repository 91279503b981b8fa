#include "wasm/jit/ir_test.h"

/* Opcodes used below; those of the arithmetic are written as offsets from i32.add and i32.eqz. */
enum {
    END = 0x0b,
    BR_IF = 0x0d,
    DROP = 0x1a,
    SELECT = 0x1b,
    GET = 0x20,
    I32_CONST = 0x41,
    I64_CONST = 0x42,
    I32_EQZ = 0x45,
    I64_EQZ = 0x50,
    I32_ADD = 0x6a,
    I64_ADD = 0x7c,
    WRAP = 0xa7,
    EXTEND_S = 0xac,
    EXTEND_U = 0xad,
    NBINARY = WASM_OP_i32_rotr - WASM_OP_i32_add + 1,
    NCOMPARE = WASM_OP_i32_ge_u - WASM_OP_i32_eq + 1,
    FIRST_DIVIDE = WASM_OP_i32_div_s - WASM_OP_i32_add,
    LAST_DIVIDE = WASM_OP_i32_rem_u - WASM_OP_i32_add,
};

static const uint64_t values[] = {
    0,
    1,
    2,
    3,
    5,
    7,
    8,
    10,
    31,
    32,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    641,
    1000,
    0x7fff,
    0x8000,
    0xffff,
    0x7ffffffe,
    0x7fffffff,
    0x80000000,
    0x80000001,
    0xfffffff9,
    0xfffffffe,
    0xffffffff,
    0x100000000,
    0x1fffffffe,
    0x123456789abcdef,
    0x5555555555555555,
    0x7ffffffffffffffe,
    0x7fffffffffffffff,
    0x8000000000000000,
    0x8000000000000001,
    0xfffffffffffffff6,
    0xffffffffffffffff,
    0xffffffff80000000,
};

static struct test_module code;

static void code_begin(void)
{
    code.len = 0;
    tm_byte(&code, 0); /* no locals */
}

static void constant(bool wide, uint64_t v)
{
    tm_byte(&code, wide ? I64_CONST : I32_CONST);
    tm_s64(&code, wide ? (int64_t)v : (int32_t)(uint32_t)v);
}

static int build_code(const char *sig)
{
    tm_byte(&code, END);
    return ir_build_bytes(sig, code.bytes, code.len);
}

/* What the instruction means. false: it traps. */
static bool reference(unsigned op32, bool wide, uint64_t x, uint64_t y, uint64_t *out)
{
    int64_t sx = wide ? (int64_t)x : (int32_t)x, sy = wide ? (int64_t)y : (int32_t)y;
    uint64_t min = wide ? 1ull << 63 : 1ull << 31, all = wide ? UINT64_MAX : UINT32_MAX;
    unsigned bits = wide ? 64 : 32;

    x &= all;
    y &= all;
    switch (op32) {
    case WASM_OP_i32_div_u:
    case WASM_OP_i32_rem_u:
        if (y)
            *out = op32 == WASM_OP_i32_div_u ? x / y : x % y;
        break;
    case WASM_OP_i32_rem_s:
        if (y)
            *out = y == all ? 0 : (uint64_t)(sx % sy);
        break;
    case WASM_OP_i32_div_s:
        if (y && !(x == min && y == all))
            *out = y == all ? 0 - x : (uint64_t)(sx / sy);
        else
            return false;
        break;
    case WASM_OP_i32_rotr:
        *out = ir_eval_int(WASM_OP_i32_rotl, wide, x, bits - (y & (bits - 1)));
        break;
    default:
        *out = ir_eval_int(op32, wide, x, y);
        break;
    }
    *out &= all;
    return y != 0 || op32 < WASM_OP_i32_div_s || op32 > WASM_OP_i32_rem_u;
}

static void check_result(struct unit_test_state *test_state, unsigned op32, bool wide, uint64_t x,
                         uint64_t y, uint64_t have)
{
    uint64_t want = 0;

    if (reference(op32, wide, x, y, &want))
        CHECK(have == want);
}

/* x op k and k op x for a constant k, with every x; and both constant. */
static void check_binary(struct unit_test_state *test_state, unsigned op32, bool wide, uint64_t k)
{
    unsigned byte = op32 >= WASM_OP_i32_add ? op32 - WASM_OP_i32_add + (wide ? I64_ADD : I32_ADD)
                                            : op32 - WASM_OP_i32_eqz + (wide ? I64_EQZ : I32_EQZ);
    bool compare = op32 < WASM_OP_i32_add;
    bool divides = op32 >= WASM_OP_i32_div_s && op32 <= WASM_OP_i32_rem_u;
    const char *sig = compare ? (wide ? "I:i" : "i:i") : (wide ? "I:I" : "i:i");

    for (unsigned left = 0; left < (divides ? 1 : 2); left++) {
        code_begin();
        if (left)
            constant(wide, k);
        TM(&code, GET, 0);
        if (!left)
            constant(wide, k);
        tm_byte(&code, byte);
        CHECK(build_code(sig) == 0);
        for (size_t i = 0; i < ARRAY_LEN(values); i++) {
            uint64_t x = wide ? values[i] : (uint32_t)values[i], unused;
            bool traps = !reference(op32, wide, left ? k : x, left ? x : k, &unused);
            if (!traps && ir.nodes[ir.nnodes - 1].op == IR_RETURN)
                check_result(test_state, op32, wide, left ? k : x, left ? x : k, ir_eval(&x));
        }
        ir_done();
    }
}

TEST(fold_binary_by_constant)
{
    for (unsigned i = 0; i < NBINARY; i++)
        for (size_t k = 0; k < ARRAY_LEN(values); k++) {
            if (i < FIRST_DIVIDE || i > LAST_DIVIDE || (uint32_t)values[k])
                check_binary(test_state, WASM_OP_i32_add + i, false, (uint32_t)values[k]);
            if (i < FIRST_DIVIDE || i > LAST_DIVIDE || values[k])
                check_binary(test_state, WASM_OP_i32_add + i, true, values[k]);
        }
}

TEST(fold_compare_by_constant)
{
    for (unsigned i = 0; i < NCOMPARE; i++)
        for (size_t k = 0; k < ARRAY_LEN(values); k++) {
            check_binary(test_state, WASM_OP_i32_eq + i, false, (uint32_t)values[k]);
            check_binary(test_state, WASM_OP_i32_eq + i, true, values[k]);
        }
}

/* Every small divisor: the reciprocals are exact at all boundaries around multiples. */
static void check_divisor(struct unit_test_state *test_state, unsigned op32, bool wide, uint64_t d)
{
    uint64_t all = wide ? UINT64_MAX : UINT32_MAX, top = all / d * d, half = (all >> 1) / d * d;
    const uint64_t x[] = {
        0,       1,        d - 1, d,        d + 1,    2 * d - 1,      2 * d, top - 1, top,
        top + 1, half - 1, half,  half + 1, all >> 1, (all >> 1) + 1, all,   all - d, 0 - half};

    code_begin();
    TM(&code, GET, 0);
    constant(wide, d);
    tm_byte(&code, op32 - WASM_OP_i32_add + (wide ? I64_ADD : I32_ADD));
    CHECK(build_code(wide ? "I:I" : "i:i") == 0);
    for (size_t i = 0; i < ARRAY_LEN(x); i++) {
        uint64_t arg = x[i] & all;
        check_result(test_state, op32, wide, arg, d, ir_eval(&arg));
    }
    ir_done();
}

TEST(fold_divide)
{
    for (unsigned op = WASM_OP_i32_div_s; op <= WASM_OP_i32_rem_u; op++)
        for (uint64_t d = 1; d < 300; d += d < 40 ? 1 : 7)
            for (unsigned wide = 0; wide < 2; wide++) {
                check_divisor(test_state, op, wide, d);
                check_divisor(test_state, op, wide, d << 20 | 1);
                check_divisor(test_state, op, wide, wide ? UINT64_MAX - d : UINT32_MAX - d);
                check_divisor(test_state, op, wide, wide ? d << 50 | d : d << 22);
            }
}

/* ---- shapes ---- */

TEST(fold_conditions)
{
    /* !!(x != 0) as a condition is x; !(x < y) is x >= y */
    CHECK_SHAPE("param branch | trap | return", "i:", 0, GET, 0, I32_EQZ, I32_EQZ, I32_CONST, 0,
                0x47, 0x04, 0x40, 0x00, END, END);
    CHECK_SHAPE("param param i32.ge_s return", "ii:i", 0, GET, 0, GET, 1, 0x48, I32_EQZ, END);
    CHECK_SHAPE("param param f32.lt i32.eqz return", "ff:i", 0, GET, 0, GET, 1, 0x5d, I32_EQZ, END);
    CHECK_SHAPE("param param f64.ne return", "FF:i", 0, GET, 0, GET, 1, 0x61, I32_EQZ, END);
    /* x - y and x + 5 may live on as the next value: nothing is gained by comparing x; 3 < x is x >
     * 3 */
    CHECK_SHAPE("param param i32.sub i32.eqz return", "ii:i", 0, GET, 0, GET, 1, 0x6b, I32_EQZ,
                END);
    CHECK_SHAPE("param 5 i32.add 7 i32.eq return", "i:i", 0, GET, 0, I32_CONST, 5, I32_ADD,
                I32_CONST, 7, 0x46, END);
    CHECK_SHAPE("param 3 i32.gt_s return", "i:i", 0, I32_CONST, 3, GET, 0, 0x48, END);
    /* comparisons of extended values need no 64 bits */
    CHECK_SHAPE("param param i32.lt_u return", "ii:i", 0, GET, 0, EXTEND_U, GET, 1, EXTEND_U, 0x54,
                END);
    CHECK_SHAPE("param 9 i32.lt_s return", "i:i", 0, GET, 0, EXTEND_S, I64_CONST, 9, 0x53, END);
}

TEST(fold_select)
{
    CHECK_SHAPE("param param i32.lt_s return", "ii:i", 0, I32_CONST, 1, I32_CONST, 0, GET, 0, GET,
                1, 0x48, SELECT, END);
    CHECK_SHAPE("param i32.eqz return", "i:i", 0, I32_CONST, 0, I32_CONST, 1, GET, 0, SELECT, END);
    CHECK_SHAPE("param return", "ii:i", 0, GET, 0, GET, 1, I32_CONST, 1, SELECT, END);
    /* one comparison for each that reads it */
    CHECK_SHAPE("param param i32.lt_s select i32.lt_s select i32.add return", "ii:i", 0, GET, 0,
                GET, 1, GET, 0, GET, 1, 0x48, SELECT, GET, 1, GET, 0, GET, 0, GET, 1, 0x48, SELECT,
                0x6a, END);
    CHECK(IR_BUILD("iii:i", 0, GET, 0, GET, 1, GET, 2, I32_EQZ, SELECT, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param param select return"));
    CHECK(ir.nodes[4].a == 2 && ir.nodes[4].b == 1 && ir.nodes[4].c == 3);
    ir_done();
}

TEST(fold_addresses)
{
    /* (x & 255) + 16 cannot wrap, so 16 joins the offset; x + 16 can, so it does not */
    CHECK(IR_BUILD("i:i", 0, GET, 0, I32_CONST, 0xff, 1, 0x71, I32_CONST, 16, I32_ADD, 0x28, 2, 4,
                   END) == 0);
    CHECK(!strcmp(ir_shape(), "param 255 i32.and i32.load return") && ir.nodes[4].c == 20);
    ir_done();
    CHECK(IR_BUILD("i:i", 0, GET, 0, I32_CONST, 16, I32_ADD, 0x28, 2, 4, END) == 0);
    CHECK(!strcmp(ir_shape(), "param 16 i32.add i32.load return") && ir.nodes[4].c == 4);
    ir_done();
    /* a constant address is all offset, while that has room */
    CHECK(IR_BUILD(":i", 0, I32_CONST, 16, 0x28, 2, 4, END) == 0);
    CHECK(!strcmp(ir_shape(), "0 i32.load return") && ir.nodes[2].c == 20);
    ir_done();
    CHECK(IR_BUILD(":i", 0, I32_CONST, 0x7f, 0x28, 2, 4, END) == 0);
    CHECK(!strcmp(ir_shape(), "-1 i32.load return") && ir.nodes[2].c == 4);
    ir_done();
}

TEST(fold_stores)
{
    CHECK_SHAPE("param param i32.store8 return", "ii:", 0, GET, 0, GET, 1, I32_CONST, 0xff, 1, 0x71,
                0x3a, 0, 0, END);
    CHECK_SHAPE("param param i32.store return", "ii:", 0, GET, 0, GET, 1, EXTEND_U, 0x3e, 2, 0,
                END);
    CHECK_SHAPE("param param 127 i32.and i32.store8 return", "ii:", 0, GET, 0, GET, 1, I32_CONST,
                0xff, 0, 0x71, 0x3a, 0, 0, END);
}

TEST(fold_values)
{
    /* the same sum, whichever way round, is one node */
    CHECK_SHAPE("param param i32.add i32.mul return", "ii:i", 0, GET, 0, GET, 1, I32_ADD, GET, 1,
                GET, 0, I32_ADD, 0x6c, END);
    /* one in a block that dominates serves; one in an arm does not */
    CHECK_SHAPE("param param i32.mul branch | return | return", "ii:i", 0, GET, 0, GET, 1, 0x6c,
                I32_EQZ, 0x04, 0x7f, I32_CONST, 1, DROP, GET, 0, GET, 1, 0x6c, 0x0f, 0x05, GET, 0,
                GET, 1, 0x6c, END, END);
    /* loads: again while nothing was written in between */
    CHECK_SHAPE("param i32.load i32.add return", "i:i", 0, GET, 0, 0x28, 2, 0, GET, 0, 0x28, 2, 0,
                I32_ADD, END);
    CHECK_SHAPE("param i32.load i32.store i32.load i32.add return", "i:i", 0, GET, 0, 0x28, 2, 0,
                GET, 0, GET, 0, 0x36, 2, 0, GET, 0, 0x28, 2, 0, I32_ADD, END);
}

TEST(fold_floats)
{
    CHECK_SHAPE("param return", "f:f", 0, GET, 0, 0x8c, 0x8c, END);
    CHECK_SHAPE("param f64.abs return", "F:F", 0, GET, 0, 0x9a, 0x99, 0x99, END);
    CHECK_SHAPE("param f32.abs f32.neg return", "f:f", 0, GET, 0, 0x43, 0, 0, 0x80, 0xbf, 0x98,
                END);
    CHECK_SHAPE("param return", "i:i", 0, GET, 0, 0xbe, 0xbc, END);
    CHECK_SHAPE("1065353216 return", ":i", 0, 0x43, 0, 0, 0x80, 0x3f, 0xbc, END);
    /* arithmetic is left to the machine, identities too: x * 1 quiets a NaN */
    CHECK_SHAPE("param 1065353216 f32.mul return", "f:f", 0, GET, 0, 0x43, 0, 0, 0x80, 0x3f, 0x94,
                END);
}

/* ---- the verifier ---- */

TEST(verify_finds)
{
    const uint8_t body[] = {0,       GET,  0,   0x04, 0x7f,      GET, 0,    I32_CONST, 1,
                            I32_ADD, 0x05, GET, 0,    I32_CONST, 2,   0x6c, END,       END};
    struct ir_node saved;
    ir_ref_t phi, add;

    CHECK(ir_build_bytes("i:i", body, sizeof body) == 0);
    CHECK(!strcmp(ir_shape(), "param branch | 1 i32.add jump | 1 i32.shl jump | phi return"));
    add = 4;
    phi = ir.blocks[4].first;
#define BROKEN(node, field, value)                                                                 \
    do {                                                                                           \
        saved = ir.nodes[node];                                                                    \
        ir.nodes[node].field = (value);                                                            \
        CHECK(!ir_verify(&ir, ir_say) && ir_said[0]);                                              \
        ir.nodes[node] = saved;                                                                    \
        CHECK(ir_verify(&ir, ir_say));                                                             \
    } while (0)
    BROKEN(add, b, phi);                       /* used before it is defined */
    BROKEN(add, type, IR_I64);                 /* type of the result */
    BROKEN(add, op, WASM_OP_i64_add);          /* types of the operands */
    BROKEN(add, op, WASM_OP_local_get);        /* never seen here */
    BROKEN(phi, c, 1);                         /* one argument, two predecessors */
    BROKEN(ir.blocks[1].end - 1, op, IR_JUMP); /* two successors */
    BROKEN(ir.nnodes - 1, c, 0);               /* too few results */
    ir.blocks[2].succ[0] = 3;
    CHECK(!ir_verify(&ir, ir_say));
    ir.blocks[2].succ[0] = 4;
    ir.uses[add]++;
    CHECK(!ir_verify(&ir, ir_say));
    ir.uses[add]--;
    ir.pool[ir.nodes[phi].b] = ir.pool[ir.nodes[phi].b + 1]; /* does not dominate that edge */
    CHECK(!ir_verify(&ir, ir_say));
    ir_done();
}
