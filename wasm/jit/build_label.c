/* Basic blocks, labels and the edges between them. A branch leaves an edge at its label: where it
 * comes from, which version of the locals and which values it carries. Where the label stands, its
 * edges become a block, with phis where they differ. */
#include "wasm/jit/build.h"

/* ---- blocks ---- */

ir_block_t build__block_open(struct builder *b)
{
    struct ir_func *f = b->f;

    if (!build__grow(b, &f->blocks, &f->cap_blocks, f->nblocks + 1ull, sizeof *f->blocks))
        return 0;
    b->cur = f->nblocks++;
    f->blocks[b->cur] = (struct ir_block){.first = f->nnodes};
    b->dead = false;
    return b->cur;
}

ir_block_t build__block_close(struct builder *b, struct ir_node end)
{
    ir_block_t cur = b->cur;

    build__append(b, end);
    b->f->blocks[cur].end = b->f->nnodes;
    b->cur = 0;
    b->dead = true;
    return cur;
}

static void one_pred(struct builder *b, ir_block_t pred)
{
    struct ir_block *cur = &b->f->blocks[b->cur];
    uint32_t at = build__pool(b, 1);

    if (!at)
        return;
    b->f->pool[at] = pred;
    cur->preds = at;
    cur->npreds = 1;
}

void build__block_follow(struct builder *b, ir_block_t pred, uint32_t slot)
{
    ir_block_t fresh = build__block_open(b);

    if (!fresh)
        return;
    b->f->blocks[pred].succ[slot] = fresh;
    one_pred(b, pred);
}

void build__trap(struct builder *b, enum wasm_trap kind)
{
    build__block_close(b, (struct ir_node){.op = IR_TRAP, .c = kind});
}

/* ---- labels and edges ---- */

struct build_label *build__label_at(struct builder *b, uint32_t depth)
{
    dassert(depth < b->nlabels);
    return &b->labels[b->nlabels - 1 - depth];
}

struct build_label *build__label_push(struct builder *b, enum build_label_kind kind,
                                      uint32_t nparams, uint32_t nresults)
{
    struct build_label *l;

    if (!build__grow(b, &b->labels, &b->cap_labels, b->nlabels + 1ull, sizeof *b->labels))
        return NULL;
    l = &b->labels[b->nlabels++];
    *l = (struct build_label){.kind = kind,
                              .nparams = nparams,
                              .nresults = nresults,
                              .height = b->height - nparams,
                              .serial = b->next_serial++,
                              .pad = b->nlabels > 1 ? l[-1].pad : 0,
                              .log_entry = b->gvn_log_len,
                              .log_low = UINT32_MAX};
    return l;
}

static uint32_t arity(const struct build_label *l)
{
    return l->kind == BUILD_LOOP ? l->nparams : l->nresults;
}

uint32_t build__target_of(const struct build_label *l)
{
    return l->kind == BUILD_LOOP ? l->header : BUILD_PENDING | l->serial;
}

uint32_t build__keep_values(struct builder *b, uint32_t n)
{
    uint32_t at;

    if (n == 0 || !build__charge_phis(b, n))
        return 0;
    at = build__pool(b, n);
    for (uint32_t i = 0; at && i < n; i++)
        b->f->pool[at + i] = b->stack[b->height - n + i];
    return at;
}

struct build_edge *build__edge_add(struct builder *b, struct build_label *l, ir_block_t from,
                                   uint32_t slot)
{
    struct build_edge *e;
    uint32_t n = b->nedges;

    if (!build__grow(b, &b->edges, &b->cap_edges, n + 1ull, sizeof *b->edges))
        return NULL;
    b->nedges++;
    e = &b->edges[n];
    *e = (struct build_edge){.from = from, .slot = slot};
    if (l->last_edge)
        b->edges[l->last_edge].next = n;
    else
        l->first_edge = n;
    l->last_edge = n;
    if (!l->nedges++ || b->gvn_log_len < l->log_edge)
        l->log_edge = b->gvn_log_len;
    return e;
}

void build__edge_here(struct builder *b, struct build_label *l, ir_block_t from, uint32_t slot)
{
    struct build_edge *e = build__edge_add(b, l, from, slot);

    if (!e)
        return;
    e->locals = build__locals_keep(b);
    e->values = build__keep_values(b, arity(l));
    if (slot < 2)
        b->f->blocks[from].succ[slot] = build__target_of(l);
}

/* If the open block is empty and only one side of a branch leads to it, that side may as well go
 * straight to the label, unless the other side goes there too. */
static bool skip_empty_block(struct builder *b, struct build_label *l)
{
    struct ir_func *f = b->f;
    struct ir_block *cur = &f->blocks[b->cur], *pred;
    ir_block_t from;
    uint32_t slot;

    if (cur->first != f->nnodes || cur->npreds != 1 || b->cur != f->nblocks - 1)
        return false;
    from = f->pool[cur->preds];
    pred = &f->blocks[from];
    if (f->nodes[pred->end - 1].op != IR_BRANCH)
        return false;
    slot = pred->succ[1] == b->cur;
    if (pred->succ[!slot] == build__target_of(l))
        return false;
    f->nblocks--;
    b->cur = 0;
    b->dead = true;
    build__edge_here(b, l, from, slot);
    return true;
}

void build__jump(struct builder *b, struct build_label *l)
{
    if (skip_empty_block(b, l))
        return;
    build__edge_here(b, l, build__block_close(b, (struct ir_node){.op = IR_JUMP}), 0);
}

void build__return(struct builder *b)
{
    uint32_t n = b->labels[0].nresults, at;

    if (b->ninlined) {
        build__jump(b, &b->labels[b->label_base]);
        return;
    }
    at = build__pool(b, n);
    if (!at)
        return;
    for (uint32_t i = 0; i < n; i++)
        b->f->pool[at + i] = b->stack[b->height - n + i];
    build__block_close(b, (struct ir_node){.op = IR_RETURN, .b = at, .c = n});
}

/* ---- binding a label that stands behind its branches ---- */

/* Tells the edge's origin where it leads. */
static void edge_resolve(struct builder *b, const struct build_edge *e, ir_block_t target)
{
    uint32_t *pool = b->f->pool, at = e->slot;

    if (at < 2) {
        b->f->blocks[e->from].succ[at] = target;
        return;
    }
    while (at) {
        uint32_t next = pool[at];
        pool[at] = target;
        at = next;
    }
}

uint32_t build__edge_preds(struct builder *b, const struct build_label *l, uint32_t at)
{
    for (uint32_t k = l->first_edge; k; k = b->edges[k].next)
        b->f->pool[at++] = b->edges[k].from;
    return at;
}

/* Result i of the label's block: the value that all edges carry, or a phi. */
static ir_ref_t merge_value(struct builder *b, const struct build_label *l, uint32_t i)
{
    struct ir_func *f = b->f;
    ir_ref_t first = f->pool[b->edges[l->first_edge].values + i];
    uint32_t args, n = 0;
    bool differ = false;

    for (uint32_t k = l->first_edge; k && !differ; k = b->edges[k].next)
        differ = f->pool[b->edges[k].values + i] != first;
    if (!differ)
        return first;
    args = build__pool(b, l->nedges);
    if (!args || !build__charge_phis(b, l->nedges))
        return first;
    for (uint32_t k = l->first_edge; k; k = b->edges[k].next)
        f->pool[args + n++] = f->pool[b->edges[k].values + i];
    return build__append(
        b, (struct ir_node){.op = IR_PHI, .type = f->nodes[first].type, .b = args, .c = l->nedges});
}

/* A single jump from the block just before: as if it had not been there. */
static bool reopen(struct builder *b, const struct build_label *l)
{
    struct ir_func *f = b->f;
    const struct build_edge *e = &b->edges[l->first_edge];
    struct ir_block *from = &f->blocks[e->from];

    if (l->nedges != 1 || e->from != f->nblocks - 1 || from->end != f->nnodes ||
        f->nodes[from->end - 1].op != IR_JUMP)
        return false;
    f->nnodes--;
    from->end = 0;
    from->succ[0] = 0;
    b->cur = e->from;
    b->dead = false;
    return true;
}

void build__bind(struct builder *b, const struct build_label *l)
{
    struct ir_func *f = b->f;
    uint32_t at;

    if (!build__reserve_nodes(b, l->nresults + BUILD_INSN_NODES))
        return;
    build__gvn_pop(b, l->log_edge);
    if (!reopen(b, l)) {
        at = build__pool(b, l->nedges);
        if (!at || !build__block_open(b))
            return;
        build__edge_preds(b, l, at);
        f->blocks[b->cur].preds = at;
        f->blocks[b->cur].npreds = l->nedges;
        for (uint32_t k = l->first_edge; k; k = b->edges[k].next)
            edge_resolve(b, &b->edges[k], b->cur);
    }
    b->height = l->height;
    for (uint32_t i = 0; i < l->nresults; i++)
        build__push(b, merge_value(b, l, i));
    if (!b->in_slots && !b->err && l != &b->labels[b->label_base])
        build__locals_merge(b, l); /* a function's end needs none */
    build__forget_reads(b);
}

/* A label is left for good: what the log went down to in it counts for the label around it. */
void build__label_pop(struct builder *b)
{
    struct build_label *l = &b->labels[--b->nlabels], *outer;

    if (!b->nlabels)
        return;
    outer = &b->labels[b->nlabels - 1];
    if (l->log_low < outer->log_low)
        outer->log_low = l->log_low;
    if (outer->nedges && l->log_low < outer->log_edge)
        outer->log_edge = l->log_low;
}
