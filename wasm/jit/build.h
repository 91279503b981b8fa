/* Inside of the builder: what its files share. One struct builder per function, on the caller's
 * stack; everything else lives in the function's arena.
 *
 * Running out of memory is noted in builder.err and looked at between instructions. Room for the
 * nodes of one plain instruction is reserved beforehand, so that folding cannot fail in the middle.
 */
#pragma once

#include "wasm/decode/reader.h"
#include "wasm/jit/ir.h"
#include "wasm/rt/rt.h"

enum {
    BUILD_INSN_NODES = 32, /* at most so many nodes come from one plain instruction */
    BUILD_GVN_PROBES = 16, /* hash chains are searched no further */
    BUILD_LEAF_SHIFT = 4,
    BUILD_LEAF = 1 << BUILD_LEAF_SHIFT, /* locals per leaf, children per inner chunk */
    BUILD_LEVELS_MAX = 4,               /* 16^4 locals */
    BUILD_PENDING = 1u << 31,    /* successor not known yet: this | serial number of its label */
    BUILD_PHI_ARGS_PER_BYTE = 8, /* budget of one function: beyond it locals live in the frame */
    BUILD_PHI_ARGS_FREE = 16384,
    BUILD_MERGE_PER_BYTE = 64,
    BUILD_MERGE_FREE = 1u << 20,
    BUILD_INLINE_DEPTH = 3,  /* calls built in within calls built in */
    BUILD_INLINE_BYTES = 48, /* the largest body that is built into its callers … */
    BUILD_INLINE_FREE = 256, /* … as long as they do not more than double the function */
    BUILD_POOL_FIRST = 2,    /* pool[0..1] stay unused: an edge slot above 1 is a pool index */
};

/* A version of all locals: the number of the root chunk. */
typedef uint32_t build_locals_t;

/* A control transfer to a label. */
struct build_edge {
    ir_block_t from;
    uint32_t slot; /* which successor of `from`: 0, 1, or the first of a chain of SWITCH entries */
    build_locals_t locals;
    uint32_t values; /* pool: the values carried, arity many */
    uint32_t next;   /* the label's next edge, 0: none */
};

enum build_label_kind {
    BUILD_BLOCK, /* also the function itself, a loop that nobody branches to, and an if that is
                    always taken */
    BUILD_LOOP,
    BUILD_IF,       /* in the first arm */
    BUILD_IF_NEVER, /* in the first arm, which is not built: the condition is the constant 0 */
    BUILD_TRY_TABLE,
    BUILD_TRY,   /* of the first version: in its body … */
    BUILD_CATCH, /* … and in one of its handlers */
};

/* An open block, loop or if. */
struct build_label {
    enum build_label_kind kind;
    uint32_t nparams, nresults;
    uint32_t height; /* of the operand stack below the parameters */
    uint32_t serial;
    uint32_t first_edge, last_edge, nedges;
    uint32_t pad; /* 1 + index in builder.pads: where exceptions inside go; 0: to the caller */
    /* if: how to take up the other arm; catch: the way on if the tag is another (cond_block 0:
     * none)
     */
    ir_block_t cond_block;
    uint32_t else_slot;
    build_locals_t else_locals;
    uint32_t else_values;
    ir_ref_t read_barrier;
    /* loop */
    ir_block_t header;
    uint32_t loop; /* index in builder.loops */
    ir_ref_t first_phi;
    uint32_t nphis;
    const uint8_t *body; /* its first instruction */
    uint32_t next_try;   /* as it was there */
    uint32_t bodies;     /* that it is still to be built as, this one included; 0: not decided */
    /* try_table: clauses; catch: the exception and its tag, and whether somebody names it again */
    const uint8_t *clauses;
    uint32_t nclauses;
    ir_ref_t exception, tag;
    bool rethrown;
    /* value numbering: height of the log at entry; lowest since entry; lowest since the first edge
     */
    uint32_t log_entry, log_low, log_edge;
};

/* What scan.c finds out about a loop beforehand. */
struct build_loop {
    bool repeats;            /* somebody branches to it */
    uint32_t first, nlocals; /* builder.loop_locals: those assigned inside */
};

/* The same about a `try` (not try_table). */
struct build_try {
    uint32_t delegate; /* 1 + label that its exceptions go to, if it has no handlers; else 0 */
    bool rethrown;     /* some rethrow names it */
};

/* Value numbering: a node and the upper half of its hash; what filling the slot has overwritten. */
struct build_gvn_slot {
    ir_ref_t ref;
    uint32_t tag;
};
struct build_gvn_undo {
    ir_ref_t ref;
    uint32_t slot;
    ir_ref_t old;
};

/* A function whose code is built at the place of a call: what the builder goes back to behind it.
 */
struct build_inline {
    struct wasm_reader reader;
    uint8_t *local_types;
    uint32_t nlocals, levels, label_base, place_shift, func;
    build_locals_t locals;
};

struct builder {
    struct ir_func *f;
    const struct wasm_module *m;
    const struct wasm_func *func;
    struct arena *arena;
    struct wasm_reader reader; /* at the next instruction */
    int err;              /* 0, -ENOMEM, -ENOTSUP, or -E2BIG: over budget, start again in_slots */
    bool in_slots;        /* locals live in the frame */
    bool limits_differ;   /* there are several 64-bit memories */
    bool dead;            /* what follows cannot be reached */
    uint32_t skipped;     /* dead: open blocks that are not built */
    uint32_t offset;      /* of the instruction at hand: its place (struct ir_func.offsets) */
    uint32_t place_shift; /* from the offset in the module to the place */
    struct build_inline inlined[BUILD_INLINE_DEPTH];
    uint32_t ninlined, label_base; /* labels below belong to the callers */
    uint32_t inlined_bytes;        /* of all bodies built in */
    uint32_t unrolled_bytes;       /* of bodies of loops, read again */
    ir_block_t cur;                /* the open block, unless dead */
    ir_ref_t condition;            /* the comparison that a select or branch has last read */

    ir_ref_t *stack; /* operand stack */
    uint32_t height, stack_cap;
    struct build_label *labels;
    uint32_t nlabels, cap_labels, next_serial;
    struct build_edge *edges; /* [0] unused */
    uint32_t nedges, cap_edges;

    uint32_t nlocals;
    uint8_t *local_types; /* enum ir_type */
    uint32_t levels;      /* of the chunk tree */
    uint32_t (*chunks)[BUILD_LEAF];
    uint32_t nchunks, cap_chunks;
    uint32_t frozen;       /* chunks below belong to a version that is kept */
    build_locals_t locals; /* the version at hand */

    struct build_loop *loops;
    uint32_t nloops, cap_loops, next_loop;
    uint32_t *loop_locals;
    uint32_t nloop_locals, cap_loop_locals;
    struct build_try *tries;
    uint32_t ntries, cap_tries, next_try;
    struct build_label *pads; /* of the open blocks that catch, innermost last */
    uint32_t npads, cap_pads;
    uint32_t ninsns; /* counted by the scan, 0 if there was none */

    struct build_gvn_slot *gvn_slots;
    uint32_t gvn_mask, gvn_used;
    struct build_gvn_undo *gvn_log;
    uint32_t gvn_log_len, cap_gvn_log;
    bool gvn_full;         /* no memory for a larger table: nothing is numbered any more */
    ir_ref_t read_barrier; /* reads below it may be out of date */

    uint64_t phi_args, merge_work;

    ir_ref_t *masks; /* x & 2^k - 1 that are x, if x, which goes through a phi, has k bits */
    uint32_t nmasks, cap_masks;

    uint32_t vectors[64]; /* pool: 16-byte immediates met, by hash */
    uint32_t nvectors;    /* nodes that may refer to such */
};

/* ---- memory: build.c ---- */

bool build__grow_slow(struct builder *b, void *array_ptr, uint32_t *cap, uint64_t need,
                      size_t elem_size);
bool build__reserve_nodes_slow(struct builder *b, uint32_t n);

/* Makes room for `need` elements; the array moves. false and b->err on failure. */
static inline bool build__grow(struct builder *b, void *array_ptr, uint32_t *cap, uint64_t need,
                               size_t elem_size)
{
    return LIKELY(need <= *cap) || build__grow_slow(b, array_ptr, cap, need, elem_size);
}

/* Room for n nodes. */
static inline bool build__reserve_nodes(struct builder *b, uint32_t n)
{
    return LIKELY(n <= b->f->cap_nodes - b->f->nnodes) || build__reserve_nodes_slow(b, n);
}

/* n entries of the pool: their index, or 0 (and b->err). */
uint32_t build__pool(struct builder *b, uint32_t n);
/* Counts n phi arguments against the budget. */
bool build__charge_phis(struct builder *b, uint64_t n);
enum ir_type build__type(wasm_valtype_t t);
/* Parameters and declared locals of a function at whose body the reader stands. */
MUSTUSE bool build__read_locals(struct builder *b, const struct wasm_func *func);

/* ---- nodes: gvn.c ---- */

static inline ir_ref_t build__append(struct builder *b, struct ir_node n)
{
    struct ir_func *f = b->f;
    ir_ref_t r = f->nnodes++;

    dassert(r < f->cap_nodes);
    f->nodes[r] = n;
    f->offsets[r] = b->offset;
    return r;
}
/* The node with this meaning: an equal one that dominates this place, or a new one. */
ir_ref_t build__pure(struct builder *b, struct ir_node n);
/* The same for what reads state: only what was read since the last write counts. */
ir_ref_t build__read(struct builder *b, struct ir_node n);
void build__forget_reads(struct builder *b);
ir_ref_t build__const(struct builder *b, enum ir_type type, uint64_t bits);
MUSTUSE bool build__gvn_init(struct builder *b);
/* Forgets what was numbered since the log had this length. */
void build__gvn_pop(struct builder *b, uint32_t log_len);

/* ---- fold*.c ---- */

static inline const struct ir_node *fold__at(const struct builder *b, ir_ref_t r)
{
    return ir_at(b->f, r);
}

/* Has a test asked for this (jit/options.def)? */
static inline bool build__has(const struct builder *b, enum jit_switch s)
{
    return jit_has(&b->m->jit, s);
}

static inline bool fold__const(const struct builder *b, ir_ref_t r, uint64_t *out)
{
    const struct ir_node *n = ir_at(b->f, r);
    if (n->op != IR_CONST)
        return false;
    *out = ir_const_bits(n);
    return true;
}

/* A plain instruction (npops operands, one result, no immediate) on these operands: its simplest
 * equal. */
ir_ref_t fold__op(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y, ir_ref_t z);
/* Integer operations 32 and 64 bits wide share their rules: op is the i32 member of the pair. */
ir_ref_t fold__int(struct builder *b, unsigned op32, bool wide, ir_ref_t x, ir_ref_t y);
ir_ref_t fold__int_compare(struct builder *b, unsigned op32, bool wide, ir_ref_t x, ir_ref_t y);
/* Division and remainder by the constant d != 0; 0 if nothing is gained. */
ir_ref_t fold__divide(struct builder *b, unsigned op32, bool wide, ir_ref_t x, uint64_t d);
ir_ref_t fold__convert(struct builder *b, unsigned op, ir_ref_t x);
ir_ref_t fold__float(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y);
ir_ref_t fold__select(struct builder *b, ir_ref_t x, ir_ref_t y, ir_ref_t cond);
/* Strips x != 0 and x == 0 from a condition; *invert is flipped for each of the latter. */
ir_ref_t fold__condition(struct builder *b, ir_ref_t cond, bool *invert);
/* A condition for one more select or branch: a comparison that the one before it has read is made
 * again, if it is in this block. Two comparisons inside of their readers cost less than a number
 * made of one and tested twice. */
ir_ref_t fold__own_condition(struct builder *b, ir_ref_t cond);
/* Moves constants from *addr into *offset where the sum cannot wrap. */
void fold__address(struct builder *b, ir_ref_t *addr, uint32_t *offset);
/* Drops what a store of `bits` bits does not write; may narrow *op. */
ir_ref_t fold__stored(struct builder *b, uint16_t *op, ir_ref_t value);
/* Is the result always 0 or 1? */
bool fold__is_bool(const struct builder *b, ir_ref_t r);
ir_ref_t fold__emit(struct builder *b, unsigned op, ir_ref_t x, ir_ref_t y);

/* ---- scan.c, locals.c ---- */

MUSTUSE bool build__scan(struct builder *b);
/* In the open block: parameters are `args`, or those of the function if NULL. */
MUSTUSE bool build__locals_init(struct builder *b, const struct wasm_functype *type,
                                const ir_ref_t *args);
static inline ir_ref_t build__local_in(const struct builder *b, build_locals_t version,
                                       uint32_t local)
{
    uint32_t chunk = version;

    dassert(local < b->nlocals);
    for (uint32_t level = b->levels - 1; level > 0; level--)
        chunk = b->chunks[chunk][local >> (level * BUILD_LEAF_SHIFT) & (BUILD_LEAF - 1)];
    return b->chunks[chunk][local & (BUILD_LEAF - 1)];
}
void build__local_set(struct builder *b, uint32_t local, ir_ref_t value);
static inline ir_ref_t build__local_get(const struct builder *b, uint32_t local)
{
    return build__local_in(b, b->locals, local);
}
/* The version at hand, to be kept. */
static inline build_locals_t build__locals_keep(struct builder *b)
{
    b->frozen = b->nchunks;
    return b->locals;
}
/* Makes the version at hand the merge of the label's edges, with phis (in the open, empty block)
 * where they differ. */
void build__locals_merge(struct builder *b, const struct build_label *l);

/* ---- build_label.c ---- */

/* Opens the next block; its predecessors are the caller's to note. 0 on failure. */
ir_block_t build__block_open(struct builder *b);
/* Opens a block that only `pred` leads to, as its successor number `slot`. */
void build__block_follow(struct builder *b, ir_block_t pred, uint32_t slot);
/* Ends the open block with a terminator; its number. What follows is dead until something is
 * opened. */
ir_block_t build__block_close(struct builder *b, struct ir_node end);
void build__trap(struct builder *b, enum wasm_trap kind);
/* Returns from the function at hand with the top operands. */
void build__return(struct builder *b);

struct build_label *build__label_at(struct builder *b, uint32_t depth);
/* NULL on failure. The parameters are on the operand stack. */
struct build_label *build__label_push(struct builder *b, enum build_label_kind kind,
                                      uint32_t nparams, uint32_t nresults);
void build__label_pop(struct builder *b);
/* What stands in a block's succ[] for the label: its header, or a note that names it until it has a
 * block. */
uint32_t build__target_of(const struct build_label *l);
/* The top n operands, copied to the pool: where. 0 for none, and on failure. */
uint32_t build__keep_values(struct builder *b, uint32_t n);
/* An edge from `from`, as its successor number `slot`, with nothing in it yet. NULL on failure. */
struct build_edge *build__edge_add(struct builder *b, struct build_label *l, ir_block_t from,
                                   uint32_t slot);
/* An edge that carries the locals at hand and the top operands. */
void build__edge_here(struct builder *b, struct build_label *l, ir_block_t from, uint32_t slot);
/* The origins of the label's edges into pool[at …]; returns the position behind them. */
uint32_t build__edge_preds(struct builder *b, const struct build_label *l, uint32_t at);
/* Ends the open block with a jump to the label. */
void build__jump(struct builder *b, struct build_label *l);
/* Opens the block of a label with edges (not a loop's), and sets up locals and operand stack. */
void build__bind(struct builder *b, const struct build_label *l);

/* ---- build_control.c ---- */

/* br: leaves the function if the label is the outermost. */
void build__branch(struct builder *b, uint32_t depth);

/* An instruction with the signature "*", save nop; and ref.as_non_null. */
void build__control(struct builder *b, const struct wasm_insn *in);
/* The same for instructions that are not built: only the nesting matters. */
void build__skip(struct builder *b, const struct wasm_insn *in);
MUSTUSE bool build__open_function(struct builder *b);

static inline void build__push(struct builder *b, ir_ref_t v)
{
    dassert(b->height < b->stack_cap);
    b->stack[b->height++] = v;
}

static inline ir_ref_t build__pop(struct builder *b)
{
    dassert(b->height > 0);
    return b->stack[--b->height];
}

/* ---- build_atomic.c ---- */

/* false: it is none of these. */
bool build__atomic_op(struct builder *b, const struct wasm_insn *in);

/* ---- build_exception.c ---- */

void build__try_table(struct builder *b, const struct wasm_insn *in);
void build__try(struct builder *b, const struct wasm_insn *in);
/* catch, catch_all: also in dead code. */
void build__catch(struct builder *b, const struct wasm_insn *in);
/* At the end of a try_table or try, before its label is bound: what becomes of exceptions. */
void build__try_end(struct builder *b, struct build_label *l);
/* throw, throw_ref, rethrow. */
void build__throw(struct builder *b, const struct wasm_insn *in);
/* The call just built may throw: if somebody here catches that, it ends the block. */
void build__may_throw(struct builder *b);

/* ---- build_ops.c: calls, memory, tables, globals ---- */

/* A call of the runtime. Arguments are as the runtime wants them: each i32 where it takes an i64 is
 * zero-extended. */
ir_ref_t build__call_rt(struct builder *b, enum rt_id id, const ir_ref_t *args, enum ir_type type);

/* tail: instead of returning. */
void build__call(struct builder *b, uint32_t func, bool tail);
void build__call_indirect(struct builder *b, uint32_t type, uint32_t table, bool tail);
void build__call_ref(struct builder *b, uint32_t type, bool tail);
/* The address operand of an access of `memory` at index + offset, and what remains of the offset,
 * as the IR wants them. */
ir_ref_t build__address(struct builder *b, uint32_t memory, uint64_t offset, ir_ref_t index,
                        uint32_t *out_offset);
/* A load or store of memory. */
void build__memory_op(struct builder *b, const struct wasm_insn *in);
/* Everything else that touches state; false if it is none of these. */
bool build__state_op(struct builder *b, const struct wasm_insn *in);

/* An index of a 64-bit memory, checked here or before. */
ir_ref_t build__checked(struct builder *b, uint32_t memory, ir_ref_t index);
/* The sum in 64 bits, unless there is nothing to add. */
ir_ref_t build__plus_offset(struct builder *b, ir_ref_t addr, uint64_t offset);
/* Of an operand or result in ops.def. */
enum ir_type build__type_of_letter(char letter);

/* ---- inline.c ---- */

/* Goes on with the body of `func` in place of a call of it, if that is worth it. */
bool build__inline_enter(struct builder *b, uint32_t func);
/* At the end of a body: goes back to where the call was; false if it was none. */
bool build__inline_leave(struct builder *b);

/* ---- unroll.c ---- */

/* At a `br_if` to the label, whose condition has been popped: does the loop go on in any case? Then
 * the reader stands at the loop's body again. */
bool build__unroll(struct builder *b, struct build_label *l, ir_ref_t cond);

/* ---- build_simd.c ---- */

/* An instruction with the prefix 0xfd. */
void build__vector_op(struct builder *b, const struct wasm_insn *in);
ir_ref_t build__vector_const(struct builder *b, const uint8_t bytes[16]);
/* The pool index of 16 bytes as four words, 0 on failure. For one node. */
uint32_t build__vector_words(struct builder *b, const uint8_t bytes[16]);

/* ---- order.c ---- */

/* Fills order[1 … nblocks) with the blocks in the order that they should have. Does it differ from
 * the present one? (b->err: out of memory.) */
bool build__order(struct builder *b, ir_block_t *order);

/* ---- clean.c ---- */

/* Removes trivial phis, dead nodes and needless blocks, numbers everything anew, finds the loops,
 * counts uses. */
MUSTUSE int build__clean(struct builder *b);
