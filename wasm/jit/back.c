/* Two walks over the finished function. Forward: what is folded into what, where each value is
 * needed last, which values live across blocks, the edges. Backward: use lists and live sets
 * (Boissinot et al. 2011: in a reducible graph one pass over the blocks in reverse, then a loop
 * header's live-in set holds in its whole loop). */
#include "base/bitmap.h"
#include "base/string.h"
#include "wasm/jit/cg.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

bool cg_grow(struct cg *cg, void *array, uint32_t *cap, uint32_t n, size_t size)
{
    if (n < *cap)
        return true;
    if (cg->error)
        return false;
    uint64_t want = max_u64(max_u64(16, 2ull * *cap), n + 1ull);
    void *p = want <= UINT32_MAX ? arena_calloc(cg->arena, want, size) : NULL;
    if (!p) {
        cg->error = -ENOMEM;
        return false;
    }
    void **slot = array;
    if (*cap)
        memcpy(p, *slot, *cap * size);
    *slot = p;
    *cap = (uint32_t)want;
    return true;
}

/* ---- forward ---- */

struct forward {
    struct cg *cg;
    uint32_t *next_pred; /* per block: how many of its preds have been met */
    ir_block_t *loops;   /* headers of the loops around the current block, outermost first */
    uint32_t nloops;
    ir_block_t block;
    uint32_t cap_edges, cap_calls;
};

/* The last position of the outermost loop around the current block that v is defined outside of; 0
 * if none. */
static uint32_t loop_extent(const struct forward *w, ir_ref_t v)
{
    const struct ir_block *blocks = w->cg->f->blocks;
    uint32_t lo = 0, hi = w->nloops;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (blocks[w->loops[mid]].first > v)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo < w->nloops ? cg_loop_end_pos(w->cg, w->loops[lo]) - 1 : 0;
}

static void note_use(struct forward *w, ir_ref_t v, ir_ref_t pos)
{
    struct cg *cg = w->cg;
    if (cg_is_const(cg, v))
        return;
    uint32_t extent = loop_extent(w, v);
    if (pos < extent)
        pos = extent;
    if (cg->last[v] < pos)
        cg->last[v] = pos;
    if (v < cg->f->blocks[w->block].first && !cg->global[v])
        cg->global[v] = ++cg->nglobals;
}

static void note_list(struct forward *w, ir_ref_t n)
{
    struct cg *cg = w->cg;
    const struct ir_node *node = &cg->f->nodes[n];
    struct abi_walk walk;
    if (node->op == IR_RETURN)
        abi_results_begin(&walk);
    else if (node->op == IR_CALL_RT)
        abi_runtime_begin(&walk);
    else
        abi_params_begin(&walk);
    for (uint32_t i = 0; i < node->c; i++) {
        ir_ref_t v = cg->f->pool[node->b + i];
        note_use(w, v, n);
        if (ir_is_computed_call(node->op) && i == 0)
            continue;
        unsigned type = cg->f->nodes[v].type;
        struct abi_place place = abi_next(&walk, cg_class_of(type) == CG_XMM, 8);
        if (v >= cg->f->blocks[w->block].first && !jit_has(&cg->m->jit, JIT_NO_HINTS) &&
            (!cg->ncalls || v > cg->calls[cg->ncalls - 1]))
            cg->hint[v] = place.reg;
    }
    if (ir_is_tail_call(node->op))
        cg->tail_bytes = (uint32_t)max_u64(cg->tail_bytes, abi_params_bytes(cg_call_type(cg, n)));
    if (ir_is_call(node->op) && cg_grow(cg, &cg->calls, &w->cap_calls, cg->ncalls + 1, 4))
        cg->calls[cg->ncalls++] = n;
}

static void add_edge(struct forward *w, ir_block_t from, ir_block_t to)
{
    struct cg *cg = w->cg;
    const struct ir_block *target = &cg->f->blocks[to];
    const uint32_t *preds = cg->f->pool + target->preds;
    uint32_t i = w->next_pred[to];
    if (i >= target->npreds || preds[i] != from)
        for (i = 0; i < target->npreds && preds[i] != from;)
            i++;
    assert(i < target->npreds);
    w->next_pred[to] = i + 1;
    if (!cg_grow(cg, &cg->edges, &w->cap_edges, cg->nedges, sizeof *cg->edges))
        return;
    cg->edges[cg->nedges++] = (struct cg_edge){to, i};
    cg->blocks[from].nedges++;
}

static void add_edges(struct forward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    const struct ir_block *block = &cg->f->blocks[b];
    const struct ir_node *end = &cg->f->nodes[block->end - 1];
    cg->blocks[b].edges = cg->nedges;
    if (end->op == IR_JUMP || end->op == IR_BRANCH || end->op == IR_TRY)
        add_edge(w, b, block->succ[0]);
    if (end->op == IR_BRANCH || end->op == IR_TRY)
        add_edge(w, b, block->succ[1]);
    if (end->op ==
        IR_TRY) { /* where an exception lands, nothing else knows the caller's registers */
        cg->blocks[block->succ[1]].pad = true;
        cg->saved = ABI_CALLEE_SAVED;
    }
    for (uint32_t i = 0; end->op == IR_SWITCH && i < end->c && !cg->error; i++) {
        ir_block_t to = cg->f->pool[end->b + i];
        if (cg->switch_edge[to] == b)
            continue;
        cg->switch_edge[to] = b;
        add_edge(w, b, to);
    }
    for (uint32_t e = cg->blocks[b].edges; e < cg->nedges; e++) {
        const struct ir_block *to = &cg->f->blocks[cg->edges[e].target];
        for (ir_ref_t phi = to->first; cg->f->nodes[phi].op == IR_PHI; phi++)
            note_use(w, cg_phi_arg(cg, phi, cg->edges[e].pred), block->end - 1);
    }
}

static void enter_block(struct forward *w, ir_block_t b)
{
    const struct ir_block *blocks = w->cg->f->blocks;
    w->block = b;
    while (w->nloops && b >= blocks[w->loops[w->nloops - 1]].loop_end)
        w->nloops--;
    if (blocks[b].loop_end) {
        w->cg->blocks[b].outer_loop = w->nloops ? w->loops[w->nloops - 1] : 0;
        w->loops[w->nloops++] = b;
    }
}

static void walk_forward(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    struct forward w = {.cg = cg};
    w.next_pred = ARENA_ARRAY(cg->arena, uint32_t, f->nblocks);
    w.loops = ARENA_ARRAY(cg->arena, ir_block_t, f->nblocks);
    if (!w.next_pred || !w.loops)
        cg->error = -ENOMEM;
    for (ir_block_t b = 1; b < f->nblocks && !cg->error; b++) {
        ir_ref_t first = f->blocks[b].first, barrier = 0;
        enter_block(&w, b);
        for (ir_ref_t n = first; n < f->blocks[b].end; n++) {
            cg_fuse(cg, n, first, barrier);
            if (cg_is_barrier(cg, n))
                barrier = n;
            unsigned op = f->nodes[n].op;
            if (cg_is_list(op)) {
                if (op != IR_PHI)
                    note_list(&w, n);
                continue;
            }
            ir_ref_t ops[CG_OPERANDS_MAX];
            unsigned count = cg_uses(cg, n, ops);
            for (unsigned i = 0; i < count; i++)
                note_use(&w, ops[i], n);
        }
        add_edges(&w, b);
        cg->degraded = cg->degraded || w.nloops > CG_LOOP_DEPTH_MAX;
    }
    if (cg_grow(cg, &cg->calls, &w.cap_calls, cg->ncalls + 1, 4))
        cg->calls[cg->ncalls] = UINT32_MAX;
}

/* ---- backward ---- */

struct backward {
    struct cg *cg;
    uint64_t *live;
    uint32_t alive[CG_NCLASSES];    /* values alive at this point … */
    uint32_t pressure[CG_NCLASSES]; /* … and the most so far in this block */
    ir_block_t block;
};

static uint64_t *row_of(const struct cg *cg, ir_block_t b)
{
    return cg->live_in + (size_t)b * cg->live_words;
}

void cg_live_out(struct cg *cg, ir_block_t b)
{
    memset(cg->live_out, 0, cg->live_words * sizeof *cg->live_out);
    for (uint32_t i = 0; i < cg->blocks[b].nedges; i++) {
        const uint64_t *in = row_of(cg, cg->edges[cg->blocks[b].edges + i].target);
        for (uint32_t k = 0; k < cg->live_words; k++)
            cg->live_out[k] |= in[k];
    }
}

static void record_use(struct backward *w, ir_ref_t v, ir_ref_t pos)
{
    struct cg *cg = w->cg;
    bool first_met = cg->use_first[v] == cg->use_begin[v + 1];
    dassert(cg->use_first[v] > cg->use_begin[v]);
    cg->use_pos[--cg->use_first[v]] = pos << 1;
    if (!w->live || cg_is_const(cg, v))
        return;
    uint32_t g = cg->global[v];
    if (g) {
        first_met = !bitmap_get(w->live, g);
        bitmap_set(w->live, g);
    }
    if (first_met) {
        enum cg_class c = cg_class_of(cg->f->nodes[v].type);
        if (++w->alive[c] > w->pressure[c])
            w->pressure[c] = w->alive[c];
    }
}

static void record_def(struct backward *w, ir_ref_t n)
{
    struct cg *cg = w->cg;
    if (!w->live)
        return;
    uint32_t g = cg->global[n];
    bool alive = g ? bitmap_get(w->live, g) : cg->use_first[n] != cg->use_begin[n + 1];
    if (g)
        bitmap_clear(w->live, g);
    w->alive[cg_class_of(cg->f->nodes[n].type)] -= alive;
}

static void record_pressure(struct backward *w)
{
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        w->cg->blocks[w->block].pressure[c] =
            (uint8_t)(w->pressure[c] < UINT8_MAX ? w->pressure[c] : UINT8_MAX);
}

/* Live at the end of block b: what its successors need (their phis apart). */
static void begin_live_set(struct backward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    cg_live_out(cg, b);
    w->live = row_of(cg, b);
    for (uint32_t k = 0; k < cg->live_words; k++) {
        w->live[k] = cg->live_out[k];
        w->alive[CG_XMM] += (uint32_t)__builtin_popcountll(w->live[k] & cg->xmm_mask[k]);
        w->alive[CG_GPR] += (uint32_t)__builtin_popcountll(w->live[k] & ~cg->xmm_mask[k]);
    }
}

static void begin_block(struct backward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    w->block = b;
    w->alive[CG_GPR] = w->alive[CG_XMM] = 0;
    if (!cg->degraded)
        begin_live_set(w, b);
    w->pressure[CG_GPR] = w->alive[CG_GPR];
    w->pressure[CG_XMM] = w->alive[CG_XMM];
    for (uint32_t i = 0; i < cg->blocks[b].nedges; i++) {
        const struct cg_edge *e = &cg->edges[cg->blocks[b].edges + i];
        const struct ir_block *to = &cg->f->blocks[e->target];
        for (ir_ref_t phi = to->first; cg->f->nodes[phi].op == IR_PHI; phi++) {
            ir_ref_t v = cg_phi_arg(cg, phi, e->pred);
            if (!cg_is_const(cg, v))
                record_use(w, v, cg->f->blocks[b].end - 1);
        }
    }
}

static void walk_block_backward(struct backward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    const struct ir_func *f = cg->f;
    begin_block(w, b);
    for (ir_ref_t n = f->blocks[b].end; n-- > f->blocks[b].first;) {
        const struct ir_node *node = &f->nodes[n];
        if (cg->mark[n] & CG_FUSED)
            continue;
        if (node->type != IR_VOID && node->op != IR_CONST)
            record_def(w, n);
        if (node->op == IR_PHI)
            continue;
        if (cg_is_list(node->op)) {
            for (uint32_t i = node->c; i-- > 0;) {
                ir_ref_t v = f->pool[node->b + i];
                if (!cg_is_const(cg, v))
                    record_use(w, v, n);
            }
        } else {
            ir_ref_t ops[CG_OPERANDS_MAX];
            for (unsigned i = cg_uses(cg, n, ops); i-- > 0;)
                record_use(w, ops[i], n);
        }
    }
    record_pressure(w);
    ir_block_t end = f->blocks[b].loop_end;
    for (ir_block_t k = b + 1; !cg->degraded && k < end; k++)
        for (uint32_t i = 0; i < cg->live_words; i++)
            row_of(cg, k)[i] |= w->live[i];
}

static bool alloc_live_sets(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    cg->live_words = (uint32_t)BITMAP_WORDS(cg->nglobals + 1);
    if ((uint64_t)cg->live_words * f->nblocks * 8 > CG_LIVE_BYTES_MAX)
        cg->degraded = true;
    if (cg->degraded)
        return true;
    cg->globals = ARENA_ARRAY(cg->arena, ir_ref_t, cg->nglobals + 1);
    cg->xmm_mask = ARENA_ARRAY(cg->arena, uint64_t, cg->live_words);
    cg->live_out = ARENA_ARRAY(cg->arena, uint64_t, cg->live_words);
    cg->live_in = ARENA_ARRAY(cg->arena, uint64_t, (size_t)cg->live_words * f->nblocks);
    if (!cg->globals || !cg->xmm_mask || !cg->live_out || !cg->live_in)
        return false;
    for (ir_ref_t n = 1; n < f->nnodes; n++) {
        uint32_t g = cg->global[n];
        if (!g)
            continue;
        cg->globals[g] = n;
        if (cg_class_of(f->nodes[n].type) == CG_XMM)
            bitmap_set(cg->xmm_mask, g);
    }
    return true;
}

static bool alloc_use_lists(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    uint64_t total = 0;
    for (ir_ref_t n = 0; n < f->nnodes; n++) {
        cg->use_begin[n] = cg->use_first[n] = (uint32_t)total;
        total += f->uses[n];
        if (total > UINT32_MAX)
            return false;
        if (n)
            cg->use_first[n - 1] = (uint32_t)(total - f->uses[n]);
    }
    cg->use_begin[f->nnodes] = (uint32_t)total;
    cg->use_first[f->nnodes - 1] = (uint32_t)total;
    cg->use_pos = ARENA_ARRAY(cg->arena, uint32_t, total + 1);
    return cg->use_pos != NULL;
}

void cg_back(struct cg *cg)
{
    cg->degraded = jit_has(&cg->m->jit, JIT_DEGRADED);
    if (!jit_has(&cg->m->jit, JIT_NO_FUSE))
        cg_fuse_addresses(cg);
    walk_forward(cg);
    if (cg->error)
        return;
    if (!alloc_live_sets(cg) || !alloc_use_lists(cg)) {
        cg->error = -ENOMEM;
        return;
    }
    struct backward w = {.cg = cg};
    for (ir_block_t b = cg->f->nblocks; b-- > 1;)
        walk_block_backward(&w, b);
}
