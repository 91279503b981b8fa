/* About how long the code of each block will be, before it is made: what is near is jumped to by
 * short instructions. A wrong guess costs time: the function is compiled again (driver.c). */
#include "wasm/jit/cg.h"
#include "wasm/x64/select.h"

enum {
    PHI_BYTES = 2, /* of one in a register: often it is there already */
    MEMORY_PHI_BYTES = 10,
    RELOAD_BYTES = 6,
    STORE_BYTES = 6,
    ARGUMENT_BYTES = 4,
    OTHER_BYTES = 6, /* forms that have no row below */
};

/* Of a node's own instructions, by form. */
static const uint8_t form_bytes[SEL_NFORMS] = {
    [SEL_ALU] = 4,       [SEL_MUL] = 5,          [SEL_SHIFT] = 5,     [SEL_DIVIDE] = 20,
    [SEL_COMPARE] = 9,   [SEL_EQZ] = 8,          [SEL_FCOMPARE] = 14, [SEL_EXTEND] = 4,
    [SEL_WRAP] = 3,      [SEL_FMINMAX] = 16,     [SEL_TO_INT] = 20,   [SEL_TO_INT_SAT] = 30,
    [SEL_FROM_U64] = 30, [SEL_SELECT] = 9,       [SEL_VSHIFT] = 16,   [SEL_VSHIFT8] = 40,
    [SEL_CALL] = 6,      [SEL_VSEQUENCE] = 30,   [SEL_JUMP] = 4,      [SEL_ATOMIC_LOOP] = 30,
    [SEL_RETURN] = 5,    [SEL_RETURN_CALL] = 20, [SEL_BRANCH] = 7,    [SEL_SWITCH] = 24,
};

/* The moves on the edge from block b to `to`: into phis, and reloads of what it wants in registers
 * and b has only in slots. `left` says of each value the last block that it has left in a register.
 */
static uint32_t edge_bytes(const struct cg *cg, const uint32_t *left, ir_block_t b, ir_block_t to)
{
    const struct ir_block *ir = &cg->f->blocks[to];
    const struct cg_block *block = &cg->blocks[to];
    uint32_t bytes = 0;

    if (ir->npreds == 1)
        return 0;
    for (unsigned i = 0; i < block->nin; i++)
        bytes += block->in[i] >= ir->first ? PHI_BYTES : left[block->in[i]] == b ? 0 : RELOAD_BYTES;
    for (ir_ref_t n = ir->first; cg->f->nodes[n].op == IR_PHI; n++)
        bytes += cg->mark[n] & CG_MEMORY_PHI ? MEMORY_PHI_BYTES : 0;
    return bytes;
}

/* All edges of block b. */
static uint32_t edges_bytes(const struct cg *cg, uint32_t *left, ir_block_t b)
{
    const struct cg_block *block = &cg->blocks[b];
    uint32_t bytes = 0;

    for (unsigned i = 0; i < block->nout; i++)
        left[block->out[i]] = b;
    for (uint32_t i = 0; i < block->nedges; i++)
        bytes += edge_bytes(cg, left, b, cg->edges[block->edges + i].target);
    return bytes;
}

/* A jump to an interpreter's dispatch is a copy of that (x64/dispatch.c). */
static uint32_t jump_bytes(const struct cg *cg, ir_block_t b)
{
    ir_block_t to = cg->f->blocks[b].succ[0];
    bool dispatch = to <= b && cg->f->nodes[cg->f->blocks[to].end - 1].op == IR_SWITCH;

    return dispatch ? cg->bytes_before[to + 1] - cg->bytes_before[to] : 0;
}

static uint32_t nodes_bytes(const struct cg *cg, const struct ir_block *b)
{
    uint32_t bytes = 0;

    for (ir_ref_t n = b->first; n < b->end; n++) {
        unsigned mark = cg->mark[n], form = sel_row(cg, n)->form;
        if (mark & CG_FUSED || form == SEL_NONE)
            continue;
        bytes += form_bytes[form] ? form_bytes[form] : OTHER_BYTES;
        if (mark & CG_SPILLED)
            bytes += STORE_BYTES;
        if (form == SEL_CALL || form == SEL_RETURN || form == SEL_RETURN_CALL)
            bytes += ARGUMENT_BYTES * cg->f->nodes[n].c;
    }
    return bytes;
}

void cg_sizes(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    uint32_t bytes = 0, action = 0;
    uint32_t *left = ARENA_ARRAY(cg->arena, uint32_t, f->nnodes);

    cg->bytes_before = ARENA_ARRAY_UNSET(cg->arena, uint32_t, f->nblocks + 1ull);
    if (!cg->bytes_before || !left) {
        cg->error = -ENOMEM;
        return;
    }
    cg->bytes_before[0] = 0;
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        cg->bytes_before[b] = bytes;
        bytes += nodes_bytes(cg, &f->blocks[b]);
        for (; action < cg->nactions && cg->actions[action].pos < f->blocks[b].end; action++)
            bytes += cg->actions[action].reload ? RELOAD_BYTES : 0;
        bytes += edges_bytes(cg, left, b);
        cg->bytes_before[b + 1] = bytes;
        if (f->nodes[f->blocks[b].end - 1].op == IR_JUMP)
            bytes += jump_bytes(cg, b);
    }
    cg->bytes_before[f->nblocks] = bytes;
}
