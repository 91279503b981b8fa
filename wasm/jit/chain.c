/* Conditional moves that a loop waits for. A select depends on its condition; where that is the
 * chain of operations that leads from one turn of the loop to the next, a branch, which the machine
 * predicts, makes turns run at once. Whether it predicts well nobody knows here: so this is only
 * done in loops of one block where the chain is long, and for conditions that tend to say the same:
 * equality with a constant, and, if much is to be gained, order. */
#include "wasm/jit/cg.h"
#include "wasm/x64/select.h"

#define GAIN_EQUAL 5u  /* cycles a turn for which comparisons with a constant become branches … */
#define GAIN_ORDER 12u /* … and those of order */

struct chain {
    struct cg *cg;
    ir_ref_t first, end;    /* nodes of the loop */
    uint32_t *depth, *free; /* per node: the length of the longest chain that ends with it, and
                               that if selects do not wait for conditions; by number - first */
};

static bool is_select(const struct cg *cg, ir_ref_t n)
{
    return cg->f->nodes[n].op == WASM_OP_select && cg_class_of(cg->f->nodes[n].type) == CG_GPR;
}

/* The comparison that is the select's condition, if it is one of the kind. */
static bool has_condition(const struct chain *c, const struct ir_node *select, bool order)
{
    const struct ir_node *n = &c->cg->f->nodes[select->c];
    const struct sel_row *row = sel_row(c->cg, select->c);
    if (select->c < c->first || row->form != SEL_COMPARE)
        return false;
    bool equality = row->cc == X64_E || row->cc == X64_NE;
    return order ? !equality : equality && cg_is_const(c->cg, n->b);
}

static unsigned latency(const struct cg *cg, ir_ref_t n)
{
    switch (sel_row(cg, n)->form) {
    case SEL_NONE:
        return 0;
    case SEL_LOAD:
        return 5;
    case SEL_MUL:
    case SEL_MULH_S:
    case SEL_MULH_U:
        return 3;
    case SEL_FARITH:
        return 4;
    case SEL_DIVIDE:
        return 15;
    default:
        return 1;
    }
}

/* Depths of n, behind those of its operands. */
static void walk_node(const struct chain *c, ir_ref_t n, bool order)
{
    const ir_ref_t *ops;
    ir_ref_t scratch[3];
    const struct ir_node *node = &c->cg->f->nodes[n];
    uint32_t count = ir_operands(c->cg->f, n, &ops, scratch), depth = 0, free = 0;
    bool predicted = is_select(c->cg, n) && has_condition(c, node, order);
    for (uint32_t i = 0; i < count; i++) {
        if (ops[i] < c->first)
            continue;
        if (c->depth[ops[i] - c->first] > depth)
            depth = c->depth[ops[i] - c->first];
        if (c->free[ops[i] - c->first] > free && !(predicted && i == 2))
            free = c->free[ops[i] - c->first];
    }
    c->depth[n - c->first] = depth + latency(c->cg, n);
    c->free[n - c->first] = free + (predicted ? 0 : latency(c->cg, n));
}

/* How much the chains grow from turn to turn, less what is left of that with branches. */
static uint32_t gain(const struct chain *c, bool order)
{
    const struct ir_node *nodes = c->cg->f->nodes;
    uint32_t grown = 0, left = 0;
    for (int turn = 0; turn < 2; turn++) {
        for (ir_ref_t n = c->first; n < c->end; n++) {
            if (nodes[n].op != IR_PHI) {
                walk_node(c, n, order);
                continue;
            }
            ir_ref_t v = cg_phi_arg(c->cg, n, 1);
            bool inside = turn && v >= c->first;
            c->depth[n - c->first] = inside ? c->depth[v - c->first] : 0;
            c->free[n - c->first] = inside ? c->free[v - c->first] : 0;
        }
    }
    for (ir_ref_t n = c->first; nodes[n].op == IR_PHI; n++) {
        ir_ref_t v = cg_phi_arg(c->cg, n, 1);
        if (v < c->first)
            continue;
        uint32_t by = c->depth[v - c->first] - c->depth[n - c->first];
        grown = by > grown ? by : grown;
        by = c->free[v - c->first] - c->free[n - c->first];
        left = by > left ? by : left;
    }
    return grown > left ? grown - left : 0;
}

static bool any_select(const struct chain *c)
{
    for (ir_ref_t n = c->first; n < c->end; n++)
        if (is_select(c->cg, n))
            return true;
    return false;
}

/* Of the kind: those that wait longer for their condition than for their value. */
static void make_branches(const struct chain *c, bool order)
{
    for (ir_ref_t n = c->first; n < c->end; n++) {
        struct ir_node *node = &c->cg->f->nodes[n];
        if (!is_select(c->cg, n) || !has_condition(c, node, order))
            continue;
        if (c->depth[node->c - c->first] > c->free[n - c->first])
            node->aux = CG_SELECT_BRANCH;
    }
}

void cg_chains(struct cg *cg)
{
    const struct ir_func *f = cg->f;
    struct chain c = {.cg = cg};
    if (jit_has(&cg->m->jit, JIT_NO_BRANCHES))
        return;
    for (ir_block_t b = 1; b < f->nblocks; b++) {
        if (f->blocks[b].loop_end != b + 1)
            continue;
        c.first = f->blocks[b].first;
        c.end = f->blocks[b].end;
        if (f->blocks[b].npreds != 2 || !any_select(&c))
            continue;
        c.depth = ARENA_ARRAY(cg->arena, uint32_t, c.end - c.first);
        c.free = ARENA_ARRAY(cg->arena, uint32_t, c.end - c.first);
        if (!c.depth || !c.free) {
            cg->error = -ENOMEM;
            return;
        }
        for (int order = 0; order < 2; order++)
            if (gain(&c, order) >= (order ? GAIN_ORDER : GAIN_EQUAL))
                make_branches(&c, order);
    }
}
