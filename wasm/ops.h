/* The instruction table: ops.def as an enumeration and as rows. Decoder, validator, compiler,
 * disassembler and tests all read these. */
#pragma once

#include "base/base.h"

enum wasm_op {
    WASM_OP_INVALID, /* no instruction has this number */
#define OP(code, id, text, imm, sig, flags) WASM_OP_##id,
#include "wasm/ops.def"
#undef OP
    WASM_OP_COUNT
};

/* What follows the opcode. Field names are those of struct wasm_insn (decode/reader.h). */
enum wasm_imm {
    WASM_IMM_NONE,
    WASM_IMM_BLOCK,         /* block type */
    WASM_IMM_LABEL,         /* a: depth */
    WASM_IMM_LABELS,        /* a: count; labels: count + 1 depths, the default last */
    WASM_IMM_FUNC,          /* a: function */
    WASM_IMM_TYPE,          /* a: type */
    WASM_IMM_TYPE_TABLE,    /* a: type, b: table */
    WASM_IMM_LOCAL,         /* a: local */
    WASM_IMM_GLOBAL,        /* a: global */
    WASM_IMM_TABLE,         /* a: table */
    WASM_IMM_TABLE_TABLE,   /* a: destination, b: source */
    WASM_IMM_ELEM,          /* a: segment */
    WASM_IMM_ELEM_TABLE,    /* a: segment, b: table */
    WASM_IMM_DATA,          /* a: segment */
    WASM_IMM_DATA_MEMORY,   /* a: segment, b: memory */
    WASM_IMM_MEMORY,        /* a: memory */
    WASM_IMM_MEMORY_MEMORY, /* a: destination, b: source */
    WASM_IMM_MEM,           /* memory argument: a: memory, b: log2 of the alignment, offset */
    WASM_IMM_MEM_LANE,      /* the same, and lane */
    WASM_IMM_ATOMIC,        /* as MEM; the alignment must be the natural one */
    WASM_IMM_ZERO,          /* a byte that must be 0 */
    WASM_IMM_LANE,          /* lane */
    WASM_IMM_SHUFFLE,       /* bytes: 16 lane numbers below 32 */
    WASM_IMM_I32,           /* value: zero-extended */
    WASM_IMM_I64,           /* value */
    WASM_IMM_F32,           /* value: bits */
    WASM_IMM_F64,           /* value: bits */
    WASM_IMM_V128,          /* bytes: 16 */
    WASM_IMM_HEAP,          /* type: the reference type */
    WASM_IMM_TYPES,         /* a: count, type: the first */
    WASM_IMM_TAG,           /* a: tag */
    WASM_IMM_TRY_TABLE,     /* block type; b: count of catch clauses, bytes: the first */
};

enum {
    WASM_OPF_TRAP = 1,
    WASM_OPF_COMMUTATIVE = 2,
    WASM_OPF_PURE = 4,     /* result depends on the operands only; no trap, no effect */
    WASM_OPF_READ = 8,     /* reads memory or a table */
    WASM_OPF_WRITE = 16,   /* writes memory, a table or a global */
    WASM_OPF_CONST = 32,   /* allowed in constant expressions */
    WASM_OPF_CONTROL = 64, /* signature "*": the rule is code, npops and pushes are 0 */
    WASM_OPF_VECTOR = 128, /* prefix 0xfd */
};

#define WASM_OP_POPS_MAX 3

struct wasm_op_info {
    const char *name;   /* "i32.add" */
    uint32_t code;      /* opcode byte, or the prefix and two or three hexadecimal digits */
    uint8_t imm;        /* enum wasm_imm */
    uint8_t align_log2; /* memory accesses: the natural alignment */
    uint8_t nlanes;     /* lane instructions: lanes in the shape; else 0 */
    uint8_t flags;
    uint8_t npops;
    char pops[WASM_OP_POPS_MAX]; /* letters of ops.def, deepest operand first */
    char pushes;                 /* a letter, or 0 */
};

extern const struct wasm_op_info wasm_ops[WASM_OP_COUNT];

/* A code of ops.def taken apart: the prefix, 0 for none, and what follows it. */
#define WASM_CODE_PREFIX(code) ((code) > 0xffff ? (code) >> 12 : (code) >> 8)
#define WASM_CODE_REST(code)   ((code) > 0xffff ? (code) & 0xfff : (code) & 0xff)

enum {
    WASM_PREFIX_FC = 0xfc,
    WASM_PREFIX_FD = 0xfd,
    WASM_PREFIX_FE = 0xfe,
    WASM_OP_MAP_FC = 0x100, /* wasm_op_map: one-byte opcodes, 32 of 0xfc, 288 of 0xfd, 96 of 0xfe */
    WASM_OP_MAP_FD = 0x120,
    WASM_OP_MAP_FE = 0x240,
    WASM_OP_MAP_SIZE = 0x2a0,
};
extern const uint16_t wasm_op_map[WASM_OP_MAP_SIZE];

/* The instruction with a one-byte opcode, or WASM_OP_INVALID. */
static inline enum wasm_op wasm_op_of_byte(uint8_t byte)
{
    return (enum wasm_op)wasm_op_map[byte];
}
/* The instruction behind a prefix, or WASM_OP_INVALID. */
enum wasm_op wasm_op_of_prefixed(uint8_t prefix, uint32_t code);
/* Which later proposal an opcode unknown to ops.def belongs to ("garbage collection"), or NULL.
 * prefix 0: one byte. */
const char *wasm_op_proposal(uint8_t prefix, uint32_t code);

static inline const struct wasm_op_info *wasm_op_info(unsigned op)
{
    dassert(op < WASM_OP_COUNT);
    return &wasm_ops[op];
}
