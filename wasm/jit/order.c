/* The order of blocks. Source order is a reverse post-order, but the text of a loop may hold blocks
 * that never lead back to its header: ways out of it, failures, what follows an outer loop's `br`.
 * They are moved behind the loop, so that a loop's interval of blocks is what runs in it, and only
 * that counts as a loop to register allocation.
 *
 * The result is still a reverse post-order: all predecessors of a block in a loop, its header's
 * apart, are in the loop too, since loops are entered at their headers only. */
#include "wasm/jit/build.h"

enum {
    STEPS_PER_EDGE = 16, /* so many are free; more deeply tangled functions stay as they are */
};

/* Loops are known by their headers; 0: none. The loops around one are a chain of descending
 * numbers, as headers dominate what is inside. */
struct order {
    struct ir_func *f;
    ir_block_t *in;           /* per block: the innermost loop that it is in (a header: its own) */
    ir_block_t *up;           /* per header: the loop around its loop */
    ir_block_t *first, *last; /* per loop, [0]: outside: the blocks and loops right in it … */
    ir_block_t *next;         /* … as a list in source order; a loop is named by its header */
    uint32_t steps;
};

/* Notes that what `slot` belongs to is in `loop` and whatever that is in. */
static bool join(struct order *o, ir_block_t *slot, ir_block_t loop)
{
    while (loop && *slot != loop) {
        if (o->steps-- == 0)
            return false;
        if (*slot < loop) {
            ir_block_t outer = *slot;
            *slot = loop;
            loop = outer;
            slot = &o->up[*slot];
        } else {
            slot = &o->up[*slot];
        }
    }
    return true;
}

/* The innermost loop that b is in; of a header: what its loop is in. */
static ir_block_t around(const struct order *o, ir_block_t b)
{
    return o->in[b] == b ? o->up[b] : o->in[b];
}

/* Marks the headers and makes a budget of steps. */
static void find_headers(struct order *o)
{
    const struct ir_func *f = o->f;
    uint64_t edges = 0;

    for (ir_block_t b = 1; b < f->nblocks; b++) {
        const uint32_t *preds = f->pool + f->blocks[b].preds;
        edges += f->blocks[b].npreds;
        for (uint32_t i = 0; i < f->blocks[b].npreds; i++)
            if (preds[i] >= b)
                o->in[b] = b;
    }
    o->steps = (uint32_t)min_u64(STEPS_PER_EDGE * edges, UINT32_MAX);
}

/* What leads to a block in a loop is in it, too: first the ends of back edges, then what leads to
 * these, in descending order, so that all that leads out of a block has been seen before what leads
 * in. */
static bool find_loops(struct order *o)
{
    const struct ir_func *f = o->f;

    for (ir_block_t b = 1; b < f->nblocks; b++)
        for (uint32_t i = 0; o->in[b] == b && i < f->blocks[b].npreds; i++) {
            ir_block_t p = f->pool[f->blocks[b].preds + i];
            if (p >= b && !join(o, &o->in[p], b))
                return false;
        }
    for (ir_block_t b = f->nblocks - 1; b > 0; b--) {
        ir_block_t loop = around(o, b);
        for (uint32_t i = 0; i < f->blocks[b].npreds; i++) {
            ir_block_t p = f->pool[f->blocks[b].preds + i];
            if (p < b && !join(o, &o->in[p], loop))
                return false;
        }
    }
    return true;
}

static void fill_lists(struct order *o)
{
    for (ir_block_t b = 1; b < o->f->nblocks; b++) {
        ir_block_t loop = around(o, b);
        if (o->last[loop])
            o->next[o->last[loop]] = b;
        else
            o->first[loop] = b;
        o->last[loop] = b;
    }
}

/* Lists within lists, from the first to the last. */
static bool flatten(const struct order *o, ir_block_t *order)
{
    bool changed = false;
    uint32_t n = 1;

    for (ir_block_t b = o->first[0]; b;) {
        changed = changed || b != n;
        order[n++] = b;
        if (o->in[b] == b && o->first[b]) {
            b = o->first[b];
            continue;
        }
        while (b && !o->next[b])
            b = around(o, b);
        b = o->next[b];
    }
    assert(n == o->f->nblocks);
    return changed;
}

bool build__order(struct builder *b, ir_block_t *order)
{
    struct ir_func *f = b->f;
    struct order o = {.f = f};

    for (ir_block_t k = 0; k < f->nblocks; k++)
        order[k] = k;
    if (!b->nloops || jit_has(&b->m->jit, JIT_NO_ORDER))
        return false;
    o.in = ARENA_ARRAY(b->arena, ir_block_t, 5ull * f->nblocks);
    if (!o.in) {
        b->err = -ENOMEM;
        return false;
    }
    o.up = o.in + f->nblocks;
    o.first = o.up + f->nblocks;
    o.last = o.first + f->nblocks;
    o.next = o.last + f->nblocks;
    find_headers(&o);
    if (!find_loops(&o))
        return false;
    fill_lists(&o);
    return flatten(&o, order);
}
