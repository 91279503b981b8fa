/* memory.copy and memory.fill of memory 0, in machine code: no way out to the runtime, which costs
 * more than a short copy does. Everything is loaded before anything is stored wherever ranges may
 * overlap, and both ranges are inside the memory before anything is written. What is left, other
 * memories and traps, is the runtime's: nothing that it needs has been changed then. */
#include "wasm/x64/stub.h"

#include "wasm/jit/code_int.h"
#include "wasm/x64/simd.h"

/* Where the call's operands are: rt_memory_copy's behind the instance, rt_memory_fill's. */
enum {
    COPY_TO_MEMORY = X64_RSI,
    COPY_FROM_MEMORY = X64_RDX,
    COPY_DST = X64_RCX,
    COPY_SRC = X64_R8,
    COPY_N = X64_R9,
    FILL_MEMORY = X64_RSI,
    FILL_DST = X64_RDX,
    FILL_BYTE = X64_RCX,
    FILL_N = X64_R8,
};

#define VINSERTF128 (0x18 | X64_0F3A | X64_66)
enum { XMM_BYTES = 16, YMM_BYTES = 32, BLOCK_YMMS = 4, BLOCK_BYTES = BLOCK_YMMS * YMM_BYTES };
#define BYTES_01 0x0101010101010101ull

/* ---- pieces ---- */

static struct x64_rm past(unsigned base, int64_t disp)
{
    return x64_m(base, (int32_t)disp);
}

static struct x64_rm before_end(unsigned base, unsigned n, int bytes)
{
    return x64_mx(base, n, 0, -bytes);
}

/* l: X64_YMM for a ymm register, or 0. */
static void load(struct x64_enc *e, x64_op_t l, unsigned number, struct x64_rm from)
{
    x64_vex(e, X64_MOVUPS_LOAD | l, X64_XMM + number, X64_NONE, from);
}

static void store(struct x64_enc *e, x64_op_t l, unsigned number, struct x64_rm to)
{
    x64_vex(e, X64_MOVUPS_STORE | l, X64_XMM + number, X64_NONE, to);
}

static int bytes_of(x64_op_t l)
{
    return l ? YMM_BYTES : XMM_BYTES;
}

static void branch_above(struct x64_enc *e, unsigned reg, int32_t limit, struct x64_label *to)
{
    x64_alu_imm(e, X64_CMP, X64_W, x64_r(reg), limit);
    x64_jcc(e, X64_A, to);
}

static void branch_below(struct x64_enc *e, unsigned reg, int32_t limit, struct x64_label *to)
{
    x64_alu_imm(e, X64_CMP, X64_W, x64_r(reg), limit);
    x64_jcc(e, X64_B, to);
}

static void leave(struct x64_enc *e, x64_op_t l)
{
    if (l)
        x64_vzeroupper(e);
    x64_ret(e, 0);
}

static void return_up_to(struct x64_enc *e, x64_op_t l, unsigned reg, int32_t limit)
{
    struct x64_label on = {0};
    branch_above(e, reg, limit, &on);
    leave(e, l);
    x64_bind(e, &on);
}

/* rax = the highest address at which n bytes are inside memory 0. */
static void highest(struct x64_enc *e, unsigned n, struct x64_label *slow)
{
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RAX, past(ABI_CTX, offsetof(struct wasm_ctx, mem0)));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RAX,
           past(X64_RAX, offsetof(struct ctx_memory, size_bytes)));
    x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, X64_RAX, x64_r(n));
    x64_jcc(e, X64_B, slow);
}

/* From an address to a pointer, if it is not above rax. */
static void check(struct x64_enc *e, unsigned address, struct x64_label *slow)
{
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, address, x64_r(X64_RAX));
    x64_jcc(e, X64_A, slow);
}

static void add(struct x64_enc *e, unsigned to, unsigned reg)
{
    x64_op(e, X64_ALU_LOAD(X64_ADD) | X64_W, to, x64_r(reg));
}

/* ---- copies ---- */

/* `count` vectors from the start and as many from the end: all lengths from count of them to twice
 * that. */
static void copy_ends(struct x64_enc *e, x64_op_t l, unsigned count)
{
    for (unsigned pass = 0; pass < 2; pass++) {
        unsigned base = pass ? COPY_DST : COPY_SRC;
        for (unsigned i = 0; i < 2 * count; i++) {
            int to_end = bytes_of(l) * (int)(2 * count - i);
            struct x64_rm at =
                i < count ? past(base, bytes_of(l) * i) : before_end(base, COPY_N, to_end);
            (pass ? store : load)(e, l, i, at);
        }
    }
    leave(e, l);
}

/* The same with two words of 4 or 8 bytes. */
static void copy_words(struct x64_enc *e, x64_op_t w, int bytes)
{
    x64_op(e, X64_MOV_LOAD | w, X64_RAX, past(COPY_SRC, 0));
    x64_op(e, X64_MOV_LOAD | w, X64_RDX, before_end(COPY_SRC, COPY_N, bytes));
    x64_op(e, X64_MOV_STORE | w, X64_RAX, past(COPY_DST, 0));
    x64_op(e, X64_MOV_STORE | w, X64_RDX, before_end(COPY_DST, COPY_N, bytes));
    x64_ret(e, 0);
}

/* Up to 3 bytes: the first, the middle one, the last. */
static void copy_bytes(struct x64_enc *e)
{
    struct x64_label none = {0};
    x64_op(e, X64_MOV_LOAD, X64_R10, x64_r(COPY_N));
    x64_shift_imm(e, X64_SHR, 0, x64_r(X64_R10), 1);
    x64_op(e, X64_TEST, COPY_N, x64_r(COPY_N));
    x64_jcc(e, X64_E, &none);
    x64_op(e, X64_MOVZX8, X64_RAX, past(COPY_SRC, 0));
    x64_op(e, X64_MOVZX8, X64_RDX, x64_mx(COPY_SRC, X64_R10, 0, 0));
    x64_op(e, X64_MOVZX8, X64_RSI, before_end(COPY_SRC, COPY_N, 1));
    x64_op(e, X64_MOV_STORE8, X64_RAX, past(COPY_DST, 0));
    x64_op(e, X64_MOV_STORE8, X64_RDX, x64_mx(COPY_DST, X64_R10, 0, 0));
    x64_op(e, X64_MOV_STORE8, X64_RSI, before_end(COPY_DST, COPY_N, 1));
    x64_bind(e, &none);
    x64_ret(e, 0);
}

/* Moves a block that begins `disp` behind the pointers, and then the pointers by `step`; over and
 * over while the pointer to the destination is on this side of r11. */
static void copy_blocks(struct x64_enc *e, int disp, int step, enum x64_cond while_)
{
    struct x64_label again = {0};
    x64_nops(e, -e->pos % CODE_ALIGN);
    x64_bind(e, &again);
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        load(e, X64_YMM, i, past(COPY_SRC, disp + YMM_BYTES * (int)i));
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        store(e, X64_YMM, i, past(COPY_DST, disp + YMM_BYTES * (int)i));
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(COPY_DST), -step);
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(COPY_SRC), -step);
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, COPY_DST, x64_r(X64_R11));
    x64_jcc(e, while_, &again);
}

/* Registers behind those of a block. */
enum { ONE_YMM = BLOCK_YMMS, OTHER_YMMS };

/* More than two blocks, dst not inside of what is read: upwards, the destination at multiples of a
 * vector. The first vector and the last block are loaded before that and stored behind it. */
static void copy_upwards(struct x64_enc *e)
{
    load(e, X64_YMM, ONE_YMM, past(COPY_SRC, 0));
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        load(e, X64_YMM, OTHER_YMMS + i,
             before_end(COPY_SRC, COPY_N, BLOCK_BYTES - YMM_BYTES * (int)i));
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R10, x64_r(COPY_DST));
    x64_op(e, X64_LEA | X64_W, X64_R11, before_end(COPY_DST, COPY_N, BLOCK_BYTES));
    x64_op(e, X64_MOV_LOAD, X64_RAX, x64_r(COPY_DST));
    x64_op(e, X64_GROUP3, X64_NEG, x64_r(X64_RAX));
    x64_alu_imm(e, X64_AND, 0, x64_r(X64_RAX), YMM_BYTES - 1);
    add(e, COPY_DST, X64_RAX);
    add(e, COPY_SRC, X64_RAX);
    copy_blocks(e, 0, BLOCK_BYTES, X64_B);
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        store(e, X64_YMM, OTHER_YMMS + i, past(X64_R11, YMM_BYTES * i));
    store(e, X64_YMM, ONE_YMM, past(X64_R10, 0));
    leave(e, X64_YMM);
}

/* The mirror image, for a dst inside of what is read. */
static void copy_downwards(struct x64_enc *e)
{
    load(e, X64_YMM, ONE_YMM, before_end(COPY_SRC, COPY_N, YMM_BYTES));
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        load(e, X64_YMM, OTHER_YMMS + i, past(COPY_SRC, YMM_BYTES * i));
    x64_op(e, X64_LEA | X64_W, X64_R11, past(COPY_DST, BLOCK_BYTES));
    add(e, COPY_DST, COPY_N);
    add(e, COPY_SRC, COPY_N);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_R10, x64_r(COPY_DST));
    x64_op(e, X64_MOV_LOAD, X64_RAX, x64_r(COPY_DST));
    x64_alu_imm(e, X64_AND, 0, x64_r(X64_RAX), YMM_BYTES - 1);
    x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, COPY_DST, x64_r(X64_RAX));
    x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, COPY_SRC, x64_r(X64_RAX));
    copy_blocks(e, -BLOCK_BYTES, -BLOCK_BYTES, X64_A);
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        store(e, X64_YMM, OTHER_YMMS + i, past(X64_R11, YMM_BYTES * (int)i - BLOCK_BYTES));
    store(e, X64_YMM, ONE_YMM, past(X64_R10, -YMM_BYTES));
    leave(e, X64_YMM);
}

void stub_memory_copy(struct x64_enc *e, struct x64_label *slow)
{
    struct x64_label to_words = {0}, to_4 = {0}, to_bytes = {0}, to_64 = {0}, to_128 = {0},
                     to_256 = {0}, to_long = {0}, down = {0};
    x64_op(e, X64_MOV_LOAD, X64_R10, x64_r(COPY_TO_MEMORY));
    x64_op(e, X64_ALU_LOAD(X64_OR), X64_R10, x64_r(COPY_FROM_MEMORY));
    x64_jcc(e, X64_NE, slow);
    highest(e, COPY_N, slow);
    check(e, COPY_DST, slow);
    check(e, COPY_SRC, slow);
    add(e, COPY_DST, ABI_MEM);
    add(e, COPY_SRC, ABI_MEM);
    branch_below(e, COPY_N, 16, &to_words);
    branch_above(e, COPY_N, 32, &to_64);
    copy_ends(e, 0, 1);
    x64_bind(e, &to_words);
    branch_below(e, COPY_N, 8, &to_4);
    copy_words(e, X64_W, 8);
    x64_bind(e, &to_4);
    branch_below(e, COPY_N, 4, &to_bytes);
    copy_words(e, 0, 4);
    x64_bind(e, &to_bytes);
    copy_bytes(e);
    x64_bind(e, &to_64);
    branch_above(e, COPY_N, 64, &to_128);
    copy_ends(e, 0, 2);
    x64_bind(e, &to_128);
    branch_above(e, COPY_N, 128, &to_256);
    copy_ends(e, 0, 4);
    x64_bind(e, &to_256);
    branch_above(e, COPY_N, 256, &to_long);
    copy_ends(e, X64_YMM, 4);
    x64_bind(e, &to_long);
    x64_op(e, X64_MOV_LOAD | X64_W, X64_RAX, x64_r(COPY_DST));
    x64_op(e, X64_ALU_LOAD(X64_SUB) | X64_W, X64_RAX, x64_r(COPY_SRC));
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, X64_RAX, x64_r(COPY_N));
    x64_jcc(e, X64_B, &down);
    copy_upwards(e);
    x64_bind(e, &down);
    copy_downwards(e);
}

/* ---- fills ---- */

/* FILL_BYTE: eight times the byte. */
static void fill_short(struct x64_enc *e)
{
    struct x64_label to_4 = {0}, to_bytes = {0}, one = {0};
    branch_below(e, FILL_N, 8, &to_4);
    x64_op(e, X64_MOV_STORE | X64_W, FILL_BYTE, past(FILL_DST, 0));
    x64_op(e, X64_MOV_STORE | X64_W, FILL_BYTE, before_end(FILL_DST, FILL_N, 8));
    x64_ret(e, 0);
    x64_bind(e, &to_4);
    branch_below(e, FILL_N, 4, &to_bytes);
    x64_op(e, X64_MOV_STORE, FILL_BYTE, past(FILL_DST, 0));
    x64_op(e, X64_MOV_STORE, FILL_BYTE, before_end(FILL_DST, FILL_N, 4));
    x64_ret(e, 0);
    x64_bind(e, &to_bytes);
    branch_below(e, FILL_N, 2, &one);
    x64_op(e, X64_MOV_STORE16, FILL_BYTE, past(FILL_DST, 0));
    x64_bind(e, &one);
    struct x64_label none = {0};
    x64_op(e, X64_TEST, FILL_N, x64_r(FILL_N));
    x64_jcc(e, X64_E, &none);
    x64_op(e, X64_MOV_STORE8, FILL_BYTE, before_end(FILL_DST, FILL_N, 1));
    x64_bind(e, &none);
    x64_ret(e, 0);
}

/* Vectors `from` to `to` after the start, and as many before the end. */
static void fill_ends(struct x64_enc *e, x64_op_t l, int from, int to)
{
    for (int i = from; i < to; i++) {
        store(e, l, 0, past(FILL_DST, bytes_of(l) * i));
        store(e, l, 0, before_end(FILL_DST, FILL_N, bytes_of(l) * (i + 1)));
    }
}

/* What lies between the first block and the last one, at multiples of a vector. */
static void fill_long(struct x64_enc *e)
{
    struct x64_label again = {0};
    x64_op(e, X64_LEA | X64_W, FILL_N, before_end(FILL_DST, FILL_N, BLOCK_BYTES));
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(FILL_DST), -BLOCK_BYTES);
    x64_alu_imm(e, X64_AND, X64_W, x64_r(FILL_DST), -YMM_BYTES);
    x64_nops(e, -e->pos % CODE_ALIGN);
    x64_bind(e, &again);
    for (unsigned i = 0; i < BLOCK_YMMS; i++)
        store(e, X64_YMM, 0, past(FILL_DST, YMM_BYTES * i));
    x64_alu_imm(e, X64_SUB, X64_W, x64_r(FILL_DST), -BLOCK_BYTES);
    x64_op(e, X64_ALU_LOAD(X64_CMP) | X64_W, FILL_DST, x64_r(FILL_N));
    x64_jcc(e, X64_B, &again);
    leave(e, X64_YMM);
}

void stub_memory_fill(struct x64_enc *e, struct x64_label *slow)
{
    struct x64_label is_short = {0};
    x64_op(e, X64_TEST, FILL_MEMORY, x64_r(FILL_MEMORY));
    x64_jcc(e, X64_NE, slow);
    highest(e, FILL_N, slow);
    check(e, FILL_DST, slow);
    add(e, FILL_DST, ABI_MEM);
    x64_op(e, X64_MOVZX8, FILL_BYTE, x64_r(FILL_BYTE));
    x64_mov_imm(e, X64_R10, BYTES_01);
    x64_op(e, X64_IMUL | X64_W, FILL_BYTE, x64_r(X64_R10));
    branch_below(e, FILL_N, 16, &is_short);
    x64_vex(e, X64_MOVD_TO_XMM | X64_W, X64_XMM, X64_NONE, x64_r(FILL_BYTE));
    x64_vex(e, VPUNPCKLQDQ, X64_XMM, X64_XMM, x64_r(X64_XMM));
    fill_ends(e, 0, 0, 1);
    return_up_to(e, 0, FILL_N, 32);
    fill_ends(e, 0, 1, 2);
    return_up_to(e, 0, FILL_N, 64);
    fill_ends(e, 0, 2, 4);
    return_up_to(e, 0, FILL_N, 128);
    x64_vex_imm8(e, VINSERTF128 | X64_YMM, X64_XMM, X64_XMM, x64_r(X64_XMM), 1);
    fill_ends(e, X64_YMM, 2, 4);
    return_up_to(e, X64_YMM, FILL_N, 256);
    fill_long(e);
    x64_bind(e, &is_short);
    fill_short(e);
}
