/* The back end's state for one function: what its passes hand on to each other.
 *
 *   chain.c   which conditional moves are better branches
 *   back.c    forward: what is folded into what, last uses, edges; backward: use lists, live sets
 *   spill.c   which values are in registers, at each point (Braun and Hack, CC 2009)
 *   spill_loop.c  … and which of them are not worth a register through a whole loop
 *   slots.c   frame slots for the values that are not
 *   size.c    about how long the code of each block will be
 *   assign.c  which registers, while x64/ selects and encodes
 *   edge.c    … and the moves between blocks
 *
 * All are linear in the size of the function: nothing searches or backtracks. Everything lies in
 * the function's arena. A value is the number of its node; its uses are the nodes that read it,
 * where a node that is folded into its user hands its operands on to that user. */
#pragma once

#include "wasm/jit/ir.h"
#include "wasm/jit/pmove.h"
#include "wasm/x64/abi.h"
#include "wasm/x64/enc.h"

struct check_log;
struct code_recovery;
struct code_site;
struct wasm_code;
struct code_lane;

enum cg_class { CG_GPR, CG_XMM, CG_NCLASSES };

static inline enum cg_class cg_class_of(unsigned type)
{
    return (enum cg_class)((1u << IR_F32 | 1u << IR_F64 | 1u << IR_V128) >> type & 1);
}

/* Marks of a node. */
enum {
    CG_FUSED = 1, /* emitted as a part of its only user */
    CG_IMM_A = 2, /* operand a, b, c is a constant inside the instruction … */
    CG_IMM_B = 4,
    CG_IMM_C = 8,
    CG_SPILLED = 16,      /* has a frame slot, written at the definition, unless CG_STORED_LATE */
    CG_MEMORY_PHI = 32,   /* lives in its slot from the start: the predecessors write it */
    CG_SPECIAL = 64,      /* has folded operands, or may need temporaries */
    CG_STORED_LATE = 128, /* its slot is written where its loop is left (cg.late) */
};

#define CG_SELECT_BRANCH 1 /* in a select's aux: chain.c */

#define CG_OPERANDS_MAX 8 /* registers that one node reads (calls and returns apart) */
#define CG_LIVE_BYTES_MAX                                                                          \
    (4 * MIB)                        /* live sets above this: values live in slots between blocks  \
                                      */
#define CG_LOOP_DEPTH_MAX 64         /* the same */
#define CG_FRAME_MAX      (64 * MIB) /* a bigger frame is refused (-ENOMEM) */

struct cg_edge {
    ir_block_t target;
    uint32_t pred; /* position of the source in the target's preds: which phi arguments */
};

struct cg_block {
    uint32_t edges, nedges;
    ir_block_t outer_loop;         /* for a header: the header of the loop around its loop, or 0 */
    uint8_t pressure[CG_NCLASSES]; /* most values alive at once, at most 255; of blocks in loops
                                      without calls */
    uint8_t nin, nout;
    bool pad;           /* entered by exceptions: every register is dead there */
    bool entered;       /* assign.c: in_regs are chosen */
    ir_ref_t *in, *out; /* values in registers at entry and exit */
    uint8_t *in_regs;
    uint32_t wanted; /* of a loop's header: the registers of its phis */
    struct x64_label label;
};

/* What spill.c tells assign.c to do before a node. */
struct cg_action {
    uint32_t pos;
    ir_ref_t value : 31;
    uint32_t reload : 1; /* 0: its register is free now; the value is in its slot */
};

/* A piece of code out of the way, at the function's end. */
struct cg_cold {
    uint8_t kind; /* enum cg_cold_kind */
    uint8_t dst, x, y;
    x64_op_t op;
    ir_ref_t node;
    struct x64_label enter, back;
};

/* A call that may throw into a pad here. */
struct cg_landing {
    uint32_t site; /* code offset of the call's site */
    uint32_t edge; /* to the pad */
    uint32_t at;   /* where exceptions arrive */
};

/* An access whose address is a folded sum: where its instruction is, and its SIB byte; the general
 * registers that hold nothing there. */
struct cg_folded {
    uint32_t start, sib, end;
    ir_ref_t node;
    uint32_t free;
};

/* Per edge of a SWITCH: does it need moves, and then the way around by them. */
struct cg_way {
    bool moves;
    struct x64_label detour;
};

/* A table that a SWITCH jumps through: distances from its start. */
struct cg_table {
    struct x64_label label;
    ir_ref_t node;
    ir_block_t block;
    uint32_t entries;
    struct cg_way *ways;
};

/* The last block placed that is an interpreter's dispatch (x64/dispatch.c): its code, its
 * table and where the displacement to that is, and the first of what has been noted of places in
 * it. */
struct cg_dispatch {
    ir_block_t block; /* 0: none */
    uint32_t start, end, table, table_disp;
    uint32_t site, incoming, folded;
    uint32_t copied; /* bytes, of all copies in the function */
};

struct cg_constant {
    uint64_t bits[2];
    uint32_t bytes;
    struct x64_label label;
};

struct cg {
    struct ir_func *f;
    const struct wasm_module *m;
    struct wasm_code *code;
    struct code_lane *lane; /* of it: where this function goes */
    struct arena *arena;
    struct x64_enc e;
    int error;             /* the first one; passes stop soon after */
    struct check_log *log; /* check.c; NULL: nobody asks */

    /* per node */
    uint8_t *mark;
    uint8_t *hint;    /* a register that would be welcome, or X64_NONE */
    uint8_t *reg;     /* spill.c: is it in a register; assign.c: which */
    uint32_t *last;   /* last position in program order at which it is needed, loops considered */
    uint32_t *global; /* number among the values that live across blocks, 0: not one */
    uint32_t *slot;   /* of a spilled value (CG_SLOT_*); of a constant: 1 + constants[] */
    uint32_t *need;   /* of a spilled value: the first position from which on its slot counts */
    uint32_t *use_begin; /* nnodes + 1 entries: bounds in use_pos */
    uint32_t *use_first; /* where the list really starts (folding leaves room) */
    uint32_t *cursor;    /* next use not yet passed */
    uint32_t *use_pos;   /* position << 1 | the register is free after this use */
    uint32_t *ops_at;    /* nnodes + 1 entries: bounds in op_list */
    ir_ref_t *op_list;   /* see cg_operands */
    uint32_t nops, cap_ops;
    uint32_t *phi_ops_at; /* per block, nblocks + 1 entries: bounds in phi_ops */
    ir_ref_t *phi_ops;    /* what the phis behind a block take from it, constants apart */
    uint32_t nphi_ops, cap_phi_ops;

    struct cg_block *blocks;
    struct cg_edge *edges;
    uint32_t nedges;
    ir_block_t *switch_edge; /* per block, in assign.c: edge of the current SWITCH to it */
    uint32_t *bytes_before;  /* per block, and behind the last: how long the code before it will be,
                                about (size.c) */
    uint32_t near_bytes;     /* up to this distance by that, jumps are near; 0: none is */
    uint32_t *calls;         /* positions of calls, ascending; a sentinel UINT32_MAX at the end */
    uint32_t ncalls, next_call; /* next_call: in assign.c, index of the first call behind pos */

    ir_ref_t *globals; /* by number; [0] unused */
    uint32_t nglobals, live_words;
    bool degraded;      /* too big for live sets: between blocks, values are in their slots */
    uint64_t *live_in;  /* per block a row of live_words; NULL when degraded */
    uint64_t *xmm_mask; /* which global values are of class XMM */

    struct cg_action *actions;
    uint32_t nactions, cap_actions, next_action;
    uint32_t nentries; /* of all blocks' in */

    uint32_t tail_bytes; /* the most that a tail call's stack parameters take */

    /* frame, from rsp upwards: outgoing area, ir frame slots, spill slots */
    uint32_t out_bytes, locals_offset, slots_offset, nslots, frame_bytes;
    uint32_t *incoming; /* code offsets of displacements that wait for the frame's final size */
    uint32_t nincoming, cap_incoming;

    /* assign.c */
    ir_block_t block;
    uint32_t pos, block_end;    /* current node, end of the current block */
    ir_ref_t holder[X64_NREGS]; /* value in each register */
    uint32_t free;              /* bit per register: nothing in it */
    uint32_t wanted;            /* registers of the innermost loop's phis */
    uint32_t dying, temps;      /* of the current node */
    uint32_t saved;             /* callee-saved registers in use */
    uint8_t *entry_regs;        /* room for the in_regs that are not chosen yet */
    struct pmove *moves;
    uint32_t nmoves, cap_moves;
    uint32_t *ready;
    uint32_t cap_ready;
    struct pmove_slot *slot_books;
    ir_block_t *late; /* of a value stored late: header of the loop that it stays in a register
                         through; NULL: there is none */

    uint32_t result_next,
        result_area; /* last call: results handed out; where those in memory start */
    struct abi_walk result_walk;
    bool returns;                /* the epilogue is needed */
    uint32_t flags_pos;          /* what ends here has left in the flags whether flags_reg */
    x64_op_t flags_op;           /* … in this width is zero: … */
    uint8_t flags_reg, flags_cc; /* … not if this condition holds */
    bool flags_live;             /* moves must leave the flags alone */
    struct x64_label self, epilogue;
    uint32_t body_start;
    struct code_site *sites;
    uint32_t nsites, cap_sites;
    struct cg_cold *cold;
    uint32_t ncold, cap_cold;
    struct cg_folded *folded; /* accesses; the last is not complete while folded_open */
    uint32_t nfolded, cap_folded;
    bool folded_open;
    struct code_recovery *recoveries; /* as many, when they are emitted */
    struct cg_dispatch dispatch;
    struct cg_table *tables;
    uint32_t ntables, cap_tables;
    struct cg_landing *landings; /* in the order of their sites */
    uint32_t nlandings, cap_landings;
    struct cg_constant *constants;
    uint32_t nconstants, cap_constants;
};

/* In cg.slot of a spilled value, which is otherwise a number of 8-byte slots from slots_offset. */
#define CG_SLOT_INCOMING 0x80000000u /* | offset in the caller's area */

bool cg__grow(struct cg *cg, void *array, uint32_t *cap, uint32_t n, size_t size);
/* Grows *array (of elements of `size` bytes) so that index n fits; false and cg->error when out of
 * memory. */
static inline bool cg_grow(struct cg *cg, void *array, uint32_t *cap, uint32_t n, size_t size)
{
    return LIKELY(n < *cap) || cg__grow(cg, array, cap, n, size);
}

/* ---- passes ---- */

void cg_chains(struct cg *cg);
void cg_back(struct cg *cg);
void cg_spill(struct cg *cg);
void cg_slots(struct cg *cg);
void cg_sizes(struct cg *cg);
/* Emits the body and everything behind it at cg->e. */
void cg_assign(struct cg *cg);

/* ---- what passes share ---- */

/* What node n reads: the registers, folded operands' registers and constants that need one
 * included; of calls and returns, which find their operands wherever they are, all but the
 * constants. Phis read nothing. Returns how many. */
static inline unsigned cg_operands(const struct cg *cg, ir_ref_t n, const ir_ref_t **out)
{
    *out = cg->op_list + cg->ops_at[n];
    return cg->ops_at[n + 1] - cg->ops_at[n];
}
/* How many of the fields a, b, c are values, by op; lists apart. */
extern const uint8_t cg_operand_counts[IR_OP_COUNT];
/* Registers that selection needs besides operands and result. */
void cg_temps(const struct cg *cg, ir_ref_t n, unsigned out[CG_NCLASSES]);
/* Is n a call, tail call, return or phi, whose operands are a list in the pool and may be anywhere?
 */
static inline bool cg_is_list(unsigned op)
{
    return ir_is_call(op) || op == IR_RETURN || ir_is_tail_call(op) || op == IR_PHI;
}
static inline bool cg_is_const(const struct cg *cg, ir_ref_t v)
{
    return cg->f->nodes[v].op == IR_CONST;
}
/* The phi argument that an edge carries. */
static inline ir_ref_t cg_phi_arg(const struct cg *cg, ir_ref_t phi, uint32_t pred)
{
    const struct ir_node *n = ir_at(cg->f, phi);
    dassert(n->op == IR_PHI && pred < n->c);
    return cg->f->pool[n->b + pred];
}
static inline bool cg_live_in(const struct cg *cg, ir_block_t b, ir_ref_t v)
{
    uint32_t g = cg->global[v];
    return g && cg->live_in[(size_t)b * cg->live_words + g / 64] >> (g % 64) & 1;
}
static inline uint32_t cg_loop_end_pos(const struct cg *cg, ir_block_t header)
{
    return cg->f->blocks[cg->f->blocks[header].loop_end - 1].end;
}
static inline bool cg_has_uses(const struct cg *cg, ir_ref_t n)
{
    return cg->use_first[n] < cg->use_begin[n + 1];
}
/* Position of the next use in program order; UINT32_MAX if none. */
static inline uint32_t cg_next_use(const struct cg *cg, ir_ref_t v)
{
    return cg->cursor[v] < cg->use_begin[v + 1] ? cg->use_pos[cg->cursor[v]] >> 1 : UINT32_MAX;
}
/* Does the value just defined stay in a register? (Not if nothing reads it, nor, without live sets,
 * if only other blocks do.) */
static inline bool cg_is_kept(const struct cg *cg, ir_ref_t n, uint32_t block_end)
{
    return cg_has_uses(cg, n) &&
           !(cg->degraded && cg->global[n] && cg_next_use(cg, n) >= block_end);
}
/* v's slot is needed at `pos` and maybe behind. */
void cg_need_slot(struct cg *cg, ir_ref_t v, uint32_t pos);
/* The first use at or behind `from` in v's whole list; UINT32_MAX if none. */
uint32_t cg_use_from(const struct cg *cg, ir_ref_t v, uint32_t from);
/* spill_loop.c: the loop has been walked. Values that only live through it, and that it has driven
 * out of their registers, come into it in their slots: a reload at each turn would be for nothing.
 */
void cg_spill_loop_end(struct cg *cg, ir_block_t header);
/* Moves the cursors past the uses that the phis behind block b make of their arguments. */
static inline void cg_pass_phi_arguments(struct cg *cg, ir_block_t b)
{
    for (uint32_t i = cg->phi_ops_at[b]; i < cg->phi_ops_at[b + 1]; i++)
        cg->cursor[cg->phi_ops[i]]++;
}
/* Position of the first call at or behind pos, UINT32_MAX if none. */
uint32_t cg_first_call(const struct cg *cg, uint32_t pos);
/* The type of a call or tail call, those of the runtime apart. */
const struct wasm_functype *cg_call_type(const struct cg *cg, ir_ref_t call);
