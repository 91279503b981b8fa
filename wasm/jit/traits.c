/* What passes that walk all nodes ask of an op, from ops.def and ir.def, in one byte. */
#include "wasm/jit/ir.h"

/* Letters of the tables: of the flags, those that keep a node alive count. */
enum {
    PINNED = IR_TRAIT_PINNED,
    T = PINNED,
    W = PINNED,
    E = PINNED,
    C = 0,
    P = 0,
    R = 0,
    K = 0,
    B = 0
};
enum { NONE = 0, A = 1, AB = 2, LIST = IR_TRAIT_LIST };

/* The signature "pops:pushes" counted at compile time; the padding keeps every index inside the
 * literal. */
#define SIG_CHAR(sig, i) ((sig "\0\0\0\0")[i])
#define SIG_NPOPS(sig)                                                                             \
    (SIG_CHAR(sig, 0) == '*' || SIG_CHAR(sig, 0) == ':' ? 0                                        \
     : SIG_CHAR(sig, 1) == ':'                          ? 1                                        \
     : SIG_CHAR(sig, 2) == ':'                          ? 2                                        \
                                                        : 3)
#define DIVIDES(op)                                                                                \
    (((op) >= WASM_OP_i32_div_s && (op) <= WASM_OP_i32_rem_u) ||                                   \
     ((op) >= WASM_OP_i64_div_s && (op) <= WASM_OP_i64_rem_u))

const uint8_t ir_traits[IR_OP_COUNT] = {
#define OP(code, id, text, imm, sig, flags)                                                        \
    [WASM_OP_##id] = SIG_NPOPS(sig) | (flags) | (DIVIDES(WASM_OP_##id) ? IR_TRAIT_DIVIDES : 0),
#include "wasm/ops.def"
#undef OP
#define IR(id, text, operands, immediate, flags) [IR_##id] = (operands) | (flags),
#include "wasm/jit/ir.def"
#undef IR
};
