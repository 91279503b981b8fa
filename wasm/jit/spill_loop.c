/* What the spill pass makes good at the end of a loop. */
#include "wasm/jit/cg.h"

#define SET_MAX (ABI_GPR_COUNT + ABI_XMM_COUNT)

struct set {
    ir_ref_t v[SET_MAX];
    unsigned n;
};

static bool holds(const ir_ref_t *v, unsigned n, ir_ref_t value)
{
    for (unsigned i = 0; i < n; i++)
        if (v[i] == value)
            return true;
    return false;
}

/* Index of the first action at or behind pos. */
static uint32_t action_from(const struct cg *cg, uint32_t pos)
{
    uint32_t lo = 0, hi = cg->nactions;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (cg->actions[mid].pos >= pos)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* The values that come into the loop in registers, are not read in it, and have lost their
 * registers where it begins again. */
static void find_lost(const struct cg *cg, ir_block_t header, struct set *lost)
{
    const struct ir_block *block = &cg->f->blocks[header];
    const struct cg_block *entry = &cg->blocks[header];
    uint32_t end = cg_loop_end_pos(cg, header);
    for (unsigned k = 0; k < entry->nin; k++) {
        ir_ref_t v = entry->in[k];
        if (v >= block->first || cg_use_from(cg, v, block->first) < end)
            continue;
        for (uint32_t i = 1; i < block->npreds; i++) {
            const struct cg_block *back = &cg->blocks[cg->f->pool[block->preds + i]];
            if (!holds(back->out, back->nout, v)) {
                lost->v[lost->n++] = v;
                break;
            }
        }
    }
}

static void remove_from(ir_ref_t *v, uint8_t *n, const struct set *lost)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < *n; i++)
        if (!holds(lost->v, lost->n, v[i]))
            v[kept++] = v[i];
    *n = (uint8_t)kept;
}

void cg_spill_loop_end(struct cg *cg, ir_block_t header)
{
    struct set lost = {.n = 0};
    find_lost(cg, header, &lost);
    if (!lost.n)
        return;
    for (unsigned i = 0; i < lost.n; i++)
        cg_need_slot(cg, lost.v[i], cg->f->blocks[header].first);
    for (ir_block_t b = header; b < cg->f->blocks[header].loop_end; b++) {
        remove_from(cg->blocks[b].in, &cg->blocks[b].nin, &lost);
        remove_from(cg->blocks[b].out, &cg->blocks[b].nout, &lost);
    }
    uint32_t kept = action_from(cg, cg->f->blocks[header].first);
    for (uint32_t i = kept; i < cg->nactions; i++)
        if (!holds(lost.v, lost.n, cg->actions[i].value))
            cg->actions[kept++] = cg->actions[i];
    cg->nactions = kept;
}
