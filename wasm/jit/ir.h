/* The compiler's intermediate representation: one function as SSA in flat arrays.
 *
 * Node number order = program order = block order: a reverse post-order in which a loop's blocks
 * are contiguous. A node's number is its value. The op of a node is a WebAssembly opcode
 * (wasm/ops.def) wherever the meaning is exactly that of the instruction; the few others are listed
 * in jit/ir.def. Built by build.c, simplified by fold.c at birth, compacted by clean.c, checked by
 * verify.c, read by the back end (x64/).
 *
 * What the back end may rely on (and verify.c checks):
 * - No dead code: every block is reachable; a node without effect has a use. No IR_NOP but node 0.
 * - The entry (block 1) has no predecessors and begins with the IR_PARAMs in use, ascending.
 * - BRANCH: succ[0] != succ[1]. A block stands once in a successor's preds, however often a SWITCH
 * names it. A block with a single predecessor has no phis; each phi has one argument per
 * predecessor, in their order.
 * - Edges may be critical. A back edge goes to a loop header and nowhere else; a header's preds[0]
 * is the entry into the loop (the only predecessor with a lower number).
 * - TRY stands right behind a call and its results, and says where that goes if it throws: succ[0]
 * is the usual way, a block of its own that nobody else leads to; succ[1], the pad, is entered with
 * every register dead. Neither the call nor its results are used there.
 * - A definition dominates its uses (a phi's argument: the end of that predecessor).
 * - Nodes with effects, and loads, happen in node order. A load whose value has no use is kept (it
 * may trap): it has no uses, as have calls.
 * - A value of type i32 says nothing about the upper half of a register: that is the back end's
 * business.
 * - Types: IR_REF behaves as IR_I32 (a handle; null is IR_CONST 0). i32.eqz, and i32.ne/eq, take
 * either type, and so ref.is_null arrives as i32.eqz, ref.null as IR_CONST, ref.func as
 * IR_FUNC_REF.
 * - Constants are nodes of their own, shared by all uses that they dominate: rematerialise rather
 * than spill. In commutative ops and integer comparisons a constant is normally b, and what has
 * only constant operands is normally folded; but a phi may turn out to be a constant late, so
 * constants may stand anywhere (a divisor 0, which then traps; a condition; the whole address of an
 * access).
 * - Never seen here: block, loop, if, else, end, br*, return*, call*, drop, local.*, global.*,
 * select_t (is select), X.const, ref.*, table.*, elem.*, data.*, memory.size/grow/copy/fill/init
 * (IR_ ops or IR_CALL_RT). */
#pragma once

#include "base/arena.h"
#include "wasm/module.h"
#include "wasm/ops.h"

typedef uint32_t ir_ref_t; /* node number; 0 is the node IR_NOP and means "none" */
typedef uint32_t ir_block_t;

enum ir_type { IR_VOID, IR_I32, IR_I64, IR_F32, IR_F64, IR_V128, IR_REF, IR_TYPE_COUNT };

/* clang-format off */
/* Ops beyond WebAssembly's own, numbered after them (jit/ir.def). "pool" = an index into ir_func.pool.
 *
 * NOP            dead; node 0
 * PARAM          c: parameter number
 * CONST          a | b << 32: the bits (i32/f32/ref zero-extended; v128: a = pool index of 4 words)
 * PHI            b: pool, c: count; one argument per predecessor, in the order of preds
 * CALL           a: function index, b: pool of arguments, c: count; type of the first result or IR_VOID
 * CALL_INDIRECT  a: pool of {table, type index}; b: pool of {index value (i32), arguments}, c: count, with the
 *                index (of a 64-bit table: made an i32 that is out of bounds if it is too large)
 * CALL_REF       a: type index; b: pool of {reference, arguments}, c: count, with the reference; null traps
 * CALL_RT        a: enum rt_id (wasm/rt/rt.h), b: pool of arguments, c: count; types as in rt.def (indices of
 *                tables, memories, segments are i32 constants)
 * RESULT         a: the call, c: result number >= 1 (result 0 is the call node itself). Directly behind the
 *                call, ascending; unused ones are left out
 * GLOBAL_GET/SET c: global index; SET: a: value
 * LOCAL_GET/SET  c: frame slot below ir_func.nslots (16 bytes each); SET: a: value. Only in functions too
 *                tangled for SSA (build.c). A slot is set before it is got.
 * TABLE_SIZE     c: table; i32
 * MEMORY_SIZE    c: memory; in pages; i32, or i64 for a 64-bit memory
 * MEMORY_CHECK   a: i64; traps unless it is below the limit of the 64-bit memory c (ctx_memory.limit): the
 *                index of an access, offsets below 4 GiB and the access itself then stay inside its
 *                reservation. Dominates every such access, unless the index is plainly below 4 GiB
 *                (ir_index_is_short)
 * FUNC_REF       c: function index; a reference
 * I64_MULH_S/U   upper half of the 128-bit product of a and b
 * CAUGHT         the exception that has led here (a reference), CAUGHT_TAG its tag's number in the store
 *                (i32). In pads and what follows them, before the next call
 * TAG            c: tag index; its number in the store (i32)
 * PAYLOAD_GET    c: value number c of the caught exception; as CAUGHT
 * PAYLOAD_SET    c: the same of the exception just created (RT_exception_create), a: value
 * Block ends; exactly one per block, its last node:
 * JUMP           to succ[0]
 * BRANCH         a: condition, any i32 or reference; non-zero: succ[0], zero: succ[1]
 * SWITCH         a: i32 index, unsigned; b: pool of block numbers, c: count >= 2; an index >= c - 1 takes the
 *                last
 * TRY            the call before it has thrown: succ[1]; it has returned: succ[0]
 * RETURN         b: pool of results, c: count
 * RETURN_CALL    a, b, c: as CALL; the callee returns in this function's place
 * RETURN_CALL_INDIRECT, RETURN_CALL_REF  the same, as CALL_INDIRECT and CALL_REF
 * TRAP           c: enum wasm_trap */
/* clang-format on */
enum ir_op {
    IR__BEFORE = WASM_OP_COUNT - 1,
#define IR(id, text, operands, immediate, flags) IR_##id,
#include "wasm/jit/ir.def"
#undef IR
    IR_OP_COUNT
};

enum ir_operands_form { IR_OPERANDS_NONE, IR_OPERANDS_A, IR_OPERANDS_AB, IR_OPERANDS_LIST };
enum ir_imm {
    IR_IMM_NONE,
    IR_IMM_C,
    IR_IMM_BITS,
    IR_IMM_SUCC,
    IR_IMM_FUNC,
    IR_IMM_TYPE,
    IR_IMM_RT,
    IR_IMM_INDIRECT
};
enum { IR_FLAG_PURE = 1, IR_FLAG_EFFECT = 2, IR_FLAG_END = 4 };

/* Row of jit/ir.def; op - WASM_OP_COUNT is the index. */
struct ir_op_info {
    const char *name;
    uint8_t operands, imm, flags;
};
extern const struct ir_op_info ir_ops[IR_OP_COUNT - WASM_OP_COUNT];

/* Of any op, WebAssembly's included, in one byte (traits.c). */
enum {
    IR_TRAIT_COUNT = 3,   /* how many of a, b, c are operands … */
    IR_TRAIT_LIST = 4,    /* … or they are pool[b .. b + c) */
    IR_TRAIT_PINNED = 8,  /* kept even if its value has no use: effect, trap, block end */
    IR_TRAIT_DIVIDES = 16 /* integer division or remainder: traps only by some divisors */
};
extern const uint8_t ir_traits[IR_OP_COUNT];

/* Operand conventions for WebAssembly ops: as many of a, b, c as the instruction pops are values,
 * deepest first (select: a, b, condition c). Loads: a = address, c = static offset (32 bits), aux =
 * memory. Stores: a = address, b = value, c = static offset, aux = memory. The access is at address
 * + c without wrapping (33 bits). The address is an i64 where the memory is a 64-bit one, and has
 * been checked (MEMORY_CHECK). Lane ops keep the lane in aux. i8x16.shuffle: a, b, c = pool index
 * of 4 words, the lanes (a single operand is named twice, with lanes below 16). Loads and stores of
 * one lane do not come: they are a scalar access and extract_lane or replace_lane. */
struct ir_node {
    uint16_t op;
    uint8_t type; /* enum ir_type */
    uint8_t aux;
    uint32_t a, b, c;
};
_Static_assert(sizeof(struct ir_node) == 16, "nodes are 16 bytes");

struct ir_block {
    ir_ref_t first, end;    /* nodes [first, end); phis come first, the terminator is end - 1 */
    uint32_t preds, npreds; /* pool: numbers of predecessor blocks */
    ir_block_t succ[2];     /* JUMP: [0]; BRANCH: both; else 0 */
    uint32_t loop_depth;    /* loops around this block, its own included if it is a header */
    ir_block_t
        loop_header;     /* innermost loop containing this block (itself if a header); 0 = none */
    ir_block_t loop_end; /* for a header: one past the last block of the loop; else 0 */
};

/* A call that was built into its caller. Its nodes have places of their own, behind those of the
 * function's body and of the calls built in before it. */
struct ir_inline {
    uint32_t place; /* of the callee's first byte; as many follow as its body has */
    uint32_t func;
    uint32_t call; /* the place of the call */
};

struct ir_func {
    struct arena *arena;
    const struct wasm_module *module;
    uint32_t func; /* index in the module */
    const struct wasm_functype *type;
    struct ir_node *nodes;
    uint32_t *offsets;       /* per node: its place, for traps and dumps: byte offset in the module
                                in what is the function's own, see ir_place for the rest */
    uint32_t *uses;          /* per node: how many operands name it (phi arguments included) */
    struct ir_block *blocks; /* [0] unused, [1] is the entry; numbers below nblocks */
    uint32_t *pool;          /* argument lists */
    uint32_t nnodes, nblocks, npool;
    uint32_t cap_nodes, cap_blocks, cap_pool;
    struct ir_inline *inlines; /* ascending by place */
    uint32_t ninlines, cap_inlines;
    uint32_t nslots;  /* frame slots of LOCAL_GET/LOCAL_SET; 0 in nearly every function */
    bool makes_calls; /* a call is present; tail calls do not count */
};

static inline const struct ir_node *ir_at(const struct ir_func *f, ir_ref_t r)
{
    dassert(r < f->nnodes);
    return &f->nodes[r];
}

/* Half `i` (0, 1) of the 16 bytes at a pool index. */
static inline uint64_t ir_vector_half(const struct ir_func *f, uint32_t at, unsigned i)
{
    return f->pool[at + 2 * i] | (uint64_t)f->pool[at + 2 * i + 1] << 32;
}

/* Bits of an IR_CONST (not v128). */
static inline uint64_t ir_const_bits(const struct ir_node *n)
{
    return n->a | (uint64_t)n->b << 32;
}

static inline bool ir_is_end(unsigned op)
{
    return op >= IR_JUMP && op <= IR_TRAP;
}
static inline bool ir_is_call(unsigned op)
{
    return op >= IR_CALL && op <= IR_CALL_RT;
}

static inline bool ir_is_tail_call(unsigned op)
{
    return op >= IR_RETURN_CALL && op <= IR_RETURN_CALL_REF;
}
/* clz, ctz, popcnt. */
static inline bool ir_counts_bits(unsigned op)
{
    return (op >= WASM_OP_i32_clz && op <= WASM_OP_i32_popcnt) ||
           (op >= WASM_OP_i64_clz && op <= WASM_OP_i64_popcnt);
}
/* A loose upper bound of an i32 or i64 value, unsigned, from what made it and its operands
 * (bound.c). */
uint64_t ir_bound(const struct ir_func *f, ir_ref_t r);
/* The same, whichever way it comes through phis and selects, around loops. Above `enough` no pains
 * are taken. Phis must be complete. */
uint64_t ir_bound_through(const struct ir_func *f, ir_ref_t r, uint64_t enough);
/* Is the i64 below 2^32 whatever its operands? */
static inline bool ir_index_is_short(const struct ir_func *f, ir_ref_t r)
{
    const struct ir_node *n = ir_at(f, r);

    switch (n->op) {
    case IR_CONST:
        return n->b == 0;
    case WASM_OP_i64_extend_i32_u:
    case WASM_OP_i64_load8_u:
    case WASM_OP_i64_load16_u:
    case WASM_OP_i64_load32_u:
        return true;
    case WASM_OP_i64_shr_u:
        return ir_at(f, n->b)->op == IR_CONST && (ir_at(f, n->b)->a & 63) >= 32;
    default:
        return n->op == WASM_OP_i64_and && ir_at(f, n->b)->op == IR_CONST && ir_at(f, n->b)->b == 0;
    }
}
/* Does the op call through a table? The first of its list is the index there. */
static inline bool ir_is_indirect(unsigned op)
{
    return op == IR_CALL_INDIRECT || op == IR_RETURN_CALL_INDIRECT;
}
/* Does it call a reference? That is the first of its list. */
static inline bool ir_is_call_ref(unsigned op)
{
    return op == IR_CALL_REF || op == IR_RETURN_CALL_REF;
}
/* Does its list begin with what tells the callee, before the arguments? */
static inline bool ir_is_computed_call(unsigned op)
{
    return ir_is_indirect(op) || ir_is_call_ref(op);
}

/* "i32.add", "phi" */
const char *ir_op_name(unsigned op);
bool ir_division_traps(const struct ir_func *f, const struct ir_node *division);
/* May the node not be dropped although its value has no use? (Effects, traps, block ends.) */
static inline bool ir_is_pinned(const struct ir_func *f, ir_ref_t r)
{
    const struct ir_node *n = ir_at(f, r);
    unsigned traits = ir_traits[n->op];

    return (traits & IR_TRAIT_PINNED) &&
           (LIKELY(!(traits & IR_TRAIT_DIVIDES)) || ir_division_traps(f, n));
}

/* What a place means. */
struct ir_place {
    uint32_t func, offset; /* in the module's bytes */
    uint32_t call;         /* place of the call that was built in; 0: the function itself */
};
struct ir_place ir_place(const struct wasm_module *m, uint32_t func,
                         const struct ir_inline *inlines, uint32_t ninlines, uint32_t place);

/* ---- the pipeline, each a pass in its own file ---- */

/* Builds and folds function `func` (validated, not imported). 0; -ENOMEM; -ENOTSUP for an
 * instruction that the compiler does not know. Everything is allocated in `arena`, which must
 * hold nothing else (it is reset when a function is begun anew with its locals in the frame). */
MUSTUSE int ir_build(const struct wasm_module *m, uint32_t func, struct arena *arena,
                     struct ir_func *out);
/* Structure, dominance, types. true if sound; otherwise `say` gets one line. Debug and fuzz builds.
 */
bool ir_verify(const struct ir_func *f, void (*say)(const char *line));
/* Operands of a node as a list (call arguments and phis included); returns their number. `out` may
 * point into the pool or at `scratch`. */
uint32_t ir_operands(const struct ir_func *f, ir_ref_t r, const ir_ref_t **out,
                     ir_ref_t scratch[3]);
