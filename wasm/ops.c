#include "wasm/ops.h"

/* The letters of ops.def's last column. */
enum {
    T = WASM_OPF_TRAP,
    C = WASM_OPF_COMMUTATIVE,
    P = WASM_OPF_PURE,
    R = WASM_OPF_READ,
    W = WASM_OPF_WRITE,
    K = WASM_OPF_CONST,
};

/* An immediate of ops.def as {kind, alignment, lanes}. */
#define IMM_SIMPLE(kind)    .imm = WASM_IMM_##kind
#define IMM_MEM(align)      .imm = WASM_IMM_MEM, .align_log2 = (align)
#define IMM_MEM_LANE(align) .imm = WASM_IMM_MEM_LANE, .align_log2 = (align), .nlanes = 16 >> (align)
#define IMM_LANE(n)         .imm = WASM_IMM_LANE, .nlanes = (n)
#define IMM_ATOMIC(align)   .imm = WASM_IMM_ATOMIC, .align_log2 = (align)
#define IMM_NONE            IMM_SIMPLE(NONE)
#define IMM_BLOCK           IMM_SIMPLE(BLOCK)
#define IMM_LABEL           IMM_SIMPLE(LABEL)
#define IMM_LABELS          IMM_SIMPLE(LABELS)
#define IMM_FUNC            IMM_SIMPLE(FUNC)
#define IMM_TYPE            IMM_SIMPLE(TYPE)
#define IMM_TYPE_TABLE      IMM_SIMPLE(TYPE_TABLE)
#define IMM_LOCAL           IMM_SIMPLE(LOCAL)
#define IMM_GLOBAL          IMM_SIMPLE(GLOBAL)
#define IMM_TABLE           IMM_SIMPLE(TABLE)
#define IMM_TABLE_TABLE     IMM_SIMPLE(TABLE_TABLE)
#define IMM_ELEM            IMM_SIMPLE(ELEM)
#define IMM_ELEM_TABLE      IMM_SIMPLE(ELEM_TABLE)
#define IMM_DATA            IMM_SIMPLE(DATA)
#define IMM_DATA_MEMORY     IMM_SIMPLE(DATA_MEMORY)
#define IMM_MEMORY          IMM_SIMPLE(MEMORY)
#define IMM_MEMORY_MEMORY   IMM_SIMPLE(MEMORY_MEMORY)
#define IMM_SHUFFLE         IMM_SIMPLE(SHUFFLE)
#define IMM_I32             IMM_SIMPLE(I32)
#define IMM_I64             IMM_SIMPLE(I64)
#define IMM_F32             IMM_SIMPLE(F32)
#define IMM_F64             IMM_SIMPLE(F64)
#define IMM_V128            IMM_SIMPLE(V128)
#define IMM_HEAP            IMM_SIMPLE(HEAP)
#define IMM_TYPES           IMM_SIMPLE(TYPES)
#define IMM_TAG             IMM_SIMPLE(TAG)
#define IMM_TRY_TABLE       IMM_SIMPLE(TRY_TABLE)
#define IMM_ZERO            IMM_SIMPLE(ZERO)
#define IMM_ATOMIC0         IMM_ATOMIC(0)
#define IMM_ATOMIC1         IMM_ATOMIC(1)
#define IMM_ATOMIC2         IMM_ATOMIC(2)
#define IMM_ATOMIC3         IMM_ATOMIC(3)
#define IMM_MEM0            IMM_MEM(0)
#define IMM_MEM1            IMM_MEM(1)
#define IMM_MEM2            IMM_MEM(2)
#define IMM_MEM3            IMM_MEM(3)
#define IMM_MEM4            IMM_MEM(4)
#define IMM_MEM0LANE16      IMM_MEM_LANE(0)
#define IMM_MEM1LANE8       IMM_MEM_LANE(1)
#define IMM_MEM2LANE4       IMM_MEM_LANE(2)
#define IMM_MEM3LANE2       IMM_MEM_LANE(3)
#define IMM_LANE16          IMM_LANE(16)
#define IMM_LANE8           IMM_LANE(8)
#define IMM_LANE4           IMM_LANE(4)
#define IMM_LANE2           IMM_LANE(2)

/* The signature string taken apart at compile time; the padding keeps every index inside the
 * literal. */
#define SIG_CHAR(sig, i) ((sig "\0\0\0\0\0")[i])
#define SIG_CONTROL(sig) (SIG_CHAR(sig, 0) == '*')
#define SIG_NPOPS(sig)                                                                             \
    (SIG_CONTROL(sig) || SIG_CHAR(sig, 0) == ':' ? 0                                               \
     : SIG_CHAR(sig, 1) == ':'                   ? 1                                               \
     : SIG_CHAR(sig, 2) == ':'                   ? 2                                               \
                                                 : 3)
#define SIG_POP(sig, i) (SIG_NPOPS(sig) > (i) ? SIG_CHAR(sig, i) : 0)
#define SIG_PUSH(sig)   (SIG_CONTROL(sig) ? 0 : SIG_CHAR(sig, SIG_NPOPS(sig) + 1))

const struct wasm_op_info wasm_ops[WASM_OP_COUNT] = {
    [WASM_OP_INVALID] = {.name = "(invalid)", .code = UINT32_MAX},
#define OP(op_code, id, text, immediate, sig, op_flags)                                            \
    [WASM_OP_##id] = {                                                                             \
        .name = text,                                                                              \
        .code = op_code,                                                                           \
        IMM_##immediate,                                                                           \
        .flags = (op_flags) | (SIG_CONTROL(sig) ? WASM_OPF_CONTROL : 0) |                          \
                 (WASM_CODE_PREFIX(op_code) == WASM_PREFIX_FD ? WASM_OPF_VECTOR : 0),              \
        .npops = SIG_NPOPS(sig),                                                                   \
        .pops = {SIG_POP(sig, 0), SIG_POP(sig, 1), SIG_POP(sig, 2)},                               \
        .pushes = SIG_PUSH(sig),                                                                   \
    },
#include "wasm/ops.def"
#undef OP
};

#define MAP_SLOT(code)                                                                             \
    (WASM_CODE_PREFIX(code) == WASM_PREFIX_FC   ? WASM_OP_MAP_FC + WASM_CODE_REST(code)            \
     : WASM_CODE_PREFIX(code) == WASM_PREFIX_FD ? WASM_OP_MAP_FD + WASM_CODE_REST(code)            \
     : WASM_CODE_PREFIX(code) == WASM_PREFIX_FE ? WASM_OP_MAP_FE + WASM_CODE_REST(code)            \
                                                : (code))

const uint16_t wasm_op_map[WASM_OP_MAP_SIZE] = {
#define OP(code, id, text, imm, sig, flags) [MAP_SLOT(code)] = WASM_OP_##id,
#include "wasm/ops.def"
#undef OP
};

enum wasm_op wasm_op_of_prefixed(uint8_t prefix, uint32_t code)
{
    if (prefix == WASM_PREFIX_FC && code < WASM_OP_MAP_FD - WASM_OP_MAP_FC)
        return (enum wasm_op)wasm_op_map[WASM_OP_MAP_FC + code];
    if (prefix == WASM_PREFIX_FD && code < WASM_OP_MAP_FE - WASM_OP_MAP_FD)
        return (enum wasm_op)wasm_op_map[WASM_OP_MAP_FD + code];
    if (prefix == WASM_PREFIX_FE && code < WASM_OP_MAP_SIZE - WASM_OP_MAP_FE)
        return (enum wasm_op)wasm_op_map[WASM_OP_MAP_FE + code];
    return WASM_OP_INVALID;
}

static const struct {
    uint8_t prefix;
    uint16_t first, last;
    const char *proposal;
} later[] = {
    {0, 0xd3, 0xd3, "garbage collection"},
    {0, 0xe0, 0xe6, "stack switching"},
    {0, 0xfb, 0xfb, "garbage collection"},
    {WASM_PREFIX_FC, 0x13, 0x16, "wide arithmetic"},
};

const char *wasm_op_proposal(uint8_t prefix, uint32_t code)
{
    for (size_t i = 0; i < ARRAY_LEN(later); i++)
        if (later[i].prefix == prefix && code >= later[i].first && code <= later[i].last)
            return later[i].proposal;
    return NULL;
}
