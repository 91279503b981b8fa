/* Copies between the places where values live. */
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

/* Displacements into the caller's area wait for the frame's final size; they are marked by this
 * much. */
#define INCOMING_DISP 0x40000000
_Static_assert(CG_FRAME_MAX < INCOMING_DISP, "a frame offset is never taken for a mark");
#define MOVE_BYTES 48u

static const x64_op_t loads[IR_TYPE_COUNT] = {
    [IR_I32] = X64_MOV_LOAD,   [IR_I64] = X64_MOV_LOAD | X64_W, [IR_REF] = X64_MOV_LOAD,
    [IR_F32] = X64_MOVSS_LOAD, [IR_F64] = X64_MOVSD_LOAD,       [IR_V128] = X64_MOVUPS_LOAD,
};
static const x64_op_t stores[IR_TYPE_COUNT] = {
    [IR_I32] = X64_MOV_STORE,   [IR_I64] = X64_MOV_STORE | X64_W, [IR_REF] = X64_MOV_STORE,
    [IR_F32] = X64_MOVSS_STORE, [IR_F64] = X64_MOVSD_STORE,       [IR_V128] = X64_MOVUPS_STORE,
};

/* Of integers in a vector register, of 4 and of 8 bytes: as wide as what was stored, so that a load
 * need not wait until the store is in the cache. */
static const x64_op_t scratch_loads[] = {X64_MOVSS_LOAD, X64_MOVSD_LOAD};
static const x64_op_t scratch_stores[] = {X64_MOVSS_STORE, X64_MOVSD_STORE};

void cg_copy(struct cg *cg, unsigned to, unsigned from, unsigned type)
{
    if (to == from)
        return;
    if (to >= X64_XMM && from >= X64_XMM)
        x64_vex(&cg->e, X64_MOVAPS, to, X64_NONE, x64_r(from));
    else if (to < X64_XMM && from < X64_XMM)
        x64_op(&cg->e, X64_MOV_LOAD | (type == IR_I64 ? X64_W : 0), to, x64_r(from));
    else if (to >= X64_XMM) /* an integer passes through the scratch register */
        x64_vex(&cg->e, X64_MOVD_TO_XMM | X64_W, to, X64_NONE, x64_r(from));
    else
        x64_vex(&cg->e, X64_MOVD_FROM_XMM | X64_W, from, X64_NONE, x64_r(to));
}

void cg_note_incoming(struct cg *cg, struct x64_rm rm)
{
    if (rm.base != X64_RSP || rm.disp < INCOMING_DISP)
        return;
    if (cg_grow(cg, &cg->incoming, &cg->cap_incoming, cg->nincoming, sizeof *cg->incoming))
        cg->incoming[cg->nincoming++] = cg->e.pos - 4;
}

void cg_load_mem(struct cg *cg, unsigned to, struct x64_rm from, unsigned type)
{
    bool through_scratch = to >= X64_XMM && cg_class_of(type) == CG_GPR;
    if (to < X64_XMM)
        x64_op(&cg->e, loads[type], to, from);
    else
        x64_vex(&cg->e, through_scratch ? scratch_loads[type == IR_I64] : loads[type], to, X64_NONE,
                from);
    cg_note_incoming(cg, from);
}

void cg_store_mem(struct cg *cg, struct x64_rm to, unsigned from, unsigned type)
{
    bool through_scratch = from >= X64_XMM && cg_class_of(type) == CG_GPR;
    if (from < X64_XMM)
        x64_op(&cg->e, stores[type], from, to);
    else
        x64_vex(&cg->e, through_scratch ? scratch_stores[type == IR_I64] : stores[type], from,
                X64_NONE, to);
    cg_note_incoming(cg, to);
}

struct x64_rm cg_incoming_rm(uint32_t offset)
{
    return x64_m(X64_RSP, (int32_t)(INCOMING_DISP + offset));
}

struct x64_rm cg_slot_rm(const struct cg *cg, uint32_t slot)
{
    if (slot & CG_SLOT_INCOMING)
        return cg_incoming_rm(slot & ~CG_SLOT_INCOMING);
    return x64_m(X64_RSP, (int32_t)(cg->slots_offset + 8 * slot));
}

void cg_patch_incoming(struct cg *cg, uint32_t total)
{
    for (uint32_t i = 0; i < cg->nincoming; i++) {
        uint32_t disp, at = cg->incoming[i];
        __builtin_memcpy(&disp, cg->e.base + at, 4);
        disp = disp - INCOMING_DISP + total;
        __builtin_memcpy(cg->e.base + at, &disp, 4);
    }
}

void cg_load_const(struct cg *cg, unsigned to, ir_ref_t v)
{
    const struct ir_node *n = &cg->f->nodes[v];
    if (to < X64_XMM) {
        if (ir_const_bits(n) == 0 && !cg->flags_live)
            x64_op(&cg->e, X64_ALU_LOAD(X64_XOR), to, x64_r(to));
        else
            x64_mov_imm(&cg->e, to, ir_const_bits(n));
        return;
    }
    bool is_zero = n->type == IR_V128
                       ? (ir_vector_half(cg->f, n->a, 0) | ir_vector_half(cg->f, n->a, 1)) == 0
                       : ir_const_bits(n) == 0;
    if (cg_class_of(n->type) == CG_XMM && is_zero) {
        x64_vex(&cg->e, X64_XORPS, to, to, x64_r(to));
        return;
    }
    x64_op_t op = n->type == IR_V128                       ? X64_MOVUPS_LOAD
                  : n->type == IR_F32 || n->type == IR_I32 ? X64_MOVSS_LOAD
                                                           : X64_MOVSD_LOAD;
    cg_vex(cg, op, to, X64_NONE, cg_constant(cg, v));
}

void cg_load_place(struct cg *cg, unsigned to, ir_ref_t v)
{
    if (cg_is_const(cg, v)) {
        cg_load_const(cg, to, v);
        return;
    }
    assert(cg->mark[v] & CG_SPILLED);
    cg_load_mem(cg, to, cg_slot_rm(cg, cg->slot[v]), cg->f->nodes[v].type);
}

static struct x64_rm rm_of(const struct cg *cg, struct pmove_place p)
{
    if (p.kind == PMOVE_OUT)
        return x64_m(X64_RSP, (int32_t)p.at);
    return cg_slot_rm(cg, p.kind == PMOVE_INCOMING ? p.at | CG_SLOT_INCOMING : p.at);
}

/* A constant to memory. */
static void store_const(struct cg *cg, struct x64_rm to, ir_ref_t v)
{
    const struct ir_node *n = &cg->f->nodes[v];
    uint64_t bits = ir_const_bits(n);
    bool wide = n->type == IR_I64 || n->type == IR_F64;
    bool incoming = to.disp >= INCOMING_DISP; /* its displacement must be the last thing */
    if (n->type != IR_V128 && !incoming && (!wide || (uint64_t)(int64_t)(int32_t)bits == bits)) {
        x64_op_imm32(&cg->e, 0xc7 | (wide ? X64_W : 0), 0, to, (uint32_t)bits);
        return;
    }
    cg_load_const(cg, ABI_SCRATCH_XMM, v);
    check_event(cg, CHECK_CLOBBER, 0, ABI_SCRATCH_XMM);
    unsigned type = n->type == IR_V128 ? IR_V128 : wide ? IR_F64 : IR_F32;
    cg_store_mem(cg, to, ABI_SCRATCH_XMM, type);
}

/* A vector register that holds nothing, and that none of the moves at hand reads or writes, but not
 * the scratch register, which may be in use; X64_NONE if there is none. */
static unsigned free_vector(const struct cg *cg)
{
    uint32_t mask = cg->free & cg_class_mask(CG_XMM);
    for (uint32_t i = 0; i < cg->nmoves; i++) {
        struct pmove_place to = cg->moves[i].to, from = cg->moves[i].from;
        mask &= to.kind == PMOVE_REG ? ~(1u << to.at) : ~0u;
        mask &= from.kind == PMOVE_REG ? ~(1u << from.at) : ~0u;
    }
    return mask ? (unsigned)__builtin_ctz(mask) : X64_NONE;
}

/* Memory to memory: by way of a free register, or else by the stack. */
static void copy_memory(struct cg *cg, struct x64_rm to, struct x64_rm from, unsigned type)
{
    unsigned by = free_vector(cg);
    if (by != X64_NONE) {
        check_event(cg, CHECK_CLOBBER, 0, by);
        cg_load_mem(cg, by, from, type);
        cg_store_mem(cg, to, by, type);
        return;
    }
    for (int i = 0; i < (type == IR_V128 ? 2 : 1); i++) {
        x64_op(&cg->e, X64_GROUP5, 6, from);
        cg_note_incoming(cg, from);
        x64_op(&cg->e, X64_POP_RM, 0, to); /* rsp in the address is the one after the pop */
        cg_note_incoming(cg, to);
        from.disp += 8;
        to.disp += 8;
    }
}

static void emit_move(void *arg, struct pmove_place to, struct pmove_place from, unsigned type,
                      bool swap)
{
    struct cg *cg = arg;
    if (!cg_room(cg, MOVE_BYTES))
        return;
    if (UNLIKELY(cg->log))
        check__note(cg, (struct check_event){.kind = swap ? CHECK_SWAP : CHECK_MOVE,
                                             .type = (uint8_t)type,
                                             .to = to,
                                             .from = from});
    if (swap)
        x64_op(&cg->e, X64_XCHG | X64_W, to.at, x64_r(from.at));
    else if (to.kind == PMOVE_REG && from.kind == PMOVE_REG)
        cg_copy(cg, to.at, from.at, type);
    else if (to.kind == PMOVE_REG && from.kind == PMOVE_CONST)
        cg_load_const(cg, to.at, from.at);
    else if (to.kind == PMOVE_REG)
        cg_load_mem(cg, to.at, rm_of(cg, from), type);
    else if (from.kind == PMOVE_REG)
        cg_store_mem(cg, rm_of(cg, to), from.at, type);
    else if (from.kind == PMOVE_CONST)
        store_const(cg, rm_of(cg, to), from.at);
    else
        copy_memory(cg, rm_of(cg, to), rm_of(cg, from), type);
}

void cg_moves_run(struct cg *cg)
{
    if (cg->nmoves && !cg->error &&
        cg_grow(cg, &cg->ready, &cg->cap_ready, cg->nmoves, sizeof *cg->ready))
        pmove_run(cg->moves, cg->nmoves, cg->slot_books, cg->ready, ABI_SCRATCH_XMM, emit_move, cg);
    cg->nmoves = 0;
}
