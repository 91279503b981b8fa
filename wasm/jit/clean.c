/* From what the builder left to what the back end may rely on: phis that have one value are
 * replaced by it, nodes without use or effect go, a block that only its neighbour jumps to is
 * joined with it, everything is numbered anew without gaps, loops are found and uses counted.
 * Linear, save the phis, which take a few rounds. */
#include "wasm/jit/build.h"

#include "base/string.h"

enum { PHI_ROUNDS_MAX = 16 }; /* what is left then stays: correct, only not minimal */

struct clean {
    struct builder *b;
    struct ir_func *f;
    uint32_t *to;   /* per node: what replaces it (0: itself); from renumber() on its new number */
    uint32_t *uses; /* per node; a node is live if it has any or is pinned */
    uint32_t *work; /* stack of nodes that turned out live after the walk had passed them */
    uint32_t nwork;
    ir_block_t *block_to; /* per block: its new number */
    bool any_replaced;
    uint32_t npool; /* entries that the new pool takes */
};

/* Chains are halved on the way. */
static ir_ref_t resolve(const struct clean *c, ir_ref_t r)
{
    while (c->to[r]) {
        if (c->to[c->to[r]])
            c->to[r] = c->to[c->to[r]];
        r = c->to[r];
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
    bool changed = false;

    for (uint32_t i = 0; i < n; i++) {
        ir_ref_t phi = phis[backward ? n - 1 - i : i], v = only_value(c, phi);
        if (v) {
            c->to[phi] = v;
            phis[backward ? n - 1 - i : i] = 0;
            changed = true;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (phis[i])
            phis[kept++] = phis[i];
    *count = kept;
    c->any_replaced = c->any_replaced || changed;
    return changed;
}

/* Inner loops first is the better order; what they lead to is found in the rounds that follow. */
static void trivial_phis(struct clean *c)
{
    struct ir_func *f = c->f;
    ir_ref_t *phis = c->work;
    uint32_t count = 0;

    for (ir_block_t b = 1; b < f->nblocks; b++)
        for (ir_ref_t r = f->blocks[b].first; f->nodes[r].op == IR_PHI; r++)
            phis[count++] = r;
    for (unsigned round = 0; round < PHI_ROUNDS_MAX && count; round++)
        if (!replace_trivial(c, phis, &count, round % 2 == 0) && round)
            break;
}

/* ---- liveness ---- */

/* Counts the operands of a live node. `at` is where the backward walk stands. */
static void count_operands(struct clean *c, ir_ref_t r, ir_ref_t at)
{
    struct ir_func *f = c->f;
    ir_ref_t scratch[3];
    const ir_ref_t *list;
    uint32_t n = ir_operands(f, r, &list, scratch);

    for (uint32_t i = 0; i < n; i++) {
        ir_ref_t o = c->any_replaced ? resolve(c, list[i]) : list[i];
        dassert(o && o < f->nnodes);
        if (c->uses[o]++ == 0 && o > at && !ir_is_pinned(f, o))
            c->work[c->nwork++] = o;
    }
}

static void count_uses(struct clean *c)
{
    for (ir_ref_t r = c->f->nnodes - 1; r > 0; r--) {
        if (c->to[r] || (!c->uses[r] && !ir_is_pinned(c->f, r)))
            continue;
        count_operands(c, r, r);
        while (c->nwork)
            count_operands(c, c->work[--c->nwork], r);
    }
}

/* ---- numbering ---- */

/* Does only the block before it lead to b, by a jump? */
static bool joins_previous(const struct clean *c, ir_block_t b)
{
    const struct ir_func *f = c->f;
    const struct ir_block *blk = &f->blocks[b];

    return blk->npreds == 1 && f->pool[blk->preds] == b - 1 &&
           f->nodes[f->blocks[b - 1].end - 1].op == IR_JUMP;
}

static void number_node(struct clean *c, ir_ref_t r, uint32_t *next)
{
    const struct ir_node *n = &c->f->nodes[r];

    if (c->to[r] || (!c->uses[r] && !ir_is_pinned(c->f, r)))
        return;
    if (n->op >= WASM_OP_COUNT) {
        if (ir_ops[n->op - WASM_OP_COUNT].operands == IR_OPERANDS_LIST || n->op == IR_SWITCH)
            c->npool += n->c;
        if (n->op == IR_CALL_INDIRECT)
            c->npool += 2;
    }
    c->work[r] = (*next)++;
}

/* New numbers of nodes (in work[]: to[] is still needed) and of blocks. */
static void renumber(struct clean *c)
{
    struct ir_func *f = c->f;
    uint32_t next = 1, nblocks = 1;

    memset(c->work, 0, f->nnodes * sizeof *c->work);
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        bool join = b + 1 < f->nblocks && joins_previous(c, b + 1);
        ir_ref_t end = f->blocks[b].end - join;
        if (b == 1 || !joins_previous(c, b)) {
            c->block_to[b] = nblocks++;
            c->npool += f->blocks[b].npreds;
        } else {
            c->block_to[b] = nblocks - 1;
        }
        for (ir_ref_t r = f->blocks[b].first; r < end; r++)
            number_node(c, r, &next);
    }
}

/* ---- moving ---- */

static ir_ref_t new_number(const struct clean *c, ir_ref_t r)
{
    r = c->work[c->any_replaced ? resolve(c, r) : r];
    dassert(r);
    return r;
}

static uint32_t move_list(struct clean *c, uint32_t *pool, uint32_t at, uint32_t n)
{
    uint32_t to = c->npool;

    for (uint32_t i = 0; i < n; i++)
        pool[to + i] = new_number(c, c->f->pool[at + i]);
    c->npool += n;
    return to;
}

static void move_ir_node(struct clean *c, struct ir_node *n, uint32_t *pool)
{
    uint32_t to;

    switch (n->op) {
    case IR_CALL_INDIRECT:
        to = c->npool;
        pool[to] = c->f->pool[n->a];
        pool[to + 1] = c->f->pool[n->a + 1];
        n->a = to;
        c->npool += 2;
        break;
    case IR_SWITCH:
        to = c->npool;
        for (uint32_t i = 0; i < n->c; i++)
            pool[to + i] = c->block_to[c->f->pool[n->b + i]];
        n->b = to;
        c->npool += n->c;
        break;
    default:
        break;
    }
    switch (ir_ops[n->op - WASM_OP_COUNT].operands) {
    case IR_OPERANDS_AB:
        n->b = new_number(c, n->b);
        /* fall through */
    case IR_OPERANDS_A:
        n->a = new_number(c, n->a);
        break;
    case IR_OPERANDS_LIST:
        n->b = move_list(c, pool, n->b, n->c);
        break;
    default:
        break;
    }
}

static void move_node(struct clean *c, ir_ref_t r, uint32_t *pool)
{
    struct ir_func *f = c->f;
    struct ir_node n = f->nodes[r];
    ir_ref_t to = c->work[r];

    if (n.op >= WASM_OP_COUNT) {
        move_ir_node(c, &n, pool);
    } else {
        unsigned npops = wasm_ops[n.op].npops;
        if (npops > 0)
            n.a = new_number(c, n.a);
        if (npops > 1)
            n.b = new_number(c, n.b);
        if (npops > 2)
            n.c = new_number(c, n.c);
    }
    f->nodes[to] = n;
    f->offsets[to] = f->offsets[r];
    c->uses[to] = c->uses[r];
}

static void move_preds(struct clean *c, struct ir_block *blk, uint32_t *pool)
{
    uint32_t to = c->npool;

    for (uint32_t i = 0; i < blk->npreds; i++)
        pool[to + i] = c->block_to[c->f->pool[blk->preds + i]];
    blk->preds = to;
    c->npool += blk->npreds;
}

/* Everything to its new place; places only move down. */
static void move_all(struct clean *c, uint32_t *pool)
{
    struct ir_func *f = c->f;
    uint32_t next = 1;
    ir_block_t last = 0;

    c->npool = 0;
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        struct ir_block blk = f->blocks[b];
        ir_ref_t first = next;
        for (ir_ref_t r = blk.first; r < blk.end; r++)
            if (c->work[r]) {
                move_node(c, r, pool);
                next++;
            }
        for (unsigned i = 0; i < 2; i++)
            blk.succ[i] = c->block_to[blk.succ[i]];
        if (c->block_to[b] == last) {
            f->blocks[last].succ[0] = blk.succ[0];
            f->blocks[last].succ[1] = blk.succ[1];
        } else {
            last = c->block_to[b];
            move_preds(c, &blk, pool);
            blk.first = first;
            f->blocks[last] = blk;
        }
        f->blocks[last].end = next;
    }
    f->nnodes = next;
    f->nblocks = last + 1;
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
    uint32_t *pool;

    /* gvn_next and gvn_log have served, and are as long as nodes[] */
    memset(b->gvn_next, 0, f->nnodes * sizeof *b->gvn_next);
    c.to = b->gvn_next;
    c.work = b->gvn_log;
    c.uses = ARENA_ARRAY(b->arena, uint32_t, f->nnodes);
    c.block_to = ARENA_ARRAY(b->arena, ir_block_t, f->nblocks);
    if (!c.uses || !c.block_to)
        return -ENOMEM;
    trivial_phis(&c);
    count_uses(&c);
    renumber(&c);
    pool = ARENA_ARRAY(b->arena, uint32_t, c.npool + 1ull);
    if (!pool)
        return -ENOMEM;
    f->cap_pool = c.npool + 1;
    move_all(&c, pool);
    f->pool = pool;
    f->npool = c.npool;
    f->uses = c.uses;
    find_loops(f, c.block_to);
    return 0;
}
