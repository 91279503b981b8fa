/* The compiler's intermediate representation: one function as SSA in flat arrays.
 *
 * Node number order = program order = block order (reverse post-order; a loop's blocks are contiguous).
 * A node's number is its value. The op of a node is a WebAssembly opcode (wasm/ops.def) wherever the meaning is
 * exactly that of the instruction; the few others are listed in jit/ir.def. Built by build.c, simplified by
 * fold.c at birth, checked by verify.c, read by the back end (x64/). */
#pragma once

#include "base/arena.h"
#include "wasm/module.h"
#include "wasm/ops.h"

typedef uint32_t ir_ref_t;         /* node number; 0 is the node IR_NOP and means "none" */
typedef uint32_t ir_block_t;

enum ir_type { IR_VOID, IR_I32, IR_I64, IR_F32, IR_F64, IR_V128, IR_REF /* 32-bit handle, like i32 */ };

/* Ops beyond WebAssembly's own, numbered after them. Fields as noted; "pool" = ir_func.pool index. */
enum ir_op {
    IR_NOP = WASM_OP_COUNT, /* dead or folded away */
    IR_PARAM,              /* c: parameter number */
    IR_CONST,              /* a | b << 32: the bits (i32/f32 zero-extended; v128: a = pool index of 4 words) */
    IR_PHI,                /* b: pool, c: count; one argument per predecessor, in the order of preds */
    IR_CALL,               /* a: function index, b: pool of arguments, c: count; type of the first result */
    IR_CALL_INDIRECT,      /* a: pool of {index value, table, type index}, b: pool of arguments, c: count */
    IR_CALL_RT,            /* a: enum rt_id (wasm/rt/rt.def), b: pool of arguments, c: count */
    IR_RESULT,             /* a: the call, c: result number >= 1 (result 0 is the call node itself) */
    IR_GLOBAL_GET,         /* c: global index */
    IR_GLOBAL_SET,         /* a: value, c: global index */
    IR_TABLE_SIZE,         /* c: table */
    IR_MEMORY_SIZE,        /* c: memory; in pages */
    IR_FUNC_REF,           /* c: function index */
    /* block ends; exactly one per block, its last node */
    IR_JUMP,               /* to succ[0] */
    IR_BRANCH,             /* a: i32 condition; non-zero: succ[0], zero: succ[1] */
    IR_SWITCH,             /* a: i32 index; b: pool of successor positions in edges, c: count (last = default) */
    IR_RETURN,             /* b: pool of results, c: count */
    IR_TRAP,               /* c: enum wasm_trap */
    IR_OP_COUNT
};

/* Operand conventions for WebAssembly ops: a, b, (select: a, b, condition c) are value operands.
 * Loads: a = address, c = static offset (32 bits), aux = memory. Stores: a = address, b = value, c, aux.
 * A static offset over 32 bits is added to the address by the builder. Lane ops keep the lane in aux. */
struct ir_node {
    uint16_t op;
    uint8_t type;          /* enum ir_type */
    uint8_t aux;
    uint32_t a, b, c;
};
_Static_assert(sizeof(struct ir_node) == 16, "nodes are 16 bytes");

struct ir_block {
    ir_ref_t first, end;   /* nodes [first, end); phis come first, the terminator is end - 1 */
    uint32_t preds, npreds; /* pool: numbers of predecessor blocks */
    ir_block_t succ[2];    /* JUMP and BRANCH */
    uint32_t loop_depth;
    ir_block_t loop_header; /* innermost loop containing this block (itself if a header); 0 = none */
    ir_block_t loop_end;   /* for a header: one past the last block of the loop; else 0 */
};

struct ir_func {
    struct arena *arena;
    const struct wasm_module *module;
    uint32_t func;         /* index in the module */
    const struct wasm_functype *type;
    struct ir_node *nodes;
    uint32_t *offsets;     /* per node: byte offset in the module, for traps and dumps */
    struct ir_block *blocks; /* [0] unused, [1] is the entry */
    uint32_t *pool;        /* argument lists */
    uint32_t nnodes, nblocks, npool;
    uint32_t cap_nodes, cap_blocks, cap_pool;
    bool makes_calls;
};

static inline const struct ir_node *ir_at(const struct ir_func *f, ir_ref_t r)
{
    dassert(r < f->nnodes);
    return &f->nodes[r];
}

/* ---- the pipeline, each a pass in its own file ---- */

/* Builds and folds function `func` (validated). 0 or -ENOMEM. Critical edges are allowed. */
MUSTUSE int ir_build(const struct wasm_module *m, uint32_t func, struct arena *arena, struct ir_func *out);
/* Structure, dominance, types. true if sound; otherwise `say` gets one line. Debug and fuzz builds. */
bool ir_verify(const struct ir_func *f, void (*say)(const char *line));
/* Text form, one node a line, for wasmdump and for people. */
void ir_dump(const struct ir_func *f, void (*say)(const char *line));
/* Operands of a node as a list (call arguments and phis included); returns their number. `out` may point
 * into the pool or at `scratch`. */
uint32_t ir_operands(const struct ir_func *f, ir_ref_t r, const ir_ref_t **out, ir_ref_t scratch[3]);
