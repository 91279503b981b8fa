/* Structured control to basic blocks. A branch leaves an edge at its label: where it comes from,
 * which version of the locals and which values it carries. Where the label stands, its edges become
 * a block, with phis where they differ. Source order is a reverse post-order, so blocks are
 * numbered as they are opened; what cannot be reached is not built. */
#include "wasm/jit/build.h"

/* ---- blocks ---- */

/* Opens the next block. Its predecessors are the caller's to note. */
static ir_block_t block_open(struct builder *b)
{
    struct ir_func *f = b->f;

    if (!build__grow(b, &f->blocks, &f->cap_blocks, f->nblocks + 1ull, sizeof *f->blocks))
        return 0;
    b->cur = f->nblocks++;
    f->blocks[b->cur] = (struct ir_block){.first = f->nnodes};
    b->dead = false;
    return b->cur;
}

/* Ends the open block with a terminator. What follows is dead until something is opened. */
static ir_block_t block_close(struct builder *b, struct ir_node end)
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

/* Opens a block that only `pred` leads to, as its successor number `slot`. */
static void block_follow(struct builder *b, ir_block_t pred, uint32_t slot)
{
    ir_block_t fresh = block_open(b);

    if (!fresh)
        return;
    b->f->blocks[pred].succ[slot] = fresh;
    one_pred(b, pred);
}

void build__trap(struct builder *b, enum wasm_trap kind)
{
    block_close(b, (struct ir_node){.op = IR_TRAP, .c = kind});
}

/* ---- labels and edges ---- */

static struct build_label *label_at(struct builder *b, uint32_t depth)
{
    dassert(depth < b->nlabels);
    return &b->labels[b->nlabels - 1 - depth];
}

static struct build_label *label_push(struct builder *b, enum build_label_kind kind,
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
                              .log_entry = b->gvn_log_len,
                              .log_low = UINT32_MAX};
    return l;
}

static uint32_t arity(const struct build_label *l)
{
    return l->kind == BUILD_LOOP ? l->nparams : l->nresults;
}

/* What a block's successor is for now: the header, or a note that names the label. */
static uint32_t target_of(const struct build_label *l)
{
    return l->kind == BUILD_LOOP ? l->header : BUILD_PENDING | l->serial;
}

/* The top n operands, copied to the pool. 0 on failure (and for none: nobody will look). */
static uint32_t keep_values(struct builder *b, uint32_t n)
{
    uint32_t at;

    if (n == 0 || !build__charge_phis(b, n))
        return 0;
    at = build__pool(b, n);
    for (uint32_t i = 0; at && i < n; i++)
        b->f->pool[at + i] = b->stack[b->height - n + i];
    return at;
}

static struct build_edge *edge_add(struct builder *b, struct build_label *l, ir_block_t from,
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

/* An edge from here: the locals at hand, and the top of the operand stack. */
static void edge_here(struct builder *b, struct build_label *l, ir_block_t from, uint32_t slot)
{
    struct build_edge *e = edge_add(b, l, from, slot);

    if (!e)
        return;
    e->locals = build__locals_keep(b);
    e->values = keep_values(b, arity(l));
    if (slot < 2)
        b->f->blocks[from].succ[slot] = target_of(l);
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
    if (pred->succ[!slot] == target_of(l))
        return false;
    f->nblocks--;
    b->cur = 0;
    b->dead = true;
    edge_here(b, l, from, slot);
    return true;
}

static void jump(struct builder *b, struct build_label *l)
{
    if (skip_empty_block(b, l))
        return;
    edge_here(b, l, block_close(b, (struct ir_node){.op = IR_JUMP}), 0);
}

static void function_return(struct builder *b)
{
    uint32_t n = b->labels[0].nresults;
    uint32_t at = build__pool(b, n);

    if (!at)
        return;
    for (uint32_t i = 0; i < n; i++)
        b->f->pool[at + i] = b->stack[b->height - n + i];
    block_close(b, (struct ir_node){.op = IR_RETURN, .b = at, .c = n});
}

static void branch(struct builder *b, uint32_t depth)
{
    if (depth == b->nlabels - 1)
        function_return(b);
    else
        jump(b, label_at(b, depth));
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

static uint32_t edge_preds(struct builder *b, const struct build_label *l, uint32_t at)
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

/* Opens the block of a label with edges, and sets up locals and operand stack. */
static void bind(struct builder *b, const struct build_label *l)
{
    struct ir_func *f = b->f;
    uint32_t at;

    if (!build__reserve_nodes(b, l->nresults + BUILD_INSN_NODES))
        return;
    build__gvn_pop(b, l->log_edge);
    if (!reopen(b, l)) {
        at = build__pool(b, l->nedges);
        if (!at || !block_open(b))
            return;
        edge_preds(b, l, at);
        f->blocks[b->cur].preds = at;
        f->blocks[b->cur].npreds = l->nedges;
        for (uint32_t k = l->first_edge; k; k = b->edges[k].next)
            edge_resolve(b, &b->edges[k], b->cur);
    }
    b->height = l->height;
    for (uint32_t i = 0; i < l->nresults; i++)
        build__push(b, merge_value(b, l, i));
    if (!b->in_slots && !b->err)
        build__locals_merge(b, l);
    build__forget_reads(b);
}

/* ---- loops ---- */

static ir_ref_t loop_phi(struct builder *b, ir_ref_t entry)
{
    /* a: the value at entry, until loop_close makes the argument list */
    return build__append(
        b, (struct ir_node){.op = IR_PHI, .type = b->f->nodes[entry].type, .a = entry});
}

static void loop_open(struct builder *b, uint32_t nparams, uint32_t nresults)
{
    const struct build_loop *loop = &b->loops[b->next_loop++];
    uint32_t nphis = nparams + loop->nlocals;
    struct build_label *l;
    ir_block_t entry;

    if (!loop->repeats) {
        label_push(b, BUILD_BLOCK, nparams, nresults);
        return;
    }
    l = label_push(b, BUILD_LOOP, nparams, nresults);
    if (!l || !build__reserve_nodes(b, nphis + 2 * BUILD_INSN_NODES))
        return;
    entry = block_close(b, (struct ir_node){.op = IR_JUMP});
    l->header = block_open(b);
    if (!l->header)
        return;
    b->f->blocks[entry].succ[0] = l->header;
    l->cond_block = entry;
    l->loop = (uint32_t)(loop - b->loops);
    l->first_phi = b->f->nnodes;
    l->nphis = nphis;
    for (uint32_t i = 0; i < nparams; i++)
        b->stack[l->height + i] = loop_phi(b, b->stack[l->height + i]);
    for (uint32_t i = 0; i < loop->nlocals; i++) {
        uint32_t local = b->loop_locals[loop->first + i];
        build__local_set(b, local, loop_phi(b, build__local_get(b, local)));
    }
    build__forget_reads(b);
}

/* The argument list of the loop's phi number i, now that all back edges are known. */
static void loop_phi_close(struct builder *b, const struct build_label *l, uint32_t i)
{
    const struct build_loop *loop = &b->loops[l->loop];
    ir_ref_t r = l->first_phi + i, entry = b->f->nodes[r].a;
    uint32_t at = build__pool(b, l->nedges + 1), n = 1;
    bool trivial = true;

    if (!at || !build__charge_phis(b, l->nedges))
        return;
    b->f->pool[at] = entry;
    for (uint32_t k = l->first_edge; k; k = b->edges[k].next) {
        const struct build_edge *e = &b->edges[k];
        ir_ref_t v = i < l->nparams ? b->f->pool[e->values + i]
                                    : build__local_in(b, e->locals,
                                                      b->loop_locals[loop->first + i - l->nparams]);
        trivial = trivial && (v == r || v == entry);
        b->f->pool[at + n++] = v;
    }
    if (trivial) { /* clean.c puts the one argument in its place */
        b->f->npool = at + 1;
        n = 1;
    }
    b->f->nodes[r].a = 0;
    b->f->nodes[r].b = at;
    b->f->nodes[r].c = n;
}

static void loop_close(struct builder *b, const struct build_label *l)
{
    struct ir_block *header = &b->f->blocks[l->header];
    uint32_t at = build__pool(b, l->nedges + 1);

    if (!at)
        return;
    b->f->pool[at] = l->cond_block;
    edge_preds(b, l, at + 1);
    header->preds = at;
    header->npreds = l->nedges + 1;
    for (uint32_t i = 0; i < l->nphis && !b->err; i++)
        loop_phi_close(b, l, i);
}

/* ---- if ---- */

static void if_open(struct builder *b, uint32_t nparams, uint32_t nresults, ir_ref_t cond)
{
    bool invert = false;
    struct build_label *l;
    ir_block_t from;
    uint64_t bits;

    cond = fold__condition(b, cond, &invert);
    if (fold__const(b, cond, &bits)) {
        bool taken = (bits != 0) != invert;
        l = label_push(b, taken ? BUILD_BLOCK : BUILD_IF_NEVER, nparams, nresults);
        if (l && !taken) {
            l->cond_block = b->cur;
            b->dead = true;
        }
        return;
    }
    l = label_push(b, BUILD_IF, nparams, nresults);
    if (!l)
        return;
    l->else_locals = build__locals_keep(b);
    l->else_values = keep_values(b, nparams);
    l->read_barrier = b->read_barrier;
    l->else_slot = !invert;
    from = block_close(b, (struct ir_node){.op = IR_BRANCH, .a = cond});
    l->cond_block = from;
    block_follow(b, from, invert);
}

/* The state in which the second arm begins (or, without one, the path around the first). */
static void if_restore(struct builder *b, struct build_label *l)
{
    build__gvn_pop(b, l->log_entry);
    l->log_low = l->log_entry;
    if (l->nedges && l->log_entry < l->log_edge)
        l->log_edge = l->log_entry;
    b->locals = l->else_locals;
    b->frozen = b->nchunks;
    b->read_barrier = l->read_barrier;
    b->height = l->height;
    for (uint32_t i = 0; i < l->nparams; i++)
        build__push(b, b->f->pool[l->else_values + i]);
}

static void arm_resume(struct builder *b, struct build_label *l)
{
    b->cur = l->cond_block;
    b->dead = false;
    b->height = l->height + l->nparams;
    l->kind = BUILD_BLOCK;
}

static void if_else(struct builder *b)
{
    struct build_label *l = label_at(b, 0);

    if (l->kind == BUILD_IF_NEVER) {
        arm_resume(b, l);
        return;
    }
    if (!b->dead)
        jump(b, l);
    if (l->kind == BUILD_BLOCK || b->err)
        return; /* always taken: the second arm is dead */
    l->kind = BUILD_BLOCK;
    if_restore(b, l);
    block_follow(b, l->cond_block, l->else_slot);
}

/* The end of an if without else: an edge around the arm. It comes first so that an empty arm is not
 * skipped into the same label; if one was, by a branch, this edge gets a block of its own. */
static void if_end(struct builder *b, struct build_label *l)
{
    struct build_edge *e;

    if (b->f->blocks[l->cond_block].succ[!l->else_slot] == target_of(l)) {
        dassert(b->dead);
        if_restore(b, l);
        block_follow(b, l->cond_block, l->else_slot);
        return;
    }
    e = edge_add(b, l, l->cond_block, l->else_slot);
    if (!e)
        return;
    e->locals = l->else_locals;
    e->values = l->else_values;
    if (l->log_entry < l->log_edge)
        l->log_edge = l->log_entry;
    b->f->blocks[l->cond_block].succ[l->else_slot] = target_of(l);
}

/* ---- the instructions ---- */

static void block_counts(const struct builder *b, const struct wasm_insn *in, uint32_t *nparams,
                         uint32_t *nresults)
{
    *nparams = in->has_index ? b->m->types[in->a].nparams : 0;
    *nresults = in->has_index ? b->m->types[in->a].nresults : in->type != 0;
}

/* A label is left for good: what the log went down to in it counts for the label around it. */
static void label_pop(struct builder *b)
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

static void end(struct builder *b)
{
    struct build_label *l = label_at(b, 0);

    if (l->kind == BUILD_IF_NEVER)
        arm_resume(b, l);
    else if (l->kind == BUILD_IF)
        if_end(b, l);
    if (l->kind == BUILD_LOOP) {
        loop_close(b, l);
    } else if (l->nedges && !b->err) {
        if (!b->dead)
            jump(b, l);
        if (l->log_edge < l->log_low)
            l->log_low = l->log_edge;
        bind(b, l);
    }
    if (b->nlabels == 1 && !b->dead && !b->err)
        function_return(b);
    label_pop(b);
}

static void branch_if(struct builder *b, uint32_t depth)
{
    bool invert = false;
    ir_ref_t cond = fold__condition(b, build__pop(b), &invert);
    uint64_t bits;
    ir_block_t from;

    if (fold__const(b, cond, &bits)) {
        if ((bits != 0) != invert)
            branch(b, depth);
        return;
    }
    from = block_close(b, (struct ir_node){.op = IR_BRANCH, .a = cond});
    edge_here(b, label_at(b, depth), from, invert);
    block_follow(b, from, !invert);
}

/* Fills in one entry of a SWITCH. The first entry for a label makes the edge; further ones join its
 * chain. */
static void switch_entry(struct builder *b, uint32_t depth, ir_block_t from, uint32_t at)
{
    struct build_label *l = label_at(b, depth);
    struct build_edge *last = l->last_edge ? &b->edges[l->last_edge] : NULL;

    if (l->kind == BUILD_LOOP) {
        b->f->pool[at] = l->header;
        if (!last || last->from != from)
            edge_here(b, l, from, at);
        return;
    }
    if (last && last->from == from) {
        b->f->pool[at] = last->slot;
        last->slot = at;
        return;
    }
    b->f->pool[at] = 0;
    edge_here(b, l, from, at);
}

/* Whether all labels are the same one, which *depth then is. */
static bool one_target(const struct builder *b, const struct wasm_insn *in, uint64_t *pick,
                       uint32_t *depth)
{
    struct wasm_reader r = b->reader;
    uint32_t d = 0, first = 0;
    bool same = true;

    r.p = in->bytes;
    for (uint64_t i = 0; i <= in->a; i++) {
        if (wasm_read_u32(&r, &d))
            return false; /* validated: cannot be */
        if (i == 0)
            first = d;
        same = same && d == first;
        if (pick && i == *pick)
            break;
    }
    *depth = d;
    return pick || same;
}

static void branch_table(struct builder *b, const struct wasm_insn *in)
{
    ir_ref_t index = build__pop(b);
    struct wasm_reader r = b->reader;
    uint32_t at, depth;
    uint64_t bits;
    ir_block_t from;

    if (fold__const(b, index, &bits)) {
        if (one_target(b, in, &bits, &depth))
            branch(b, depth);
        return;
    }
    if (one_target(b, in, NULL, &depth)) {
        branch(b, depth);
        return;
    }
    at = build__pool(b, in->a + 1);
    if (!at)
        return;
    from = block_close(b, (struct ir_node){.op = IR_SWITCH, .a = index, .b = at, .c = in->a + 1});
    r.p = in->bytes;
    for (uint32_t i = 0; i <= in->a && !b->err; i++) {
        b->err = wasm_read_u32(&r, &depth);
        if (!b->err)
            switch_entry(b, depth, from, at + i);
    }
}

void build__control(struct builder *b, const struct wasm_insn *in)
{
    uint32_t nparams, nresults;

    switch (in->op) {
    case WASM_OP_block:
        block_counts(b, in, &nparams, &nresults);
        label_push(b, BUILD_BLOCK, nparams, nresults);
        return;
    case WASM_OP_loop:
        block_counts(b, in, &nparams, &nresults);
        loop_open(b, nparams, nresults);
        return;
    case WASM_OP_if:
        block_counts(b, in, &nparams, &nresults);
        if_open(b, nparams, nresults, build__pop(b));
        return;
    case WASM_OP_else:
        if_else(b);
        return;
    case WASM_OP_end:
        end(b);
        return;
    case WASM_OP_br:
        branch(b, in->a);
        return;
    case WASM_OP_br_if:
        branch_if(b, in->a);
        return;
    case WASM_OP_br_table:
        branch_table(b, in);
        return;
    case WASM_OP_return:
        function_return(b);
        return;
    case WASM_OP_call:
        build__call(b, in->a);
        return;
    case WASM_OP_call_indirect:
        build__call_indirect(b, in->a, in->b);
        return;
    case WASM_OP_unreachable:
        build__trap(b, WASM_TRAP_UNREACHABLE);
        return;
    default:
        b->err = -ENOTSUP;
        return;
    }
}

void build__skip(struct builder *b, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_loop:
        b->next_loop++;
        /* fall through */
    case WASM_OP_block:
    case WASM_OP_if:
        b->skipped++;
        return;
    case WASM_OP_else:
        if (!b->skipped && build__reserve_nodes(b, BUILD_INSN_NODES))
            if_else(b);
        return;
    case WASM_OP_end:
        if (b->skipped)
            b->skipped--;
        else if (build__reserve_nodes(b, BUILD_INSN_NODES))
            end(b);
        return;
    default:
        return;
    }
}

bool build__open_function(struct builder *b)
{
    build__append(b, (struct ir_node){.op = IR_NOP}); /* node 0 */
    return label_push(b, BUILD_BLOCK, 0, b->f->type->nresults) && block_open(b) &&
           build__locals_init(b);
}
