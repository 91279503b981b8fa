/* Two walks over the finished function. Forward: what is folded into what, what each node reads,
 * where each value is needed last, which values live across blocks, the edges. Backward: use lists
 * and live sets (Boissinot et al. 2011: in a reducible graph one pass over the blocks in reverse,
 * then a loop header's live-in set holds in its whole loop). */
#include "base/bitmap.h"
#include "base/string.h"
#include "wasm/jit/cg.h"
#include "wasm/x64/fuse.h"
#include "wasm/x64/select.h"

bool cg__grow(struct cg *cg, void *array, uint32_t *cap, uint32_t n, size_t size)
{
    if (cg->error)
        return false;
    uint64_t want = max_u64(max_u64(16, 2ull * *cap), n + 1ull);
    void *p = want <= UINT32_MAX ? arena_alloc_unset(cg->arena, want, size) : NULL;
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
    ir_ref_t innermost; /* first node of the innermost one, or 0 */
    ir_block_t block;
    ir_ref_t first; /* its first node */
    uint32_t cap_edges, cap_calls, cap_globals;
    bool fused; /* the node at hand will not read its operands: who has folded it does */
    /* Per block, what it reads of other blocks' values, by number: a list in one array. */
    uint32_t *exposed, *exposed_at, nexposed, cap_exposed;
    ir_block_t *seen; /* per value: the last block that has listed it */
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

/* v comes from another block. */
static void note_global_use(struct forward *w, ir_ref_t v, ir_ref_t pos)
{
    struct cg *cg = w->cg;
    uint32_t extent = v < w->innermost ? loop_extent(w, v) : 0;
    cg->last[v] = (uint32_t)max_u64(cg->last[v], max_u64(pos, extent));
    if (!cg->global[v] &&
        cg_grow(cg, &cg->globals, &w->cap_globals, cg->nglobals + 1, sizeof *cg->globals)) {
        cg->global[v] = ++cg->nglobals;
        cg->globals[cg->nglobals] = v;
    }
    if (w->seen[v] == w->block || w->fused ||
        !cg_grow(cg, &w->exposed, &w->cap_exposed, w->nexposed, sizeof *w->exposed))
        return;
    w->seen[v] = w->block;
    w->exposed[w->nexposed++] = cg->global[v];
}

/* v is no constant. */
static inline void note_use(struct forward *w, ir_ref_t v, ir_ref_t pos)
{
    if (v < w->first)
        note_global_use(w, v, pos);
    else
        w->cg->last[v] = pos; /* positions ascend */
}

/* Where an argument or result wants to be. */
static inline void note_hint(const struct forward *w, ir_ref_t v, unsigned reg)
{
    struct cg *cg = w->cg;
    if (v >= w->first && !jit_has(&cg->m->jit, JIT_NO_HINTS) &&
        (!cg->ncalls || v > cg->calls[cg->ncalls - 1]))
        cg->hint[v] = (uint8_t)reg;
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
    if (!cg_grow(cg, &cg->op_list, &cg->cap_ops, cg->nops + node->c, sizeof *cg->op_list))
        return;
    for (uint32_t i = 0; i < node->c; i++) {
        ir_ref_t v = cg->f->pool[node->b + i];
        bool is_const = cg_is_const(cg, v);
        if (!is_const) {
            cg->op_list[cg->nops++] = v;
            note_use(w, v, n);
        }
        if (i == 0 && ir_is_computed_call(node->op))
            continue;
        note_hint(w, v, abi_next(&walk, cg_class_of(cg->f->nodes[v].type) == CG_XMM, 8).reg);
    }
    if (ir_is_tail_call(node->op))
        cg->tail_bytes = (uint32_t)max_u64(cg->tail_bytes, abi_params_bytes(cg_call_type(cg, n)));
    if (ir_is_call(node->op) && cg_grow(cg, &cg->calls, &w->cap_calls, cg->ncalls + 1, 4))
        cg->calls[cg->ncalls++] = n;
}

static void note_node(struct forward *w, ir_ref_t n, ir_ref_t *barrier)
{
    struct cg *cg = w->cg;
    if (!cg_grow(cg, &cg->op_list, &cg->cap_ops, cg->nops + CG_OPERANDS_MAX, sizeof *cg->op_list))
        return;
    ir_ref_t *ops = cg->op_list + cg->nops;
    unsigned count = cg_fuse(cg, n, w->first, barrier, ops);
    cg->nops += count;
    w->fused = cg->mark[n] & CG_FUSED;
    for (unsigned i = 0; i < count; i++)
        if (!cg_is_const(cg, ops[i]))
            note_use(w, ops[i], n);
    w->fused = false;
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
    if (target->npreds == 1)
        return;
    for (ir_ref_t phi = target->first; cg->f->nodes[phi].op == IR_PHI; phi++) {
        ir_ref_t v = cg_phi_arg(cg, phi, i);
        if (cg_is_const(cg, v) ||
            !cg_grow(cg, &cg->phi_ops, &cg->cap_phi_ops, cg->nphi_ops, sizeof *cg->phi_ops))
            continue;
        cg->phi_ops[cg->nphi_ops++] = v;
        note_use(w, v, cg->f->blocks[from].end - 1);
    }
}

static void add_edges(struct forward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    const struct ir_block *block = &cg->f->blocks[b];
    const struct ir_node *end = &cg->f->nodes[block->end - 1];
    uint32_t first = cg->nedges;
    cg->blocks[b].edges = first;
    cg->phi_ops_at[b] = cg->nphi_ops;
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
    cg->blocks[b].nedges = cg->nedges - first;
}

static void enter_block(struct forward *w, ir_block_t b)
{
    const struct ir_block *blocks = w->cg->f->blocks;
    w->block = b;
    w->first = blocks[b].first;
    w->exposed_at[b] = w->nexposed;
    while (w->nloops && b >= blocks[w->loops[w->nloops - 1]].loop_end)
        w->nloops--;
    if (blocks[b].loop_end) {
        w->cg->blocks[b].outer_loop = w->nloops ? w->loops[w->nloops - 1] : 0;
        w->loops[w->nloops++] = b;
    }
    w->innermost = w->nloops ? blocks[w->loops[w->nloops - 1]].first : 0;
}

static bool begin_forward(struct forward *w)
{
    struct cg *cg = w->cg;
    const struct ir_func *f = cg->f;
    w->next_pred = ARENA_ARRAY(cg->arena, uint32_t, f->nblocks);
    w->loops = ARENA_ARRAY_UNSET(cg->arena, ir_block_t, f->nblocks);
    w->exposed_at = ARENA_ARRAY_UNSET(cg->arena, uint32_t, f->nblocks + 1ull);
    w->seen = cg->cursor; /* not needed before the use lists are there */
    cg->ops_at = ARENA_ARRAY_UNSET(cg->arena, uint32_t, f->nnodes + 1ull);
    cg->phi_ops_at = ARENA_ARRAY_UNSET(cg->arena, uint32_t, f->nblocks + 1ull);
    return w->next_pred && w->loops && w->exposed_at && cg->ops_at && cg->phi_ops_at &&
           cg_grow(cg, &cg->op_list, &cg->cap_ops, f->nnodes, sizeof *cg->op_list);
}

static void end_forward(struct forward *w)
{
    struct cg *cg = w->cg;
    const struct ir_func *f = cg->f;
    cg->ops_at[f->nnodes] = cg->nops;
    cg->phi_ops_at[f->nblocks] = cg->nphi_ops;
    w->exposed_at[f->nblocks] = w->nexposed;
    if (cg_grow(cg, &cg->calls, &w->cap_calls, cg->ncalls + 1, 4))
        cg->calls[cg->ncalls] = UINT32_MAX;
}

static void walk_forward(struct forward *w)
{
    struct cg *cg = w->cg;
    const struct ir_func *f = cg->f;
    if (!begin_forward(w))
        cg->error = -ENOMEM;
    for (ir_block_t b = 1; b < f->nblocks && !cg->error; b++) {
        ir_ref_t barrier = 0, end = f->blocks[b].end;
        enter_block(w, b);
        for (ir_ref_t n = w->first; n < end; n++) {
            unsigned op = f->nodes[n].op;
            cg->ops_at[n] = cg->nops;
            if (op == IR_CONST || op == IR_PHI)
                continue;
            if (cg_is_list(op)) {
                note_list(w, n);
                barrier = n;
            } else {
                note_node(w, n, &barrier);
            }
        }
        add_edges(w, b);
        cg->degraded = cg->degraded || w->nloops > CG_LOOP_DEPTH_MAX;
    }
    if (!cg->error)
        end_forward(w);
}

/* ---- backward ---- */

static uint64_t *row_of(const struct cg *cg, ir_block_t b)
{
    return cg->live_in + (size_t)b * cg->live_words;
}

/* Into the use lists, from their ends. */
static void record_uses(struct cg *cg, const struct ir_block *block, ir_block_t b)
{
    uint32_t *first = cg->use_first, *pos = cg->use_pos;
    const uint8_t *mark = cg->mark;
    for (uint32_t i = cg->phi_ops_at[b]; i < cg->phi_ops_at[b + 1]; i++)
        pos[--first[cg->phi_ops[i]]] = (block->end - 1) << 1;
    for (ir_ref_t n = block->end; n-- > block->first;) {
        const ir_ref_t *ops;
        if (mark[n] & CG_FUSED)
            continue;
        for (unsigned i = cg_operands(cg, n, &ops); i-- > 0;)
            pos[--first[ops[i]]] = n << 1;
    }
}

/* Alive at the end of block b: what its successors need (their phis apart). */
static void live_at_end(struct cg *cg, ir_block_t b)
{
    uint64_t *live = row_of(cg, b);
    for (uint32_t i = 0; i < cg->blocks[b].nedges; i++) {
        const uint64_t *in = row_of(cg, cg->edges[cg->blocks[b].edges + i].target);
        for (uint32_t k = 0; k < cg->live_words; k++)
            live[k] |= in[k];
    }
}

/* From alive at the end of the block to alive at its beginning. */
static void live_at_begin(const struct forward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    const struct ir_block *block = &cg->f->blocks[b];
    uint64_t *live = row_of(cg, b);
    for (ir_ref_t n = block->first; n < block->end; n++) /* number 0 is nobody's */
        live[cg->global[n] / 64] &= ~(1ull << cg->global[n] % 64);
    for (uint32_t i = w->exposed_at[b]; i < w->exposed_at[b + 1]; i++)
        bitmap_set(live, w->exposed[i]);
}

/* How many values are alive at each point of a block, going backwards. */
struct pressure {
    struct cg *cg;
    uint64_t *live;
    ir_block_t *seen; /* of a value that does not leave its block: the block, once it is alive */
    uint32_t alive[CG_NCLASSES], most[CG_NCLASSES];
    ir_block_t block;
};

static void press(struct pressure *p, ir_ref_t v)
{
    struct cg *cg = p->cg;
    uint32_t g = cg->global[v];
    if (cg_is_const(cg, v) || (g ? bitmap_get(p->live, g) : p->seen[v] == p->block))
        return;
    if (g)
        bitmap_set(p->live, g);
    else
        p->seen[v] = p->block;
    enum cg_class c = cg_class_of(cg->f->nodes[v].type);
    if (++p->alive[c] > p->most[c])
        p->most[c] = p->alive[c];
}

static void release(struct pressure *p, ir_ref_t v)
{
    const struct cg *cg = p->cg;
    uint32_t g = cg->global[v];
    bool alive = g ? bitmap_get(p->live, g) : p->seen[v] == p->block;
    if (g)
        bitmap_clear(p->live, g);
    p->alive[cg_class_of(cg->f->nodes[v].type)] -= alive;
}

static void begin_pressure(struct pressure *p)
{
    const struct cg *cg = p->cg;
    for (uint32_t k = 0; k < cg->live_words; k++) {
        p->alive[CG_XMM] += (uint32_t)__builtin_popcountll(p->live[k] & cg->xmm_mask[k]);
        p->alive[CG_GPR] += (uint32_t)__builtin_popcountll(p->live[k] & ~cg->xmm_mask[k]);
    }
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        p->most[c] = p->alive[c];
}

/* As live_at_begin, and the block's pressure. */
static void measure_pressure(const struct forward *w, ir_block_t b)
{
    struct cg *cg = w->cg;
    const struct ir_func *f = cg->f;
    struct pressure p = {.cg = cg, .live = row_of(cg, b), .seen = w->seen, .block = b};
    begin_pressure(&p);
    for (uint32_t i = cg->phi_ops_at[b]; i < cg->phi_ops_at[b + 1]; i++)
        press(&p, cg->phi_ops[i]);
    for (ir_ref_t n = f->blocks[b].end; n-- > f->blocks[b].first;) {
        const struct ir_node *node = &f->nodes[n];
        const ir_ref_t *ops;
        if (cg->mark[n] & CG_FUSED)
            continue;
        if (node->type != IR_VOID && node->op != IR_CONST)
            release(&p, n);
        for (unsigned i = cg_operands(cg, n, &ops); i-- > 0;)
            press(&p, ops[i]);
    }
    for (unsigned c = 0; c < CG_NCLASSES; c++)
        cg->blocks[b].pressure[c] = (uint8_t)(p.most[c] < UINT8_MAX ? p.most[c] : UINT8_MAX);
}

/* Is there a call in the loop? Then nobody will ask for its blocks' pressure. */
static bool has_call(const struct cg *cg, ir_block_t loop)
{
    return cg_first_call(cg, cg->f->blocks[loop].first) < cg_loop_end_pos(cg, loop);
}

static void walk_backward(const struct forward *w)
{
    struct cg *cg = w->cg;
    const struct ir_block *blocks = cg->f->blocks;
    ir_block_t loop = 0;
    bool has_calls = false;
    for (ir_block_t b = cg->f->nblocks; b-- > 1;) {
        record_uses(cg, &blocks[b], b);
        if (cg->degraded)
            continue;
        live_at_end(cg, b);
        if (blocks[b].loop_header != loop) {
            loop = blocks[b].loop_header;
            has_calls = loop && has_call(cg, loop);
        }
        if (loop && !has_calls)
            measure_pressure(w, b);
        else
            live_at_begin(w, b);
        for (ir_block_t k = b + 1; k < blocks[b].loop_end; k++)
            for (uint32_t i = 0; i < cg->live_words; i++)
                row_of(cg, k)[i] |= row_of(cg, b)[i];
    }
}

static bool alloc_live_sets(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    cg->live_words = (uint32_t)BITMAP_WORDS(cg->nglobals + 1);
    if ((uint64_t)cg->live_words * f->nblocks * 8 > CG_LIVE_BYTES_MAX)
        cg->degraded = true;
    if (cg->degraded)
        return true;
    cg->xmm_mask = ARENA_ARRAY(cg->arena, uint64_t, cg->live_words);
    cg->live_in = ARENA_ARRAY(cg->arena, uint64_t, (size_t)cg->live_words * f->nblocks);
    if (!cg->xmm_mask || !cg->live_in)
        return false;
    for (uint32_t g = 1; g <= cg->nglobals; g++)
        if (cg_class_of(f->nodes[cg->globals[g]].type) == CG_XMM)
            bitmap_set(cg->xmm_mask, g);
    return true;
}

static bool alloc_use_lists(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    const uint32_t *uses = f->uses;
    uint32_t *begin = cg->use_begin, *first = cg->use_first;
    uint64_t total = 0;
    for (ir_ref_t n = 0; n < f->nnodes; n++) {
        begin[n] = (uint32_t)total;
        total += uses[n];
        first[n] = (uint32_t)total;
    }
    begin[f->nnodes] = (uint32_t)total;
    if (total > UINT32_MAX)
        return false;
    cg->use_pos = ARENA_ARRAY_UNSET(cg->arena, uint32_t, total + 1);
    return cg->use_pos != NULL;
}

void cg_back(struct cg *cg)
{
    struct forward w = {.cg = cg};
    cg->degraded = jit_has(&cg->m->jit, JIT_DEGRADED);
    if (!jit_has(&cg->m->jit, JIT_NO_FUSE))
        cg_fuse_addresses(cg);
    walk_forward(&w);
    if (cg->error)
        return;
    if (!alloc_live_sets(cg) || !alloc_use_lists(cg)) {
        cg->error = -ENOMEM;
        return;
    }
    walk_backward(&w);
}
