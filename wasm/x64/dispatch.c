/* An interpreter's loop begins with the switch over its instructions, and each of them ends with a
 * jump back to there. The code of such a block, from its label to the indirect jump, is repeated in
 * place of the jump: each instruction gets an indirect jump of its own, which the machine predicts
 * by itself, and one jump less is taken. Only code is copied, not IR: registers at the block's
 * entry are the same for all that lead there, and so are those at its end. */
#include "base/string.h"
#include "wasm/jit/code_int.h"
#include "wasm/x64/select.h"

enum {
    BYTES_MAX = 96,    /* of the block; what is longer gains nothing */
    BYTES_FREE = 4096, /* copies: as many bytes as the function has otherwise, and these */
};

/* Does the block find out itself where to go? Where the index comes in from the blocks before,
 * often as a constant, as in Go's functions, which begin with a switch to where they resume, a copy
 * gains nothing. */
static bool fetches(const struct cg *cg, const struct ir_block *b)
{
    ir_ref_t index = cg->f->nodes[b->end - 1].a;

    return index >= b->first && cg->f->nodes[index].op != IR_PHI;
}

/* Is the node's code free of references to what is placed elsewhere: constants, cold pieces? */
static bool is_plain(const struct cg *cg, ir_ref_t n)
{
    const struct ir_node *node = &cg->f->nodes[n];

    switch (sel_row(cg, n)->form) {
    case SEL_NONE: /* phis and constants */
        return node->op == IR_PHI || (node->op == IR_CONST && node->type == IR_I32);
    case SEL_ALU:
    case SEL_MUL:
    case SEL_SHIFT:
    case SEL_COMPARE:
    case SEL_EQZ:
        return !sel_row(cg, n)->wide;
    case SEL_LOAD:
    case SEL_GLOBAL_GET:
        return node->type == IR_I32;
    case SEL_STORE:
        return cg->f->nodes[node->b].type == IR_I32;
    case SEL_EXTEND:
    case SEL_WRAP:
    case SEL_SWITCH:
        return true;
    default:
        return false;
    }
}

void cg_dispatch_note(struct cg *cg)
{
    const struct ir_block *b = &cg->f->blocks[cg->block];
    struct cg_dispatch *d = &cg->dispatch;
    uint32_t start = cg->blocks[cg->block].label.at - 1;

    if (!b->loop_end || cg->e.pos - start > BYTES_MAX || !fetches(cg, b) ||
        jit_has(&cg->m->jit, JIT_NO_DISPATCH))
        return;
    for (ir_ref_t n = b->first; n < b->end; n++)
        if (!is_plain(cg, n))
            return;
    *d = (struct cg_dispatch){.block = cg->block,
                              .start = start,
                              .end = cg->e.pos,
                              .table = cg->ntables - 1,
                              .table_disp = cg->tables[cg->ntables - 1].label.chain,
                              .site = cg->nsites,
                              .incoming = cg->nincoming,
                              .folded = cg->nfolded,
                              .copied = d->copied};
    while (d->site && cg->sites[d->site - 1].code_offset >= start)
        d->site--;
    while (d->incoming && cg->incoming[d->incoming - 1] >= start)
        d->incoming--;
    while (d->folded && cg->folded[d->folded - 1].start >= start)
        d->folded--;
}

/* What is known of places in the block's code is known of the copy's, `by` bytes further. */
static bool copy_notes(struct cg *cg, const struct cg_dispatch *d, uint32_t by)
{
    for (uint32_t i = d->site; i < cg->nsites && cg->sites[i].code_offset < d->end; i++) {
        if (!cg_grow(cg, &cg->sites, &cg->cap_sites, cg->nsites, sizeof *cg->sites))
            return false;
        struct code_site s = cg->sites[i];
        s.code_offset += by;
        cg->sites[cg->nsites++] = s;
    }
    for (uint32_t i = d->incoming; i < cg->nincoming && cg->incoming[i] < d->end; i++) {
        if (!cg_grow(cg, &cg->incoming, &cg->cap_incoming, cg->nincoming, sizeof *cg->incoming))
            return false;
        cg->incoming[cg->nincoming++] = cg->incoming[i] + by;
    }
    for (uint32_t i = d->folded; i < cg->nfolded && cg->folded[i].start < d->end; i++) {
        if (!cg_grow(cg, &cg->folded, &cg->cap_folded, cg->nfolded, sizeof *cg->folded))
            return false;
        struct cg_folded a = cg->folded[i];
        a.start += by;
        a.sib += by;
        a.end += by;
        cg->folded[cg->nfolded++] = a;
    }
    return true;
}

bool cg_dispatch_copy(struct cg *cg, ir_block_t to)
{
    struct cg_dispatch *d = &cg->dispatch;
    uint32_t bytes = d->end - d->start, others = cg->e.pos - cg->body_start - d->copied;

    if (!to || d->block != to || d->copied + bytes > BYTES_FREE + others || !cg_room(cg, bytes))
        return false;
    uint32_t at = cg->e.pos, by = at - d->start;
    cg_access_end(cg);
    if (!copy_notes(cg, d, by))
        return false;
    memcpy(cg->e.base + at, cg->e.base + d->start, bytes);
    x64_note_rip_at(&cg->e, d->table_disp + by, &cg->tables[d->table].label);
    cg->e.pos += bytes;
    d->copied += bytes;
    return true;
}
