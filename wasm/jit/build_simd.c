/* Vector instructions: constants and shuffles keep their 16 bytes in the pool, accesses of single
 * lanes are taken apart into a scalar access and a lane instruction. */
#include "wasm/jit/build.h"

#include "base/string.h"

uint32_t build__vector_words(struct builder *b, const uint8_t bytes[16])
{
    uint32_t words[4], at;
    uint64_t h = 0;

    for (unsigned i = 0; i < 4; i++) {
        words[i] = bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 |
                   (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24;
        h = (h ^ words[i]) * 0x9e3779b97f4a7c15ull;
    }
    b->nvectors++;
    uint32_t *known = &b->vectors[h >> 58];
    _Static_assert(ARRAY_LEN(b->vectors) == 64, "six bits of hash");
    if (*known && !memcmp(b->f->pool + *known, words, sizeof words))
        return *known;
    at = build__pool(b, 4);
    if (at) {
        memcpy(b->f->pool + at, words, sizeof words);
        *known = at;
    }
    return at;
}

ir_ref_t build__vector_const(struct builder *b, const uint8_t bytes[16])
{
    return build__pure(
        b, (struct ir_node){.op = IR_CONST, .type = IR_V128, .a = build__vector_words(b, bytes)});
}

static enum ir_type result_type(unsigned op)
{
    switch (wasm_op_info(op)->pushes) {
    case 'i':
        return IR_I32;
    case 'I':
        return IR_I64;
    case 'f':
        return IR_F32;
    case 'F':
        return IR_F64;
    default:
        return IR_V128;
    }
}

static ir_ref_t lane_op(struct builder *b, unsigned op, unsigned lane, ir_ref_t x, ir_ref_t y)
{
    return build__pure(b, (struct ir_node){.op = (uint16_t)op,
                                           .type = (uint8_t)result_type(op),
                                           .aux = (uint8_t)lane,
                                           .a = x,
                                           .b = y});
}

/* Shuffles of one operand name it twice, with lanes below 16. */
static ir_ref_t shuffle(struct builder *b, const uint8_t *lanes, ir_ref_t x, ir_ref_t y)
{
    uint8_t own[16];
    unsigned from_x = 0, in_place = 0;

    for (unsigned i = 0; i < 16; i++)
        from_x += lanes[i] < 16;
    if (from_x == 16)
        y = x;
    else if (from_x == 0)
        x = y;
    for (unsigned i = 0; i < 16; i++) {
        own[i] = x == y ? lanes[i] & 15 : lanes[i];
        in_place += own[i] == i;
    }
    if (in_place == 16)
        return x;
    return build__pure(b, (struct ir_node){.op = WASM_OP_i8x16_shuffle,
                                           .type = IR_V128,
                                           .a = x,
                                           .b = y,
                                           .c = build__vector_words(b, own)});
}

static unsigned splat_bytes(unsigned op)
{
    switch (op) {
    case WASM_OP_i8x16_splat:
        return 1;
    case WASM_OP_i16x8_splat:
        return 2;
    case WASM_OP_i32x4_splat:
    case WASM_OP_f32x4_splat:
        return 4;
    case WASM_OP_i64x2_splat:
    case WASM_OP_f64x2_splat:
        return 8;
    default:
        return 0;
    }
}

static ir_ref_t splat(struct builder *b, unsigned op, ir_ref_t x, unsigned size)
{
    uint8_t bytes[16];
    uint64_t bits;

    if (!fold__const(b, x, &bits))
        return lane_op(b, op, 0, x, 0);
    for (unsigned i = 0; i < 16; i++)
        bytes[i] = (uint8_t)(bits >> i % size * 8);
    return build__vector_const(b, bytes);
}

static ir_ref_t plain(struct builder *b, const struct wasm_insn *in)
{
    const struct wasm_op_info *info = wasm_op_info(in->op);
    ir_ref_t operands[3] = {0, 0, 0};
    unsigned size = splat_bytes(in->op);

    for (unsigned i = info->npops; i-- > 0;)
        operands[i] = build__pop(b);
    if (size)
        return splat(b, in->op, operands[0], size);
    if (in->op == WASM_OP_i8x16_shuffle)
        return shuffle(b, in->bytes, operands[0], operands[1]);
    if (info->flags & WASM_OPF_COMMUTATIVE && fold__at(b, operands[0])->op == IR_CONST) {
        ir_ref_t x = operands[0];
        operands[0] = operands[1];
        operands[1] = x;
    }
    return build__pure(b, (struct ir_node){.op = in->op,
                                           .type = (uint8_t)result_type(in->op),
                                           .aux = info->imm == WASM_IMM_LANE ? in->lane : 0,
                                           .a = operands[0],
                                           .b = operands[1],
                                           .c = operands[2]});
}

/* The access in scalar terms, and the instruction that moves the lane. */
static const struct {
    uint16_t access, lane;
} lane_accesses[] = {
    {WASM_OP_i32_load8_u, WASM_OP_i8x16_replace_lane},
    {WASM_OP_i32_load16_u, WASM_OP_i16x8_replace_lane},
    {WASM_OP_i32_load, WASM_OP_i32x4_replace_lane},
    {WASM_OP_i64_load, WASM_OP_i64x2_replace_lane},
    {WASM_OP_i32_store8, WASM_OP_i8x16_extract_lane_u},
    {WASM_OP_i32_store16, WASM_OP_i16x8_extract_lane_u},
    {WASM_OP_f32_store, WASM_OP_f32x4_extract_lane},
    {WASM_OP_f64_store, WASM_OP_f64x2_extract_lane},
};
_Static_assert(WASM_OP_v128_store64_lane - WASM_OP_v128_load8_lane + 1 == ARRAY_LEN(lane_accesses),
               "one row per instruction");

static void lane_access(struct builder *b, const struct wasm_insn *in)
{
    unsigned i = in->op - WASM_OP_v128_load8_lane;
    unsigned lane = lane_accesses[i].lane;
    struct wasm_insn access = *in;
    ir_ref_t v = build__pop(b);

    access.op = lane_accesses[i].access;
    if (in->op >= WASM_OP_v128_store8_lane) {
        build__push(b, lane_op(b, lane, in->lane, v, 0));
        build__memory_op(b, &access);
    } else {
        build__memory_op(b, &access);
        build__push(b, lane_op(b, lane, in->lane, v, build__pop(b)));
    }
}

void build__vector_op(struct builder *b, const struct wasm_insn *in)
{
    switch (wasm_op_info(in->op)->imm) {
    case WASM_IMM_V128:
        build__push(b, build__vector_const(b, in->bytes));
        break;
    case WASM_IMM_MEM:
        build__memory_op(b, in);
        break;
    case WASM_IMM_MEM_LANE:
        lane_access(b, in);
        break;
    default:
        build__push(b, plain(b, in));
        break;
    }
}
