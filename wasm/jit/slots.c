/* Frame layout. Spilled values share slots where their live ranges do not overlap: one walk in
 * program order, a slot is free again behind its value's last position. */
#include "wasm/jit/cg.h"
#include "wasm/x64/select.h"

struct slot_list {
    uint32_t *at;
    uint32_t n, cap;
};

struct slots {
    struct cg *cg;
    struct slot_list free[2]; /* of one unit, of two units (v128) */
    ir_ref_t *ending;         /* per position: a value whose slot is last needed there … */
    ir_ref_t *next_ending;    /* … and per value the next such */
};

static unsigned units_of(const struct slots *s, ir_ref_t v)
{
    return s->cg->f->nodes[v].type == IR_V128 ? 2 : 1;
}

static void give_back(struct slots *s, ir_ref_t v)
{
    struct slot_list *list = &s->free[units_of(s, v) - 1];
    if (cg_grow(s->cg, &list->at, &list->cap, list->n, sizeof *list->at))
        list->at[list->n++] = s->cg->slot[v];
}

static void assign_slot(struct slots *s, ir_ref_t v)
{
    struct cg *cg = s->cg;
    unsigned units = units_of(s, v);
    struct slot_list *list = &s->free[units - 1];
    if (list->n) {
        cg->slot[v] = list->at[--list->n];
    } else {
        cg->slot[v] = cg->nslots;
        cg->nslots += units;
    }
    uint32_t last = cg->last[v] > v ? cg->last[v] : v;
    s->next_ending[v] = s->ending[last];
    s->ending[last] = v;
}

/* A value whose slot does not count before its loop is left stays in its register there: it is
 * stored on the ways out, of the outermost such loop, and not at each turn. */
static void store_late(struct cg *cg, ir_ref_t v, ir_block_t loop)
{
    ir_block_t out_of = 0;
    while (loop && cg_loop_end_pos(cg, loop) <= cg->need[v]) {
        out_of = loop;
        loop = cg->blocks[loop].outer_loop;
    }
    if (!out_of || jit_has(&cg->m->jit, JIT_NO_LATE_STORES))
        return;
    if (!cg->late)
        cg->late = ARENA_ARRAY_UNSET(cg->arena, ir_block_t, cg->f->nnodes);
    if (!cg->late) {
        cg->error = -ENOMEM;
        return;
    }
    cg->late[v] = out_of;
    cg->mark[v] |= CG_STORED_LATE;
}

/* The largest outgoing area of any call: stack parameters and stack results. A tail call's
 * parameters wait there until the frame is left. */
static uint32_t outgoing_bytes(const struct cg *cg)
{
    uint32_t most = cg->tail_bytes;
    for (uint32_t i = 0; i < cg->ncalls; i++) {
        const struct ir_node *n = &cg->f->nodes[cg->calls[i]];
        if (n->op == IR_CALL_RT)
            continue;
        const struct wasm_functype *type = cg_call_type(cg, cg->calls[i]);
        uint32_t bytes = abi_params_bytes(type) + abi_results_bytes(type);
        most = bytes > most ? bytes : most;
    }
    return most;
}

void cg_slots(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    struct slots s = {.cg = cg};
    s.ending = ARENA_ARRAY(cg->arena, ir_ref_t, f->nnodes);
    s.next_ending = ARENA_ARRAY_UNSET(cg->arena, ir_ref_t, f->nnodes);
    if (!s.ending || !s.next_ending) {
        cg->error = -ENOMEM;
        return;
    }
    for (ir_block_t b = 1; b < f->nblocks && !cg->error; b++)
        for (ir_ref_t n = f->blocks[b].first; n < f->blocks[b].end; n++) {
            if (cg->mark[n] & CG_SPILLED && !(cg->slot[n] & CG_SLOT_INCOMING)) {
                assign_slot(&s, n);
                store_late(cg, n, f->blocks[b].loop_header);
            }
            for (ir_ref_t v = s.ending[n]; v; v = s.next_ending[v])
                give_back(&s, v);
        }
    cg->out_bytes = outgoing_bytes(cg);
    cg->locals_offset = cg->out_bytes;
    uint64_t slots_offset = cg->locals_offset + 16ull * f->nslots;
    uint64_t frame = slots_offset + 8ull * cg->nslots;
    if (frame > CG_FRAME_MAX) {
        cg->error = -ENOMEM;
        return;
    }
    cg->slots_offset = (uint32_t)slots_offset;
    cg->frame_bytes = (uint32_t)frame;
    cg->slot_books = ARENA_ARRAY(cg->arena, struct pmove_slot, cg->nslots + 1);
    if (!cg->slot_books)
        cg->error = -ENOMEM;
}
