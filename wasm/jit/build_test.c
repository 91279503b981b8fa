#include "wasm/jit/ir_test.h"

/* Opcodes used below. */
enum {
    UNREACHABLE = 0x00,
    BLOCK = 0x02,
    LOOP = 0x03,
    IF = 0x04,
    ELSE = 0x05,
    END = 0x0b,
    BR = 0x0c,
    BR_IF = 0x0d,
    BR_TABLE = 0x0e,
    RETURN = 0x0f,
    CALL = 0x10,
    CALL_INDIRECT = 0x11,
    DROP = 0x1a,
    GET = 0x20,
    SET = 0x21,
    TEE = 0x22,
    CONST = 0x41,
    CONST64 = 0x42,
    EQZ = 0x45,
    ADD = 0x6a,
    SUB = 0x6b,
    MUL = 0x6c,
    ADD64 = 0x7c,
    VOID = 0x40,
    I32 = 0x7f,
};

TEST(build_straight)
{
    CHECK_SHAPE("return", ":", 0, END);
    CHECK_SHAPE("param param i32.add return", "ii:i", 0, GET, 0, GET, 1, ADD, END);
    /* locals are zero, parameters that nobody reads are not there */
    CHECK_SHAPE("0 return", "ii:i", 1, 2, I32, GET, 3, END);
    CHECK_SHAPE("param return", "ii:i", 1, 1, I32, GET, 1, SET, 2, GET, 2, END);
    CHECK_SHAPE("param i32.eqz return", "i:i", 0, GET, 0, TEE, 0, EQZ, END);
}

TEST(build_vectors)
{
    CHECK_SHAPE("param param i8x16.add return", "vv:v", 0, GET, 0, GET, 1, 0xfd, 0x6e, END);
    /* a lane in memory: two nodes */
    CHECK_SHAPE("param param i32.load8_u i8x16.replace_lane return", "iv:v", 0, GET, 0, GET, 1,
                0xfd, 0x54, 0, 0, 3, END);
    CHECK_SHAPE("param param f32x4.extract_lane f32.store return", "iv:", 0, GET, 0, GET, 1, 0xfd,
                0x5a, 0, 0, 2, END);
    /* shuffles that move nothing are none */
    CHECK_SHAPE("param return", "vv:v", 0, GET, 0, GET, 1, 0xfd, 0x0d, 16, 17, 18, 19, 20, 21, 22,
                23, 24, 25, 26, 27, 28, 29, 30, 31, END);
    CHECK_SHAPE("param i8x16.shuffle return", "vv:v", 0, GET, 0, GET, 1, 0xfd, 0x0d, 1, 0, 3, 2, 5,
                4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, END);
}

TEST(build_block)
{
    /* nobody branches: no block is made */
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, I32, GET, 0, END, END);
    CHECK_SHAPE("param return", "i:i", 0, LOOP, I32, GET, 0, END, END);
    /* the only way is a jump: joined */
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, I32, GET, 0, BR, 0, END, END);
    CHECK_SHAPE("param 5 branch | jump | phi return", "i:i", 0, BLOCK, I32, CONST, 5, GET, 0, BR_IF,
                0, DROP, CONST, 5, GET, 0, ADD, DROP, GET, 0, END, END);
    /* both ways carry the same: no phi */
    CHECK_SHAPE("param branch | jump | return", "i:i", 0, BLOCK, VOID, GET, 0, BR_IF, 0, END, GET,
                0, END);
}

TEST(build_if)
{
    CHECK_SHAPE("param branch | 1 jump | 2 jump | phi return", "i:i", 0, GET, 0, IF, I32, CONST, 1,
                ELSE, CONST, 2, END, END);
    CHECK_SHAPE("param branch | 3 jump | phi return", "i:i", 0, GET, 0, IF, VOID, CONST, 3, SET, 0,
                END, GET, 0, END);
    /* an arm that leaves: what follows has one way in */
    CHECK_SHAPE("param branch | trap | return", "i:i", 0, GET, 0, IF, VOID, UNREACHABLE, END, GET,
                0, END);
    CHECK_SHAPE("param branch | return | return", "i:i", 0, GET, 0, IF, VOID, GET, 0, RETURN, END,
                GET, 0, END);
    /* x == 0 as a condition only exchanges the arms */
    CHECK_SHAPE("param branch | 1 jump | 2 jump | phi return", "i:i", 0, GET, 0, EQZ, IF, I32,
                CONST, 1, ELSE, CONST, 2, END, END);
}

TEST(build_if_constant)
{
    CHECK_SHAPE("1 return", "i:i", 0, CONST, 7, IF, I32, CONST, 1, ELSE, CONST, 2, END, END);
    CHECK_SHAPE("2 return", "i:i", 0, CONST, 0, IF, I32, CONST, 1, ELSE, CONST, 2, END, END);
    CHECK_SHAPE("param return", "i:i", 0, CONST, 0, IF, VOID, CONST, 9, SET, 0, END, GET, 0, END);
    CHECK_SHAPE("9 return", "i:i", 0, CONST, 1, IF, VOID, CONST, 9, SET, 0, END, GET, 0, END);
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, VOID, CONST, 1, BR_IF, 0, UNREACHABLE, END, GET, 0,
                END);
}

/* An arm that is nothing but a branch leaves no block behind, unless both sides would lead to one
 * label. */
TEST(build_empty_arms)
{
    CHECK_SHAPE("param branch | trap | return", "i:i", 0, BLOCK, VOID, GET, 0, IF, VOID, BR, 1, END,
                UNREACHABLE, END, GET, 0, END);
    CHECK_SHAPE("param branch | jump | return", "i:i", 0, GET, 0, IF, VOID, END, GET, 0, END);
    CHECK_SHAPE("param branch | jump | return", "i:i", 0, GET, 0, IF, VOID, BR, 0, END, GET, 0,
                END);
    CHECK_SHAPE("param branch | 1 jump | phi return", "i:i", 0, GET, 0, IF, VOID, CONST, 1, SET, 0,
                BR, 0, END, GET, 0, END);
    CHECK_SHAPE("param branch | jump | return", "i:i", 0, GET, 0, IF, VOID, ELSE, END, GET, 0, END);
}

TEST(build_loop)
{
    /* while (x) x--; a phi for what the loop assigns, and none for what it does not */
    CHECK(IR_BUILD("ii:i", 0, LOOP, VOID, GET, 0, IF, VOID, GET, 0, CONST, 1, SUB, SET, 0, BR, 1,
                   END, END, GET, 0, GET, 1, ADD, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param jump | phi branch | -1 i32.add jump | i32.add return"));
    CHECK(ir.blocks[2].loop_end == 4 && ir.blocks[2].loop_header == 2);
    CHECK(ir.blocks[2].loop_depth == 1 && ir.blocks[3].loop_header == 2);
    CHECK(ir.blocks[4].loop_depth == 0);
    CHECK(ir.blocks[2].npreds == 2 && ir.pool[ir.blocks[2].preds] == 1);
    ir_done();
    /* assigned only on the way out: the phi turns out to have one value */
    CHECK_SHAPE("param jump | branch | 5 return", "i:i", 0, LOOP, VOID, GET, 0, IF, VOID, CONST, 5,
                SET, 0, GET, 0, RETURN, END, BR, 0, END, UNREACHABLE, END);
    /* branched to, but only from dead code */
    CHECK_SHAPE("trap", "i:i", 0, LOOP, VOID, UNREACHABLE, BR, 0, END, GET, 0, END);
}

/* A way out that stands in the loop's text is moved behind the loop. */
TEST(build_loop_order)
{
    CHECK_SHAPE("param jump | phi branch | -1 i32.add jump | 7 return", "i:i", 0, LOOP, VOID, BLOCK,
                VOID, GET, 0, BR_IF, 0, CONST, 7, RETURN, END, GET, 0, CONST, 0x7f, ADD, SET, 0, BR,
                0, END, UNREACHABLE, END);
}

TEST(build_loop_nest)
{
    /* for (;;) { for (;;) { if (y) continue outer; if (x) continue; return } } */
    CHECK(IR_BUILD("ii:i", 0, LOOP, VOID, LOOP, VOID, GET, 1, BR_IF, 1, GET, 0, BR_IF, 0, END, END,
                   GET, 0, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param jump | jump | branch | branch | return"));
    CHECK(ir.blocks[2].loop_end == 5 && ir.blocks[3].loop_end == 5);
    CHECK(ir.blocks[3].loop_depth == 2 && ir.blocks[4].loop_header == 3);
    ir_done();
}

/* Parameters and results of blocks; type 1 is [i32] -> [i32 i32], type 2 [i32 i32] -> [i32]. */
TEST(build_multi_value)
{
    CHECK_SHAPE("param 3 i32.add return", "i:i", 0, GET, 0, BLOCK, 1, CONST, 3, END, ADD, END);
    CHECK_SHAPE("param branch | 3 jump | 4 jump | phi i32.add return", "i:i", 0, GET, 0, GET, 0, IF,
                1, CONST, 3, ELSE, CONST, 4, END, ADD, END);
    CHECK_SHAPE("param param jump | phi i32.sub branch | return", "ii:i", 0, GET, 0, GET, 1, LOOP,
                2, TEE, 1, SUB, TEE, 0, GET, 1, GET, 0, BR_IF, 0, DROP, END, END);
    /* one condition constant: the parameters are still there for the second arm */
    CHECK_SHAPE("param 4 i32.add return", "i:i", 0, GET, 0, CONST, 0, IF, 1, CONST, 3, ELSE, CONST,
                4, END, ADD, END);
}

TEST(build_switch)
{
    CHECK(IR_BUILD("i:i", 0, BLOCK, VOID, BLOCK, VOID, GET, 0, BR_TABLE, 3, 0, 1, 0, 1, END, CONST,
                   1, SET, 0, END, GET, 0, END) == 0);
    CHECK(!strcmp(ir_shape(), "param switch | 1 jump | phi return"));
    CHECK(ir.pool[ir.nodes[2].b] == 2 && ir.pool[ir.nodes[2].b + 1] == 3);
    CHECK(ir.pool[ir.nodes[2].b + 2] == 2 && ir.pool[ir.nodes[2].b + 3] == 3);
    CHECK(ir.blocks[3].npreds == 2 && ir.blocks[2].npreds == 1);
    ir_done();
    /* all the same; constant; beyond the table */
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, VOID, GET, 0, BR_TABLE, 2, 0, 0, 0, END, GET, 0,
                END);
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, VOID, BLOCK, VOID, CONST, 1, BR_TABLE, 2, 0, 1, 0,
                END, UNREACHABLE, END, GET, 0, END);
    CHECK_SHAPE("trap", "i:i", 0, BLOCK, VOID, BLOCK, VOID, CONST, 9, BR_TABLE, 2, 1, 1, 0, END,
                UNREACHABLE, END, GET, 0, END);
    /* to a loop, out of it, and out of the function */
    CHECK_SHAPE("param jump | switch | trap | return", "i:", 0, LOOP, VOID, BLOCK, VOID, GET, 0,
                BR_TABLE, 2, 0, 1, 2, END, UNREACHABLE, END, END);
}

/* What cannot be reached is not built, whatever the stack does there. */
TEST(build_dead_code)
{
    CHECK_SHAPE("trap", "i:i", 0, UNREACHABLE, ADD, DROP, GET, 0, CALL, 0, DROP, END);
    CHECK_SHAPE("param return", "i:i", 0, GET, 0, RETURN, BLOCK, I32, UNREACHABLE, ADD, END, DROP,
                LOOP, VOID, BR, 0, END, END);
    CHECK_SHAPE("param return", "i:i", 0, BLOCK, VOID, BR, 0, GET, 0, IF, VOID, ELSE, END, END, GET,
                0, END);
    CHECK_SHAPE("param branch | trap | return", "i:i", 0, GET, 0, IF, VOID, UNREACHABLE, IF, VOID,
                ELSE, END, ELSE, END, GET, 0, END);
    CHECK_SHAPE("trap", "i:i", 0, GET, 0, CONST, 0, 0x6e, END); /* i32.div_u by 0 */
}

TEST(build_calls)
{
    CHECK_SHAPE("param call return", "i:i", 0, GET, 0, GET, 0, CALL, 1, END);
    CHECK(IR_BUILD("ii:i", 0, GET, 0, GET, 1, GET, 0, CALL_INDIRECT, 2, 0, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param call_indirect return"));
    CHECK(ir.nodes[3].c == 3 && ir.pool[ir.nodes[3].b] == 1 && ir.pool[ir.nodes[3].b + 2] == 2);
    CHECK(ir.pool[ir.nodes[3].a] == 0 && ir.pool[ir.nodes[3].a + 1] == 2 && ir.makes_calls);
    ir_done();
    /* two results; the call stays where nobody wants them */
    CHECK_SHAPE("param call_indirect result i32.add return", "i:i", 0, GET, 0, GET, 0,
                CALL_INDIRECT, 1, 0, ADD, END);
    CHECK_SHAPE("param call_indirect return", "i:", 0, GET, 0, GET, 0, CALL_INDIRECT, 1, 0, DROP,
                DROP, END);
}

/* Offset in the module of the instruction that a node comes from, and its function. */
static struct ir_place place_of(ir_ref_t r)
{
    return ir_place(&ir_module, ir.func, ir.inlines, ir.ninlines, ir.offsets[r]);
}

TEST(build_inlines)
{
    CHECK_SHAPE("param param branch | i32.sub jump | phi return", "ii:i", 0, GET, 0, GET, 1, CALL,
                2, END);
    /* what is known of the arguments counts */
    CHECK_SHAPE("param return", "i:i", 0, CONST, 1, GET, 0, CALL, 2, END);
    CHECK_SHAPE("param 0 i32.sub return", "i:i", 0, CONST, 0, GET, 0, CALL, 2, END);
    /* locals of the caller stay what they were, also around a loop */
    CHECK_SHAPE("param jump | phi i32.mul branch | return", "i:i", 0, LOOP, VOID, CONST, 1, GET, 0,
                CALL, 2, GET, 0, MUL, TEE, 0, BR_IF, 0, END, GET, 0, END);
    /* not what calls itself, nor in tail position */
    CHECK_SHAPE("param call return", "i:i", 0, GET, 0, CALL, 0, END);
    CHECK_SHAPE("param return_call", "i:i", 0, GET, 0, GET, 0, 0x12, 2, END);
}

TEST(build_inlines_places)
{
    struct ir_place p;

    CHECK(IR_BUILD("ii:i", 0, GET, 0, GET, 1, GET, 1, CALL, 2, CALL, 2, END) == 0);
    CHECK(ir.ninlines == 2 && ir.inlines[0].place < ir.inlines[1].place);
    for (ir_ref_t r = 1; r < ir.nnodes; r++) {
        if (ir.nodes[r].op != WASM_OP_i32_sub)
            continue;
        p = place_of(r);
        CHECK(p.func == 2 && ir_module.bytes[p.offset] == SUB);
        p = ir_place(&ir_module, ir.func, ir.inlines, ir.ninlines, p.call);
        CHECK(p.func == 0 && p.call == 0 && ir_module.bytes[p.offset] == CALL);
    }
    ir_done();
}

TEST(build_inlines_within_limits)
{
    uint8_t code[4096] = {0, GET, 0};
    size_t n = 3;

    while (n + 4 < sizeof code - 1) {
        code[n++] = GET;
        code[n++] = 0;
        code[n++] = CALL;
        code[n++] = 2;
    }
    code[n++] = END;
    CHECK(ir_build_bytes("i:i", code, n) == 0);
    /* the function has not more than doubled, save what is always allowed */
    CHECK(ir.ninlines > 100 && ir.ninlines * 15 <= n + 256 && ir.makes_calls);
    ir_done();
}

TEST(build_tail_calls)
{
    CHECK_SHAPE("param return_call", "i:i", 0, GET, 0, GET, 0, 0x12, 1, ADD, END);
    CHECK(IR_BUILD("ii:i", 0, GET, 0, GET, 1, GET, 0, 0x13, 2, 0, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param return_call_indirect"));
    CHECK(ir.nodes[3].c == 3 && ir.pool[ir.nodes[3].b] == 1 && ir.pool[ir.nodes[3].b + 2] == 2);
    CHECK(ir.pool[ir.nodes[3].a] == 0 && ir.pool[ir.nodes[3].a + 1] == 2 && !ir.makes_calls);
    ir_done();
}

TEST(build_state)
{
    CHECK_SHAPE("param global.set global.get return", "i:i", 0, GET, 0, 0x24, 0, 0x23, 0, END);
    CHECK_SHAPE("7 return", ":I", 0, 0x23, 1, END); /* an immutable global */
    CHECK_SHAPE("param i32.load i32.store return", "i:", 0, GET, 0, GET, 0, 0x28, 2, 0, 0x36, 2, 0,
                END);
    CHECK_SHAPE("param i32.load return", "i:", 0, GET, 0, 0x28, 2, 0, DROP, END); /* may trap */
    CHECK_SHAPE("param memory.size 0 i64.extend_i32_u call_rt i32.wrap_i64 i32.add return", "i:i",
                0, 0x3f, 0, GET, 0, 0x40, 0, ADD, END);
    CHECK_SHAPE("param 0 i64.extend_i32_u call_rt i32.eqz return", "i:i", 0, GET, 0, 0x25, 0, 0xd1,
                END);
    /* the same address in two memories: two loads */
    CHECK(IR_BUILD("i:i", 0, GET, 0, 0x28, 2, 0, GET, 0, 0x28, 0x42, 1, 0, ADD, END) == 0);
    CHECK(!strcmp(ir_shape(), "param i32.load i32.load i32.add return"));
    CHECK(ir.nodes[2].aux == 0 && ir.nodes[3].aux == 1);
    ir_done();
    CHECK_SHAPE("func_ref i32.eqz return", ":i", 0, 0xd2, 1, 0xd1, END);
    CHECK_SHAPE("1 return", ":i", 0, 0xd0, 0x70, 0xd1, END);
}

/* Copies and fills of few bytes need no call; what is stored first reaches furthest. */
TEST(build_small_bulk)
{
    CHECK(IR_BUILD("ii:", 0, GET, 0, GET, 1, CONST, 11, 0xfc, 10, 0, 0, END) == 0);
    CHECK(!strcmp(ir_shape(), "param param i64.load i64.load i64.store i64.store return"));
    CHECK(ir.nodes[4].c == 3 && ir.nodes[5].c == 3 && ir.nodes[6].c == 0);
    CHECK(ir.nodes[5].a == 1 && ir.nodes[5].b == 4 && ir.nodes[3].a == 2);
    ir_done();
    CHECK_SHAPE("param param i32.load16_u i32.load8_u i32.store8 i32.store16 return", "ii:", 0, GET,
                0, GET, 1, CONST, 3, 0xfc, 10, 0, 0, END);
    CHECK(IR_BUILD("i:", 0, GET, 0, CONST, 7, CONST, 33, 0xfc, 11, 0, END) == 0);
    CHECK(ir.nnodes == 7 && ir.nodes[2].type == IR_V128 &&
          ir.pool[ir.nodes[2].a + 3] == 0x07070707);
    for (ir_ref_t r = 3; r < 6; r++)
        CHECK(ir.nodes[r].op == WASM_OP_v128_store);
    CHECK(ir.nodes[3].c == 17 && ir.nodes[4].c == 16 && ir.nodes[5].c == 0); /* 17 overlaps */
    ir_done();
    CHECK_SHAPE("param -1 i32.store i32.store return", "i:", 0, GET, 0, CONST, 0xff, 1, CONST, 6,
                0xfc, 11, 0, END);
    /* no bytes: still a bounds check; too many bytes: a call */
    CHECK_SHAPE("param param 0 i64.extend_i32_u i64.extend_i32_u 0 call_rt return", "ii:", 0, GET,
                0, GET, 1, CONST, 0, 0xfc, 10, 0, 0, END);
    CHECK(IR_BUILD("ii:", 0, GET, 0, GET, 1, CONST, 0xc1, 0, 0xfc, 10, 0, 0, END) == 0);
    CHECK(ir.makes_calls); /* 65 */
    ir_done();
}

/* ---- large functions ---- */

static uint8_t large[TEST_MODULE_BYTES_MAX];
static size_t large_len;

static void emit(unsigned byte)
{
    assert(large_len < sizeof large);
    large[large_len++] = (uint8_t)byte;
}

static void emit_u32(uint32_t v)
{
    for (; v >= 0x80; v >>= 7)
        emit((v & 0x7f) | 0x80);
    emit(v);
}

static void emit_locals(uint32_t n)
{
    large_len = 0;
    emit(1);
    emit_u32(n);
    emit(I32);
}

/* More locals than one level of the tree holds: each is found again, before and after a merge. */
/* Memory 2 and table 1 are 64 bits wide. */
TEST(build_wide_addresses)
{
    /* one check for all that is at the same index, also behind stores and in inner blocks … */
    CHECK_SHAPE("param memory.check i64.load i64.load8_u i64.add i64.store return", "I:", 0, GET, 0,
                GET, 0, 0x29, 0x43, 2, 8, GET, 0, 0x31, 0x40, 2, 0xff, 0xff, 0xff, 0xff, 0x0f,
                ADD64, 0x37, 0x43, 2, 0, END);
    CHECK_SHAPE(
        "param memory.check i32.load branch | i32.load i32.load i32.add i32.store jump | return",
        "I:", 0, GET, 0, 0x28, 0x42, 2, 0, IF, VOID, GET, 0, GET, 0, 0x28, 0x42, 2, 8, GET, 0, 0x28,
        0x42, 2, 16, ADD, 0x36, 0x42, 2, 4, END, END);
    /* … but not behind an arm */
    CHECK_SHAPE("param param branch | memory.check i32.load jump | memory.check i32.load return",
                "iI:", 0, GET, 0, IF, VOID, GET, 1, 0x28, 0x42, 2, 0, DROP, END, GET, 1, 0x28, 0x42,
                2, 0, DROP, END);
    /* what is below 4 GiB needs none */
    CHECK_SHAPE("param i64.extend_i32_u i32.load return", "i:i", 0, GET, 0, 0xad, 0x28, 0x42, 2, 4,
                END);
    CHECK_SHAPE("0 i32.load return", ":i", 0, CONST64, 16, 0x28, 0x42, 2, 4, END);
    /* 2^32 at a constant, far offsets, and one that is never inside */
    CHECK_SHAPE("4294967296 memory.check i32.load return", ":i", 0, CONST64, 16, 0x28, 0x42, 2,
                0xf0, 0xff, 0xff, 0xff, 0x0f, END);
    CHECK_SHAPE("param memory.check 4294967296 i64.add memory.check i32.load return", "I:i", 0, GET,
                0, 0x28, 0x42, 2, 0x80, 0x80, 0x80, 0x80, 0x10, END);
    CHECK_SHAPE("-1 memory.check i32.load return", "I:i", 0, GET, 0, 0x28, 0x42, 2, 0x80, 0x80,
                0x80, 0x80, 0x80, 0x80, 0x40, END);
    CHECK_SHAPE("-1 memory.check i32.load return", ":i", 0, CONST64, 0x7f, 0x28, 0x42, 2, 1, END);
    /* an index that a table of any size has not, where 32 bits do not hold it */
    CHECK_SHAPE("param param i32.wrap_i64 32 i64.shr_u -1 i64.eqz select call_indirect return",
                "iI:", 0, GET, 0, GET, 1, CALL_INDIRECT, 1, 1, DROP, DROP, END);
    CHECK_SHAPE("param call_indirect return", "i:", 0, GET, 0, GET, 0, 0xad, CALL_INDIRECT, 1, 1,
                DROP, DROP, END);
    CHECK_SHAPE("table.size i64.extend_i32_u return", ":I", 0, 0xfc, 16, 1, END);
    CHECK_SHAPE("memory.size return", ":I", 0, 0x3f, 2, END);
}

TEST(build_many_locals)
{
    emit_locals(700);
    for (uint32_t i = 0; i < 700; i += 13) {
        emit(GET), emit(0), emit(CONST), emit(i % 60), emit(ADD), emit(SET), emit_u32(i + 1);
        if (i % 5 == 0)
            emit(GET), emit(0), emit(IF), emit(VOID), emit(CONST), emit(3), emit(SET),
                emit_u32(i + 1), emit(END);
    }
    emit(CONST), emit(0);
    for (uint32_t i = 0; i < 700; i += 13)
        emit(GET), emit_u32(i + 1), emit(ADD);
    emit(END);
    CHECK(ir_build_bytes("i:i", large, large_len) == 0);
    CHECK(ir.nslots == 0);
    ir_done();
}

/* Loops within loops that all assign many locals: too many phis, so the locals live in the frame.
 */
static void tangle(uint32_t nlocals, uint32_t depth)
{
    emit_locals(nlocals);
    for (uint32_t i = 0; i < depth; i++)
        emit(LOOP), emit(VOID), emit(GET), emit(0), emit(BR_IF), emit(0);
    for (uint32_t i = 0; i < nlocals; i++)
        emit(GET), emit(0), emit(SET), emit_u32(i);
    for (uint32_t i = 0; i < depth; i++)
        emit(END);
    emit(GET), emit(0), emit(END);
}

TEST(build_in_slots)
{
    tangle(200, 300);
    CHECK(ir_build_bytes("i:i", large, large_len) == 0);
    CHECK(ir.nslots == 201);
    ir_done();
}

/* Memory running out anywhere is reported, and leaves nothing behind. */
TEST(build_out_of_memory)
{
    int e = -ENOMEM;

    tangle(20, 10);
    for (unsigned n = 1; e == -ENOMEM && n < 200; n++) {
        ir_pool.fail_after = n;
        e = ir_build_bytes("i:i", large, large_len);
        CHECK(e == 0 || e == -ENOMEM);
        ir_pool.fail_after = 0;
        ir_done();
    }
    CHECK(e == 0);
}
