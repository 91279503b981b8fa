/* What happens between blocks: the registers in which a block finds its values, and the moves that
 * bring them there from the end of each predecessor. */
#include "wasm/jit/check.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

/* Where a value is if it is in no register. */
static struct pmove_place place_in_memory(const struct cg *cg, ir_ref_t v)
{
    if (cg_is_const(cg, v))
        return (struct pmove_place){PMOVE_CONST, v};
    assert(cg->mark[v] & CG_SPILLED);
    if (cg->slot[v] & CG_SLOT_INCOMING)
        return (struct pmove_place){PMOVE_INCOMING, cg->slot[v] & ~CG_SLOT_INCOMING};
    return (struct pmove_place){PMOVE_SLOT, cg->slot[v]};
}

struct pmove_place cg_place(const struct cg *cg, ir_ref_t v)
{
    if (cg->reg[v] != X64_NONE)
        return (struct pmove_place){PMOVE_REG, cg->reg[v]};
    return place_in_memory(cg, v);
}

/* Value v of the entry set of the edge's target, as its source knows it. */
static inline ir_ref_t at_source(const struct cg *cg, const struct cg_edge *e,
                                 const struct ir_block *target, ir_ref_t v)
{
    return v >= target->first ? cg_phi_arg(cg, v, e->pred) : v;
}

/* The arguments that the other predecessors will bring: to be computed in the phi's register if
 * possible. */
static void hint_arguments(struct cg *cg, ir_ref_t phi, unsigned reg)
{
    const struct ir_node *n = &cg->f->nodes[phi];
    for (uint32_t i = 0; i < n->c; i++) {
        ir_ref_t v = cg->f->pool[n->b + i];
        if (v > cg->pos && !jit_has(&cg->m->jit, JIT_NO_HINTS))
            cg->hint[v] = (uint8_t)reg;
    }
}

/* Is v needed behind a call that comes at or behind position `from`? */
static bool crosses_call(const struct cg *cg, ir_ref_t v, uint32_t from)
{
    return cg->ncalls && cg_first_call(cg, from) < cg->last[v];
}

/* A block with one predecessor takes over what is there: all its values are in registers. */
static void take_over(const struct cg *cg, struct cg_block *b)
{
    for (unsigned i = 0; i < b->nin; i++) {
        b->in_regs[i] = cg->reg[b->in[i]];
        dassert(b->in_regs[i] != X64_NONE);
    }
}

/* Chooses the entry registers of a block, as they are at its first predecessor where possible. */
static void choose_entry(struct cg *cg, const struct cg_edge *e)
{
    struct cg_block *b = &cg->blocks[e->target];
    const struct ir_block *ir = &cg->f->blocks[e->target];
    uint32_t taken = 0;
    for (int round = 0; round < 2; round++) {
        for (unsigned i = 0; i < b->nin; i++) {
            bool is_phi = b->in[i] >= ir->first;
            unsigned reg = cg->reg[at_source(cg, e, ir, b->in[i])];
            if (is_phi != (round == 1))
                continue;
            b->in_regs[i] = X64_NONE;
            bool move_over = ir->loop_end && reg < X64_XMM && !(ABI_CALLEE_SAVED >> reg & 1) &&
                             crosses_call(cg, b->in[i], ir->first);
            if (reg == X64_NONE || taken >> reg & 1 || move_over)
                continue;
            b->in_regs[i] = (uint8_t)reg;
            taken |= 1u << reg;
        }
    }
    for (unsigned i = 0; i < b->nin; i++) {
        ir_ref_t v = b->in[i];
        if (b->in_regs[i] == X64_NONE) {
            uint32_t mask = cg_class_mask(cg_class_of(cg->f->nodes[v].type)) & ~taken;
            assert(mask);
            b->in_regs[i] = (uint8_t)cg_prefer(cg_unwanted(cg, mask, cg->hint[v]),
                                               crosses_call(cg, v, ir->first), cg->hint[v]);
            taken |= 1u << b->in_regs[i];
        }
        if (v >= ir->first)
            hint_arguments(cg, v, b->in_regs[i]);
    }
}

static void enter(struct cg *cg, const struct cg_edge *e)
{
    struct cg_block *b = &cg->blocks[e->target];
    b->entered = true;
    b->in_regs = cg->entry_regs;
    cg->entry_regs += b->nin;
    if (cg->f->blocks[e->target].npreds == 1)
        take_over(cg, b);
    else
        choose_entry(cg, e);
}

void cg_move_add(struct cg *cg, struct pmove_place to, struct pmove_place from, unsigned type)
{
    if (to.kind == from.kind && to.at == from.at)
        return;
    if (!cg_grow(cg, &cg->moves, &cg->cap_moves, cg->nmoves, sizeof *cg->moves))
        return;
    cg->moves[cg->nmoves++] = (struct pmove){to, from, (uint8_t)type, false};
}

/* Does the edge lead out of the loop that v, in a register at its source, is stored behind, to
 * where v is needed? */
static bool stored_on_edge(const struct cg *cg, const struct cg_edge *e, ir_ref_t v)
{
    if (!(cg->mark[v] & CG_STORED_LATE))
        return false;
    const struct ir_block *blocks = cg->f->blocks;
    ir_block_t end = blocks[cg->late[v]].loop_end;
    return cg->block < end && e->target >= end && cg_live_in(cg, e->target, v);
}

static void add_late_stores(struct cg *cg, const struct cg_edge *e)
{
    const struct cg_block *from = &cg->blocks[cg->block];
    for (unsigned i = 0; i < from->nout; i++)
        if (stored_on_edge(cg, e, from->out[i]))
            cg_move_add(cg, (struct pmove_place){PMOVE_SLOT, cg->slot[from->out[i]]},
                        cg_place(cg, from->out[i]), cg->f->nodes[from->out[i]].type);
}

uint32_t cg_edge_moves(struct cg *cg, uint32_t edge)
{
    const struct cg_edge *e = &cg->edges[edge];
    struct cg_block *b = &cg->blocks[e->target];
    const struct ir_block *ir = &cg->f->blocks[e->target];
    cg->nmoves = 0;
    if (UNLIKELY(cg->log))
        cg->log->edge = edge + 1;
    if (!b->entered)
        enter(cg, e);
    if (cg->late)
        add_late_stores(cg, e);
    if (ir->npreds == 1)
        return cg->nmoves; /* it takes over what is there */
    for (unsigned i = 0; i < b->nin; i++) {
        ir_ref_t v = b->in[i], from = at_source(cg, e, ir, v);
        if (cg->reg[from] != b->in_regs[i])
            cg_move_add(cg, (struct pmove_place){PMOVE_REG, b->in_regs[i]}, cg_place(cg, from),
                        cg->f->nodes[v].type);
    }
    for (ir_ref_t phi = ir->first; cg->f->nodes[phi].op == IR_PHI; phi++)
        if (cg->mark[phi] & CG_MEMORY_PHI)
            cg_move_add(cg, (struct pmove_place){PMOVE_SLOT, cg->slot[phi]},
                        cg_place(cg, cg_phi_arg(cg, phi, e->pred)), cg->f->nodes[phi].type);
    return cg->nmoves;
}

uint32_t cg_landing_moves(struct cg *cg, uint32_t edge)
{
    const struct cg_edge *e = &cg->edges[edge];
    cg->nmoves = 0;
    if (UNLIKELY(cg->log))
        cg->log->edge = edge + 1;
    for (ir_ref_t phi = cg->f->blocks[e->target].first; cg->f->nodes[phi].op == IR_PHI; phi++)
        if (cg->mark[phi] & CG_MEMORY_PHI)
            cg_move_add(cg, (struct pmove_place){PMOVE_SLOT, cg->slot[phi]},
                        place_in_memory(cg, cg_phi_arg(cg, phi, e->pred)), cg->f->nodes[phi].type);
    return cg->nmoves;
}

/* The registers that an edge's target takes its values from. */
static uint32_t edge_sources(const struct cg *cg, uint32_t edge)
{
    const struct cg_edge *e = &cg->edges[edge];
    const struct cg_block *b = &cg->blocks[e->target];
    const struct ir_block *ir = &cg->f->blocks[e->target];
    uint32_t mask = 0;
    for (unsigned i = 0; i < b->nin; i++) {
        unsigned reg = cg->reg[at_source(cg, e, ir, b->in[i])];
        mask |= reg == X64_NONE ? 0 : 1u << reg;
    }
    for (ir_ref_t phi = cg->f->blocks[e->target].first; cg->f->nodes[phi].op == IR_PHI; phi++) {
        unsigned reg = cg->reg[cg_phi_arg(cg, phi, e->pred)];
        mask |= reg == X64_NONE ? 0 : 1u << reg;
    }
    const struct cg_block *from = &cg->blocks[cg->block];
    for (unsigned i = 0; cg->late && i < from->nout; i++)
        if (stored_on_edge(cg, e, from->out[i]))
            mask |= 1u << cg->reg[from->out[i]];
    return mask;
}

bool cg_edge_early(struct cg *cg, uint32_t edge, uint32_t other)
{
    if (jit_has(&cg->m->jit, JIT_NO_EARLY_MOVES))
        return false;
    uint32_t wanted = edge_sources(cg, other), n = cg_edge_moves(cg, edge);
    for (uint32_t i = 0; i < n; i++)
        if (cg->moves[i].to.kind != PMOVE_REG || wanted >> cg->moves[i].to.at & 1)
            return false;
    if (UNLIKELY(cg->log))
        cg->log->edge = 0; /* they are made on both ways */
    return true;
}
