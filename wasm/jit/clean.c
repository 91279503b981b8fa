/* From what the builder left to what the back end may rely on: phis that have one value are
 * replaced by it, nodes without use or effect go, blocks get their order (order.c), a block that
 * only its neighbour jumps to is joined with it, everything is numbered anew without gaps, loops
 * are found and uses counted. Linear, save the phis, which take a few rounds. */
#include "wasm/jit/build.h"

#include "base/string.h"

enum {
    PHI_ROUNDS_MAX = 16, /* what is left then stays: correct, only not minimal */
    LIVE = 1u << 31,     /* in uses[]: live whatever its uses */
};

struct clean {
    struct builder *b;
    struct ir_func *f;
    uint32_t *uses; /* per node; 0: dead */
    uint32_t *work; /* stack of nodes that turned out live after the walk had passed them */
    uint32_t nwork;
    uint32_t *to;          /* per live node, the same memory: its new number */
    ir_block_t *order;     /* the blocks in their new order */
    ir_block_t *block_to;  /* per block: its new number */
    struct ir_node *nodes; /* where they move: the same arrays, unless the order changes */
    uint32_t *offsets, *new_uses;
    struct ir_block *blocks;
    bool any_replaced;
    uint32_t *pool; /* the new one */
    uint32_t npool;
};

/* What has been replaced is an IR_NOP with a = its replacement. Chains are halved on the way.
 */
static ir_ref_t resolve(const struct clean *c, ir_ref_t r)
{
    struct ir_node *nodes = c->f->nodes;

    while (nodes[r].op == IR_NOP) {
        if (nodes[nodes[r].a].op == IR_NOP)
            nodes[r].a = nodes[nodes[r].a].a;
        r = nodes[r].a;
    }
    return r;
}

/* ---- phis ---- */

/* The only value besides itself that a phi can have, or 0. */
static ir_ref_t only_value(const struct clean *c, ir_ref_t phi)
{
    const struct ir_node *n = &c->f->nodes[phi];
    ir_ref_t only = 0;

    for (uint32_t i = 0; i < n->c; i++) {
        ir_ref_t v = resolve(c, c->f->pool[n->b + i]);
        if (v == phi || v == only)
            continue;
        if (only)
            return 0;
        only = v;
    }
    return only;
}

static bool replace_trivial(struct clean *c, ir_ref_t *phis, uint32_t *count, bool backward)
{
    uint32_t n = *count, kept = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = backward ? n - 1 - i : i;
        ir_ref_t v = only_value(c, phis[at]);
        if (v) {
            c->f->nodes[phis[at]] = (struct ir_node){.op = IR_NOP, .a = v};
            phis[at] = 0;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (phis[i])
            phis[kept++] = phis[i];
    *count = kept;
    c->any_replaced = c->any_replaced || kept < n;
    return kept < n;
}

/* A phi at a label has at least two different arguments from birth; it only turns out trivial when
 * one of these does. So it all begins at loop headers, inner loops first. */
static void trivial_phis(struct clean *c)
{
    struct ir_func *f = c->f;
    ir_ref_t *phis = c->work;
    uint32_t count = 0;

    if (!c->b->nloops)
        return;
    for (ir_block_t b = 2; b < f->nblocks; b++)
        if (f->pool[f->blocks[b].preds + f->blocks[b].npreds - 1] >= b || f->blocks[b].npreds == 1)
            for (ir_ref_t r = f->blocks[b].first; f->nodes[r].op == IR_PHI; r++)
                phis[count++] = r;
    if (!replace_trivial(c, phis, &count, true))
        return;
    count = 0;
    for (ir_block_t b = 1; b < f->nblocks; b++)
        for (ir_ref_t r = f->blocks[b].first; f->nodes[r].op == IR_PHI || f->nodes[r].op == IR_NOP;
             r++)
            if (f->nodes[r].op == IR_PHI)
                phis[count++] = r;
    for (unsigned round = 1; round < PHI_ROUNDS_MAX && count; round++)
        if (!replace_trivial(c, phis, &count, round % 2 == 0))
            break;
}

/* Masks of what has no more bits than they have. */
static void needless_masks(struct clean *c)
{
    struct ir_func *f = c->f;

    if (build__has(c->b, JIT_NO_BOUNDS))
        return;
    for (uint32_t i = 0; i < c->b->nmasks; i++) {
        struct ir_node *n = &f->nodes[c->b->masks[i]];
        if (n->op == IR_NOP)
            continue;
        uint64_t mask = ir_const_bits(&f->nodes[n->b]);
        if (ir_bound_through(f, n->a, mask) > mask)
            continue;
        *n = (struct ir_node){.op = IR_NOP, .a = n->a};
        c->any_replaced = true;
    }
}

/* ---- liveness ---- */

/* Counts one operand of a live node, and makes it name what is really meant. `at` is where the
 * backward walk stands: what lies behind it and was dead until now must be walked after all. */
static inline void count_use(struct clean *c, uint32_t *uses, ir_ref_t *operand, ir_ref_t at)
{
    ir_ref_t o = *operand;

    if (c->any_replaced && c->f->nodes[o].op == IR_NOP)
        *operand = o = resolve(c, o);
    dassert(o && o < c->f->nnodes);
    if (uses[o]++ == 0 && UNLIKELY(o > at))
        c->work[c->nwork++] = o;
}

static inline void count_operands(struct clean *c, uint32_t *uses, struct ir_node *n, ir_ref_t at)
{
    unsigned traits = ir_traits[n->op], count = traits & IR_TRAIT_COUNT;

    if (UNLIKELY(traits & IR_TRAIT_LIST)) {
        for (uint32_t i = 0; i < n->c; i++)
            count_use(c, uses, &c->f->pool[n->b + i], at);
        return;
    }
    if (count > 2)
        count_use(c, uses, &n->c, at);
    if (count > 1)
        count_use(c, uses, &n->b, at);
    if (count > 0)
        count_use(c, uses, &n->a, at);
}

static void count_uses(struct clean *c)
{
    struct ir_func *f = c->f;
    uint32_t *uses = c->uses;

    for (ir_ref_t r = f->nnodes - 1; r > 0; r--) {
        if (ir_is_pinned(f, r))
            uses[r] |= LIVE;
        else if (!uses[r])
            continue;
        count_operands(c, uses, &f->nodes[r], r);
        while (UNLIKELY(c->nwork))
            count_operands(c, uses, &f->nodes[c->work[--c->nwork]], r);
    }
}

/* ---- blocks ---- */

/* Does only `previous`, the block before it, lead to b, by a jump? */
static bool joins(const struct clean *c, ir_block_t previous, ir_block_t b)
{
    const struct ir_func *f = c->f;
    const struct ir_block *blk = &f->blocks[b];

    return blk->npreds == 1 && f->pool[blk->preds] == previous &&
           f->nodes[f->blocks[previous].end - 1].op == IR_JUMP;
}

/* New numbers; the jumps between blocks that join are dropped. */
static void number_blocks(struct clean *c)
{
    struct ir_func *f = c->f;
    uint32_t n = 0;

    c->block_to[0] = 0;
    for (uint32_t i = 1; i < f->nblocks; i++) {
        ir_block_t b = c->order[i], previous = c->order[i - 1];
        if (i > 1 && joins(c, previous, b))
            c->uses[f->blocks[previous].end - 1] = 0;
        else
            n++;
        c->block_to[b] = n;
    }
}

/* ---- moving ---- */

static uint32_t move_list(struct clean *c, uint32_t at, uint32_t n)
{
    uint32_t to = c->npool;

    for (uint32_t i = 0; i < n; i++)
        c->pool[to + i] = c->to[c->f->pool[at + i]];
    c->npool += n;
    return to;
}

static uint32_t move_blocks(struct clean *c, uint32_t at, uint32_t n)
{
    uint32_t to = c->npool;

    for (uint32_t i = 0; i < n; i++)
        c->pool[to + i] = c->block_to[c->f->pool[at + i]];
    c->npool += n;
    return to;
}

/* A phi's arguments may be defined later: they keep their old numbers until every node has moved.
 */
static uint32_t move_phi(struct clean *c, uint32_t at, uint32_t n)
{
    memcpy(c->pool + c->npool, c->f->pool + at, n * sizeof *c->pool);
    c->npool += n;
    return c->npool - n;
}

/* The 16 bytes of a vector constant or a shuffle. */
static uint32_t move_words(struct clean *c, uint32_t at)
{
    memcpy(c->pool + c->npool, c->f->pool + at, 4 * sizeof *c->pool);
    c->npool += 4;
    return c->npool - 4;
}

static void move_list_node(struct clean *c, struct ir_node *n)
{
    if (n->op == IR_PHI) {
        n->b = move_phi(c, n->b, n->c);
        return;
    }
    if (ir_is_indirect(n->op)) {
        c->pool[c->npool] = c->f->pool[n->a];
        c->pool[c->npool + 1] = c->f->pool[n->a + 1];
        n->a = c->npool;
        c->npool += 2;
    }
    n->b = move_list(c, n->b, n->c);
}

/* What of the node at its new place, but for its operands, refers to old places. */
static void move_parts(struct clean *c, struct ir_node *n)
{
    if (ir_traits[n->op] & IR_TRAIT_LIST)
        move_list_node(c, n);
    else if (n->op == IR_SWITCH)
        n->b = move_blocks(c, n->b, n->c);
    else if (n->op == IR_CONST)
        n->a = move_words(c, n->a);
    else if (n->op == WASM_OP_i8x16_shuffle)
        n->c = move_words(c, n->c);
}

/* The live nodes of a block, to places from `next` on; returns the one behind them. */
static ir_ref_t move_nodes(struct clean *c, const struct ir_block *blk, ir_ref_t next)
{
    const struct ir_node *old = c->f->nodes;
    struct ir_node *nodes = c->nodes;
    const uint32_t *offsets = c->f->offsets, *uses = c->uses;
    uint32_t *new_offsets = c->offsets, *new_uses = c->new_uses, *to = c->to;

    for (ir_ref_t r = blk->first; r < blk->end; r++) {
        uint32_t used = uses[r];
        if (!used)
            continue;
        struct ir_node *n = &nodes[next];
        unsigned traits = ir_traits[old[r].op], count = traits & IR_TRAIT_COUNT;
        *n = old[r];
        if (count > 2)
            n->c = to[n->c];
        if (count > 1)
            n->b = to[n->b];
        if (count > 0)
            n->a = to[n->a];
        if (traits & IR_TRAIT_LIST || n->type == IR_V128 || n->op == IR_SWITCH)
            move_parts(c, n);
        new_offsets[next] = offsets[r];
        new_uses[next] = used & ~LIVE;
        to[r] = next++;
    }
    return next;
}

/* Arrays for what moves out of order; otherwise places only move down. */
static bool choose_arrays(struct clean *c, bool reordered)
{
    struct ir_func *f = c->f;

    c->nodes = f->nodes;
    c->offsets = f->offsets;
    c->new_uses = f->uses;
    c->blocks = f->blocks;
    if (!reordered)
        return true;
    c->nodes = ARENA_ARRAY_UNSET(c->b->arena, struct ir_node, f->nnodes);
    c->offsets = ARENA_ARRAY_UNSET(c->b->arena, uint32_t, f->nnodes);
    c->new_uses = ARENA_ARRAY_UNSET(c->b->arena, uint32_t, f->nnodes);
    c->blocks = ARENA_ARRAY_UNSET(c->b->arena, struct ir_block, f->nblocks);
    if (!c->nodes || !c->offsets || !c->new_uses || !c->blocks)
        return false;
    c->nodes[0] = f->nodes[0];
    c->offsets[0] = c->new_uses[0] = 0;
    c->blocks[0] = (struct ir_block){0};
    return true;
}

/* Everything to its new place. */
static void move_all(struct clean *c)
{
    struct ir_func *f = c->f;
    uint32_t next = 1;
    ir_block_t last = 0;

    for (uint32_t i = 1; i < f->nblocks; i++) {
        ir_block_t b = c->order[i];
        struct ir_block blk = f->blocks[b];
        ir_ref_t first = next;
        next = move_nodes(c, &blk, next);
        blk.succ[0] = c->block_to[blk.succ[0]];
        blk.succ[1] = c->block_to[blk.succ[1]];
        if (c->block_to[b] == last) {
            c->blocks[last].succ[0] = blk.succ[0];
            c->blocks[last].succ[1] = blk.succ[1];
        } else {
            last = c->block_to[b];
            blk.preds = move_blocks(c, blk.preds, blk.npreds);
            blk.first = first;
            c->blocks[last] = blk;
        }
        c->blocks[last].end = next;
    }
    f->nodes = c->nodes;
    f->offsets = c->offsets;
    f->uses = c->new_uses;
    f->blocks = c->blocks;
    f->nnodes = next;
    f->nblocks = last + 1;
}

static void move_phi_arguments(struct clean *c)
{
    struct ir_func *f = c->f;

    for (ir_block_t b = 1; b < f->nblocks; b++)
        for (const struct ir_node *n = &f->nodes[f->blocks[b].first]; n->op == IR_PHI; n++)
            for (uint32_t i = 0; i < n->c; i++)
                c->pool[n->b + i] = c->to[c->pool[n->b + i]];
}

/* ---- loops ---- */

/* Where each loop ends: behind its last back edge, and behind inner loops that reach further. */
static void find_loop_ends(struct ir_func *f, ir_block_t *stack)
{
    uint32_t n = 0;

    for (ir_block_t b = f->nblocks - 1; b > 0; b--) {
        struct ir_block *blk = &f->blocks[b];
        ir_block_t end = 0;
        for (uint32_t i = 0; i < blk->npreds; i++)
            if (f->pool[blk->preds + i] >= b && f->pool[blk->preds + i] >= end)
                end = f->pool[blk->preds + i] + 1;
        blk->loop_end = end;
        if (!end)
            continue;
        for (; n && stack[n - 1] < end; n--)
            if (f->blocks[stack[n - 1]].loop_end > end)
                end = f->blocks[stack[n - 1]].loop_end;
        blk->loop_end = end;
        stack[n++] = b;
    }
}

static void find_loops(struct ir_func *f, ir_block_t *stack)
{
    uint32_t n = 0;

    find_loop_ends(f, stack);
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        struct ir_block *blk = &f->blocks[b];
        while (n && f->blocks[stack[n - 1]].loop_end <= b)
            n--;
        if (blk->loop_end)
            stack[n++] = b;
        blk->loop_depth = n;
        blk->loop_header = n ? stack[n - 1] : 0;
    }
}

int build__clean(struct builder *b)
{
    struct ir_func *f = b->f;
    struct clean c = {.b = b, .f = f};
    bool reordered;

    c.uses = f->uses = ARENA_ARRAY(b->arena, uint32_t, f->nnodes);
    c.work = ARENA_ARRAY_UNSET(b->arena, uint32_t, f->nnodes);
    c.to = c.work;
    c.order = ARENA_ARRAY_UNSET(b->arena, ir_block_t, f->nblocks);
    c.block_to = ARENA_ARRAY_UNSET(b->arena, ir_block_t, f->nblocks);
    c.pool = ARENA_ARRAY_UNSET(b->arena, uint32_t, f->npool + 4ull * b->nvectors);
    if (!c.uses || !c.work || !c.order || !c.block_to || !c.pool)
        return -ENOMEM;
    reordered = build__order(b, c.order);
    if (b->err || !choose_arrays(&c, reordered))
        return -ENOMEM;
    trivial_phis(&c);
    needless_masks(&c);
    count_uses(&c);
    number_blocks(&c);
    move_all(&c);
    move_phi_arguments(&c);
    f->cap_pool = f->npool;
    f->npool = c.npool;
    f->pool = c.pool;
    if (b->nloops)
        find_loops(f, c.block_to);
    return 0;
}
