/* Structured control to basic blocks: the instructions. Source order is a reverse post-order, so
 * blocks are numbered as they are opened; what cannot be reached is not built. */
#include "wasm/jit/build.h"

void build__branch(struct builder *b, uint32_t depth)
{
    if (depth == b->nlabels - 1 - b->label_base)
        build__return(b);
    else
        build__jump(b, build__label_at(b, depth));
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
        build__label_push(b, BUILD_BLOCK, nparams, nresults);
        return;
    }
    l = build__label_push(b, BUILD_LOOP, nparams, nresults);
    if (!l || !build__reserve_nodes(b, nphis + 2 * BUILD_INSN_NODES))
        return;
    entry = build__block_close(b, (struct ir_node){.op = IR_JUMP});
    l->header = build__block_open(b);
    if (!l->header)
        return;
    b->f->blocks[entry].succ[0] = l->header;
    l->cond_block = entry;
    l->loop = (uint32_t)(loop - b->loops);
    l->first_phi = b->f->nnodes;
    l->nphis = nphis;
    l->body = b->reader.p;
    l->next_try = b->next_try;
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
    build__edge_preds(b, l, at + 1);
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
        l = build__label_push(b, taken ? BUILD_BLOCK : BUILD_IF_NEVER, nparams, nresults);
        if (l && !taken) {
            l->cond_block = b->cur;
            b->dead = true;
        }
        return;
    }
    cond = fold__own_condition(b, cond);
    l = build__label_push(b, BUILD_IF, nparams, nresults);
    if (!l)
        return;
    l->else_locals = build__locals_keep(b);
    l->else_values = build__keep_values(b, nparams);
    l->read_barrier = b->read_barrier;
    l->else_slot = !invert;
    from = build__block_close(b, (struct ir_node){.op = IR_BRANCH, .a = cond});
    l->cond_block = from;
    build__block_follow(b, from, invert);
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
    struct build_label *l = build__label_at(b, 0);

    if (l->kind == BUILD_IF_NEVER) {
        arm_resume(b, l);
        return;
    }
    if (!b->dead)
        build__jump(b, l);
    if (l->kind == BUILD_BLOCK || b->err)
        return; /* always taken: the second arm is dead */
    l->kind = BUILD_BLOCK;
    if_restore(b, l);
    build__block_follow(b, l->cond_block, l->else_slot);
}

/* The end of an if without else: an edge around the arm. It comes first so that an empty arm is not
 * skipped into the same label; if one was, by a branch, this edge gets a block of its own. */
static void if_end(struct builder *b, struct build_label *l)
{
    struct build_edge *e;

    if (b->f->blocks[l->cond_block].succ[!l->else_slot] == build__target_of(l)) {
        dassert(b->dead);
        if_restore(b, l);
        build__block_follow(b, l->cond_block, l->else_slot);
        return;
    }
    e = build__edge_add(b, l, l->cond_block, l->else_slot);
    if (!e)
        return;
    e->locals = l->else_locals;
    e->values = l->else_values;
    if (l->log_entry < l->log_edge)
        l->log_edge = l->log_entry;
    b->f->blocks[l->cond_block].succ[l->else_slot] = build__target_of(l);
}

/* ---- the instructions ---- */

static void block_counts(const struct builder *b, const struct wasm_insn *in, uint32_t *nparams,
                         uint32_t *nresults)
{
    *nparams = in->has_index ? b->m->types[in->a].nparams : 0;
    *nresults = in->has_index ? b->m->types[in->a].nresults : in->type != 0;
}

static void end(struct builder *b)
{
    struct build_label *l = build__label_at(b, 0);

    if (l->kind == BUILD_IF_NEVER)
        arm_resume(b, l);
    else if (l->kind == BUILD_IF)
        if_end(b, l);
    else if (l->kind >= BUILD_TRY_TABLE)
        build__try_end(b, l);
    if (l->kind == BUILD_LOOP) {
        loop_close(b, l);
    } else if (l->nedges && !b->err) {
        if (!b->dead)
            build__jump(b, l);
        if (l->log_edge < l->log_low)
            l->log_low = l->log_edge;
        build__bind(b, l);
    }
    if (b->nlabels == 1 && !b->dead && !b->err)
        build__return(b);
    build__label_pop(b);
}

/* Branches if the condition is not 0 or, inverted, if it is. */
static void branch_on(struct builder *b, ir_ref_t cond, bool invert, uint32_t depth)
{
    uint64_t bits;
    ir_block_t from;

    if (fold__const(b, cond, &bits)) {
        if ((bits != 0) != invert)
            build__branch(b, depth);
        return;
    }
    from = build__block_close(b, (struct ir_node){.op = IR_BRANCH, .a = cond});
    build__edge_here(b, build__label_at(b, depth), from, invert);
    build__block_follow(b, from, !invert);
}

static void branch_if(struct builder *b, uint32_t depth)
{
    bool invert = false;
    ir_ref_t cond = build__pop(b);

    if (build__unroll(b, build__label_at(b, depth), cond))
        return;
    cond = fold__own_condition(b, fold__condition(b, cond, &invert));
    branch_on(b, cond, invert, depth);
}

/* ---- references ---- */

static void branch_on_null(struct builder *b, uint32_t depth)
{
    ir_ref_t ref = build__pop(b);

    branch_on(b, ref, true, depth);
    if (!b->dead)
        build__push(b, ref);
}

/* The reference goes along with the branch. */
static void branch_on_non_null(struct builder *b, uint32_t depth)
{
    ir_ref_t ref = b->stack[b->height - 1];

    branch_on(b, ref, false, depth);
    if (!b->dead)
        build__pop(b);
}

/* The reference stays where it is. */
static void as_non_null(struct builder *b)
{
    ir_ref_t ref = b->stack[b->height - 1];
    uint64_t bits;
    ir_block_t from;

    if (fold__const(b, ref, &bits)) { /* only null is a constant */
        build__trap(b, WASM_TRAP_NULL_REFERENCE);
        return;
    }
    if (fold__at(b, ref)->op == IR_FUNC_REF)
        return;
    from = build__block_close(b, (struct ir_node){.op = IR_BRANCH, .a = ref});
    build__block_follow(b, from, 1);
    if (b->err)
        return;
    build__trap(b, WASM_TRAP_NULL_REFERENCE);
    build__block_follow(b, from, 0);
}

/* Fills in one entry of a SWITCH. The first entry for a label makes the edge; further ones join its
 * chain. */
static void switch_entry(struct builder *b, uint32_t depth, ir_block_t from, uint32_t at)
{
    struct build_label *l = build__label_at(b, depth);
    struct build_edge *last = l->last_edge ? &b->edges[l->last_edge] : NULL;

    if (l->kind == BUILD_LOOP) {
        b->f->pool[at] = l->header;
        if (!last || last->from != from)
            build__edge_here(b, l, from, at);
        return;
    }
    if (last && last->from == from) {
        b->f->pool[at] = last->slot;
        last->slot = at;
        return;
    }
    b->f->pool[at] = 0;
    build__edge_here(b, l, from, at);
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
            build__branch(b, depth);
        return;
    }
    if (one_target(b, in, NULL, &depth)) {
        build__branch(b, depth);
        return;
    }
    at = build__pool(b, in->a + 1);
    if (!at)
        return;
    from = build__block_close(
        b, (struct ir_node){.op = IR_SWITCH, .a = index, .b = at, .c = in->a + 1});
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
        build__label_push(b, BUILD_BLOCK, nparams, nresults);
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
    case WASM_OP_try_table:
        build__try_table(b, in);
        return;
    case WASM_OP_try:
        build__try(b, in);
        return;
    case WASM_OP_catch:
    case WASM_OP_catch_all:
        build__catch(b, in);
        return;
    case WASM_OP_end:
    case WASM_OP_delegate:
        end(b);
        return;
    case WASM_OP_throw:
    case WASM_OP_throw_ref:
    case WASM_OP_rethrow:
        build__throw(b, in);
        return;
    case WASM_OP_br:
        build__branch(b, in->a);
        return;
    case WASM_OP_br_if:
        branch_if(b, in->a);
        return;
    case WASM_OP_br_table:
        branch_table(b, in);
        return;
    case WASM_OP_return:
        build__return(b);
        return;
    case WASM_OP_call:
    case WASM_OP_return_call:
        build__call(b, in->a, in->op == WASM_OP_return_call);
        return;
    case WASM_OP_call_indirect:
    case WASM_OP_return_call_indirect:
        build__call_indirect(b, in->a, in->b, in->op == WASM_OP_return_call_indirect);
        return;
    case WASM_OP_call_ref:
    case WASM_OP_return_call_ref:
        build__call_ref(b, in->a, in->op == WASM_OP_return_call_ref);
        return;
    case WASM_OP_br_on_null:
        branch_on_null(b, in->a);
        return;
    case WASM_OP_br_on_non_null:
        branch_on_non_null(b, in->a);
        return;
    case WASM_OP_ref_as_non_null:
        as_non_null(b);
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
    case WASM_OP_try:
        b->next_loop += in->op == WASM_OP_loop;
        b->next_try += in->op == WASM_OP_try;
        /* fall through */
    case WASM_OP_block:
    case WASM_OP_if:
    case WASM_OP_try_table:
        b->skipped++;
        return;
    case WASM_OP_catch:
    case WASM_OP_catch_all:
        if (!b->skipped && build__reserve_nodes(b, BUILD_INSN_NODES))
            build__catch(b, in);
        return;
    case WASM_OP_else:
        if (!b->skipped && build__reserve_nodes(b, BUILD_INSN_NODES))
            if_else(b);
        return;
    case WASM_OP_end:
    case WASM_OP_delegate:
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
    return build__label_push(b, BUILD_BLOCK, 0, b->f->type->nresults) && build__block_open(b) &&
           build__locals_init(b, b->f->type, NULL);
}
