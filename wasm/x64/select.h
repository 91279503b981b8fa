/* Instruction selection: one row per IR op, one handler per form. */
#pragma once

#include "wasm/jit/check.h"

enum sel_form {
    SEL_NONE, /* emits nothing by itself */
    SEL_ALU,  /* op: enum x64_alu */
    SEL_MUL,
    SEL_SHIFT,  /* op: BMI2 form, cc: enum x64_shift */
    SEL_ROTATE, /* cc: X64_ROL or X64_ROR */
    SEL_DIVIDE, /* cc: SEL_SIGNED | SEL_REMAINDER */
    SEL_MULH_S, /* upper half of the product */
    SEL_MULH_U,
    SEL_COMPARE, /* cc */
    SEL_EQZ,
    SEL_FCOMPARE, /* cc: enum sel_fcc */
    SEL_COUNT,    /* op */
    SEL_EXTEND,   /* op: movsx … from a register */
    SEL_WRAP,
    SEL_LOAD,    /* op */
    SEL_STORE,   /* op */
    SEL_FARITH,  /* op */
    SEL_FMINMAX, /* op; cc: 1 maximum */
    SEL_FSIGN,   /* cc: enum code_const mask; op: and or xor */
    SEL_COPYSIGN,
    SEL_ROUND,    /* op; cc: immediate */
    SEL_SQRT,     /* op */
    SEL_FROM_INT, /* op; w: of the integer */
    SEL_FROM_U64, /* op */
    SEL_FCONVERT, /* op */
    SEL_TO_INT,   /* trapping truncation; cc: SEL_SIGNED; w: of the result; op: precision */
    SEL_TO_INT_SAT,
    SEL_MOVE, /* reinterpretation; op; cc: 1 to a vector register */
    SEL_SELECT,
    /* vectors (simd.h) */
    SEL_VBIN,      /* op; cc: SEL_SWAPPED */
    SEL_VUN,       /* op; wide: all of a is read, so it may be memory */
    SEL_VROUND,    /* op; cc: immediate */
    SEL_VFCOMPARE, /* op; cc: predicate */
    SEL_VSHIFT,    /* op, for a count in a register; cc: mask of the count */
    SEL_VSHIFT8,   /* the same for bytes; op: of the words */
    SEL_VSAR64,
    SEL_VSPLAT,   /* op */
    SEL_VEXTRACT, /* op; cc: width whose sign is extended, or 0 */
    SEL_VEXTRACT_FLOAT,
    SEL_VREPLACE, /* op */
    SEL_VREPLACE_FLOAT,
    SEL_VTEST, /* cc: 1 all lanes, compared by op */
    SEL_VSHUFFLE,
    SEL_VSEQUENCE,
    SEL_VFMA,   /* op: the order 132 */
    SEL_VBLEND, /* op */
    /* atomics (select_atomic.c) */
    SEL_ATOMIC_LOAD,
    SEL_ATOMIC_STORE,
    SEL_ATOMIC_ADD,  /* cc: X64_ADD or X64_SUB */
    SEL_ATOMIC_LOOP, /* cc: enum x64_alu */
    SEL_ATOMIC_EXCHANGE,
    SEL_ATOMIC_COMPARE,
    SEL_ATOMIC_FENCE,
    SEL_GLOBAL_GET,
    SEL_GLOBAL_SET,
    SEL_LOCAL_GET,
    SEL_LOCAL_SET,
    SEL_TABLE_SIZE,
    SEL_MEMORY_SIZE,
    SEL_MEMORY_CHECK,
    SEL_FUNC_REF,
    SEL_CALL,
    SEL_RESULT,
    SEL_RETURN,
    SEL_RETURN_CALL,
    SEL_JUMP,
    SEL_BRANCH,
    SEL_SWITCH,
    SEL_TRY,
    SEL_CAUGHT, /* cc: 1 its tag */
    SEL_TAG,
    SEL_PAYLOAD_GET,
    SEL_PAYLOAD_SET,
    SEL_TRAP,
    SEL_NFORMS,
};

enum { SEL_SIGNED = 1, SEL_REMAINDER = 2, SEL_SWAPPED = 1 };
enum sel_fcc { SEL_FEQ, SEL_FNE, SEL_FLT, SEL_FGT, SEL_FLE, SEL_FGE };

struct sel_row {
    uint8_t form;
    uint8_t wide;       /* 64-bit integers, or double precision */
    uint8_t gprs, xmms; /* temporaries needed */
    uint8_t cc;
    x64_op_t op;
};
extern const struct sel_row sel_rows[IR_OP_COUNT];

static inline const struct sel_row *sel_row(const struct cg *cg, ir_ref_t n)
{
    return &sel_rows[cg->f->nodes[n].op];
}

enum cg_cold_kind {
    CG_COLD_TRAP,   /* ud2 of node's kind: x = enum wasm_trap */
    CG_COLD_MINMAX, /* equal or unordered operands */
    CG_COLD_TO_INT, /* x: operand; decides between the two traps */
    CG_COLD_TO_I64, /* the result is the lowest integer: right, or a trap */
    CG_COLD_TO_I64_SAT,
    CG_COLD_INDIRECT, /* call_indirect found another type */
    CG_COLD_CALL_REF, /* call_ref of another instance's function, or null */
    CG_COLD_TAIL,     /* leaves the frame for another function */
};

/* ---- assign.c's services for handlers ---- */

static inline x64_op_t sel_w(bool wide)
{
    return wide ? X64_W : 0;
}
static inline uint32_t cg_class_mask(enum cg_class c)
{
    return c == CG_GPR ? ABI_GPRS : ABI_XMMS << X64_XMM;
}
/* Of the registers in `mask` those that no phi of the innermost loop has, if there are any and
 * `hint` is not in the mask: a value that is to become such a phi should find its register free. */
uint32_t cg_unwanted(const struct cg *cg, uint32_t mask, unsigned hint);
/* The best of the registers in `mask`, which is not empty. */
unsigned cg_prefer(uint32_t mask, bool crosses_call, unsigned hint);
static inline unsigned cg_reg(const struct cg *cg, ir_ref_t v)
{
    dassert(cg->reg[v] != X64_NONE);
    check_use(cg, v, check_reg(cg->reg[v]));
    return cg->reg[v];
}
/* A register of the class that nothing else uses until the node is done. */
unsigned cg_temp(struct cg *cg, enum cg_class c);
/* Makes `reg` a temporary; a value in it moves elsewhere, not into `avoid`. */
void cg_take(struct cg *cg, unsigned reg, uint32_t avoid);
/* Operands that die here give up their registers; the result may have them from now on. */
void cg_release(struct cg *cg);
/* The result's register: `want` if it is free (X64_NONE: no wish). */
unsigned cg_def(struct cg *cg, ir_ref_t n, unsigned want);
/* The result is in `reg`, which is free or a temporary. */
void cg_def_fixed(struct cg *cg, ir_ref_t n, unsigned reg);
static inline bool cg_dies(const struct cg *cg, unsigned reg)
{
    return cg->dying >> reg & 1;
}
/* Must operand v be read from memory: a folded load, or a value that is in its slot only? */
static inline bool cg_in_memory(const struct cg *cg, ir_ref_t v)
{
    return cg->mark[v] & CG_FUSED || cg->reg[v] == X64_NONE;
}
/* The flags tell, from the instruction just written, whether `reg`, in this width, is zero: not if
 * condition cc holds. */
void cg_flags_set(struct cg *cg, unsigned reg, x64_op_t w, unsigned cc);
/* Do they still? */
bool cg_flags_know(const struct cg *cg, unsigned reg, x64_op_t w);
/* A value has been moved from one register to another, which is free. */
void cg_rename(struct cg *cg, unsigned from, unsigned to);
bool cg__extend(struct cg *cg, uint32_t bytes);
/* Bytes that the next handler steps may write; false: out of code memory (cg->error). */
static inline bool cg_room(struct cg *cg, uint32_t bytes)
{
    return LIKELY(x64_room(&cg->e, bytes)) || cg__extend(cg, bytes);
}
void cg_site(struct cg *cg, ir_ref_t n, unsigned kind);
/* The next instruction is the access n, at the address that cg_address has given. */
void cg_access_site(struct cg *cg, ir_ref_t n);
void cg__access_end(struct cg *cg);
/* Of the last cg_access_site: its instruction is written. */
static inline void cg_access_end(struct cg *cg)
{
    if (UNLIKELY(cg->folded_open))
        cg__access_end(cg);
}
/* Index of a new cold piece. */
uint32_t cg_cold_add(struct cg *cg, enum cg_cold_kind kind, ir_ref_t node);
/* v's use at the current node; false: its register, if any, stays taken. */
bool cg_consume(struct cg *cg, ir_ref_t v);
/* Where a value is now: register, slot, or nowhere (a constant). */
struct pmove_place cg_place(const struct cg *cg, ir_ref_t v);
void cg_move_add(struct cg *cg, struct pmove_place to, struct pmove_place from, unsigned type);
/* Fills cg->moves with what an edge needs; returns how many. */
uint32_t cg_edge_moves(struct cg *cg, uint32_t edge);
/* The same for an edge back whose moves may be made before the branch, since they change nothing
 * that the branch's other edge needs. Otherwise false. */
bool cg_edge_early(struct cg *cg, uint32_t edge, uint32_t other);
/* The same for an exception's edge: everything is in slots. */
uint32_t cg_landing_moves(struct cg *cg, uint32_t edge);

/* ---- copies (move.c); types as enum ir_type ---- */

void cg_copy(struct cg *cg, unsigned to, unsigned from, unsigned type);
void cg_load_mem(struct cg *cg, unsigned to, struct x64_rm from, unsigned type);
void cg_store_mem(struct cg *cg, struct x64_rm to, unsigned from, unsigned type);
void cg_load_const(struct cg *cg, unsigned to, ir_ref_t v);
/* Loads v, which is in no register, from its slot or as a constant. */
void cg_load_place(struct cg *cg, unsigned to, ir_ref_t v);
/* A spilled value's slot (cg.slot) as an operand of cg_load_mem and cg_store_mem. */
struct x64_rm cg_slot_rm(const struct cg *cg, uint32_t slot);
/* Something in the caller's area, the same way. */
struct x64_rm cg_incoming_rm(uint32_t offset);
/* The instruction just written ends in the displacement of rm, which may be in the caller's area.
 */
void cg_note_incoming(struct cg *cg, struct x64_rm rm);
/* Makes cg->moves and empties the list. */
void cg_moves_run(struct cg *cg);

/* ---- operands (operand.c) ---- */

/* A register, memory, or a constant that is placed later. */
struct cg_opnd {
    struct x64_rm rm;
    uint32_t constant; /* 1 + index in constants[] */
};
/* Operand v of a node as r/m: its register, or where it is in memory. If it is a folded load, the
 * very next instruction must be the one that reads it: its trap site is noted here. */
struct cg_opnd cg_operand(struct cg *cg, ir_ref_t v);
/* Effective address of a load or store; emits what it needs. */
struct x64_rm cg_address(struct cg *cg, ir_ref_t n);
void cg_op(struct cg *cg, x64_op_t op, unsigned reg, struct cg_opnd o);
void cg_vex(struct cg *cg, x64_op_t op, unsigned reg, unsigned v, struct cg_opnd o);
struct cg_opnd cg_constant(struct cg *cg, ir_ref_t v);
/* 16 bytes behind the function. */
struct cg_opnd cg_vector_constant(struct cg *cg, uint64_t low, uint64_t high);
/* One of the module's 16-byte constants (enum code_const). */
struct x64_rm cg_module_const(const struct cg *cg, unsigned id);

/* ---- conditions (select_cmp.c) ---- */

/* Parity: floats need a second look at the flag that says unordered. */
struct cg_cond {
    uint8_t cc;
    uint8_t parity; /* 0; CG_COND_AND_NP: cc and ordered; CG_COND_OR_P: cc or unordered */
};
enum { CG_COND_PLAIN, CG_COND_AND_NP, CG_COND_OR_P };
/* Sets the flags for condition value v (a fused comparison or a register that is compared with 0).
 */
struct cg_cond cg_flags(struct cg *cg, ir_ref_t v);
struct cg_cond cg_cond_not(struct cg_cond c);
/* near: the label is, or will be, within 127 bytes. */
void cg_jump_if(struct cg *cg, struct cg_cond c, struct x64_label *to, bool near);

typedef void (*sel_fn)(struct cg *cg, ir_ref_t n, const struct ir_node *node,
                       const struct sel_row *row);
#define SEL_HANDLER(name)                                                                          \
    void name(struct cg *cg, ir_ref_t n, const struct ir_node *node, const struct sel_row *row)
SEL_HANDLER(sel_alu);
SEL_HANDLER(sel_mul);
SEL_HANDLER(sel_shift);
SEL_HANDLER(sel_rotate);
SEL_HANDLER(sel_divide);
SEL_HANDLER(sel_mulh_s);
SEL_HANDLER(sel_mulh_u);
SEL_HANDLER(sel_compare);
SEL_HANDLER(sel_fcompare);
SEL_HANDLER(sel_count);
SEL_HANDLER(sel_wrap);
SEL_HANDLER(sel_load);
SEL_HANDLER(sel_store);
SEL_HANDLER(sel_farith);
SEL_HANDLER(sel_fminmax);
SEL_HANDLER(sel_fsign);
SEL_HANDLER(sel_copysign);
SEL_HANDLER(sel_round);
SEL_HANDLER(sel_sqrt);
SEL_HANDLER(sel_from_int);
SEL_HANDLER(sel_from_u64);
SEL_HANDLER(sel_fconvert);
SEL_HANDLER(sel_to_int);
SEL_HANDLER(sel_to_int_sat);
SEL_HANDLER(sel_move);
SEL_HANDLER(sel_select);
SEL_HANDLER(sel_atomic_load);
SEL_HANDLER(sel_atomic_store);
SEL_HANDLER(sel_atomic_add);
SEL_HANDLER(sel_atomic_loop);
SEL_HANDLER(sel_atomic_exchange);
SEL_HANDLER(sel_atomic_compare);
SEL_HANDLER(sel_atomic_fence);
SEL_HANDLER(sel_global_get);
SEL_HANDLER(sel_global_set);
SEL_HANDLER(sel_local_get);
SEL_HANDLER(sel_local_set);
SEL_HANDLER(sel_table_size);
SEL_HANDLER(sel_memory_size);
SEL_HANDLER(sel_memory_check);
SEL_HANDLER(sel_func_ref);
SEL_HANDLER(sel_call);
SEL_HANDLER(sel_result);
SEL_HANDLER(sel_return);
SEL_HANDLER(sel_return_call);
SEL_HANDLER(sel_jump);
SEL_HANDLER(sel_branch);
SEL_HANDLER(sel_switch);
SEL_HANDLER(sel_trap);
SEL_HANDLER(sel_try);
SEL_HANDLER(sel_caught);
SEL_HANDLER(sel_tag);
SEL_HANDLER(sel_payload_get);
SEL_HANDLER(sel_payload_set);

/* ---- ways to other blocks ---- */

/* Is block `to`, or the epilogue (f->nblocks), so near, by cg.bytes_before, that a jump from the
 * current block's end may be near, with so many moves behind it? */
bool cg_is_near(const struct cg *cg, ir_block_t to, uint32_t nmoves);

/* Jumps to block `to`, or repeats its code (dispatch.c). */
void cg_jump_to(struct cg *cg, ir_block_t to);

/* ---- interpreters (dispatch.c) ---- */

/* The current block's code ends here, with the jump of a SWITCH through the last table. */
void cg_dispatch_note(struct cg *cg);
/* Repeats the code of block `to` here, if it is a dispatch; false: there must be a jump. */
bool cg_dispatch_copy(struct cg *cg, ir_block_t to);

/* Everything a function ends with; emitted once, behind the last block. */
void sel_epilogue(struct cg *cg);
/* The prologue, to stand directly before the body: cg->e.pos becomes the entry. */
void sel_prologue(struct cg *cg);
/* Room that it needs at most. */
uint32_t sel_prologue_max(const struct cg *cg);
/* Takes the frame down and puts `params` bytes of the outgoing area, and the return address below
 * them, where a callee of such parameters expects them: its results end where this function's do.
 * For cold code, when the frame is known. */
void sel_leave(struct cg *cg, uint32_t params);
/* How many callee-saved registers it pushes. */
uint32_t sel_saved_count(const struct cg *cg);
/* Fills in where the caller's area lies: `total` bytes above rsp. */
void cg_patch_incoming(struct cg *cg, uint32_t total);

/* The tables of all SWITCHes; everything that they lead to is placed. */
void sel_tables(struct cg *cg);
/* What the fault handler resumes at where a folded address wraps. */
void sel_recoveries(struct cg *cg);

/* Cold pieces, by kind. */
void sel_cold_trap(struct cg *cg, struct cg_cold *c);
void sel_cold_minmax(struct cg *cg, struct cg_cold *c);
void sel_cold_to_int(struct cg *cg, struct cg_cold *c);
void sel_cold_to_i64(struct cg *cg, struct cg_cold *c);
void sel_cold_to_i64_sat(struct cg *cg, struct cg_cold *c);
void sel_cold_indirect(struct cg *cg, struct cg_cold *c);
void sel_cold_call_ref(struct cg *cg, struct cg_cold *c);
void sel_cold_tail(struct cg *cg, struct cg_cold *c);
