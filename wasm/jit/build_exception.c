/* Exceptions. Where the calls of a block that catches go if they throw is a label like any other,
 * its pad: each such call ends its basic block and leaves an edge there, with the locals as they
 * are. At the block's end the pad becomes a block that compares the exception's tag with the
 * clauses, one after the other, and if none fits goes on to the pad around it, or throws again. So
 * edges are as many as calls, however deeply blocks are nested; and a pad that no call leads to is
 * not built. */
#include "wasm/jit/build.h"

/* ---- pads ---- */

static uint32_t pad_around(const struct builder *b)
{
    return b->nlabels > 1 ? b->labels[b->nlabels - 2].pad : 0;
}

static void pad_open(struct builder *b, struct build_label *l)
{
    if (!build__grow(b, &b->pads, &b->cap_pads, b->npads + 1ull, sizeof *b->pads))
        return;
    b->pads[b->npads++] = (struct build_label){.kind = BUILD_BLOCK,
                                               .height = l->height,
                                               .serial = b->next_serial++,
                                               .log_low = UINT32_MAX};
    l->pad = b->npads;
}

void build__may_throw(struct builder *b)
{
    uint32_t pad = b->labels[b->nlabels - 1].pad;
    ir_block_t from;

    if (!pad || b->err)
        return;
    from = build__block_close(b, (struct ir_node){.op = IR_TRY});
    build__edge_here(b, &b->pads[pad - 1], from, 1);
    build__block_follow(b, from, 0);
}

/* What has been numbered since the block began is forgotten: a pad may be reached without it. */
static void forget_numbers(struct builder *b, struct build_label *l)
{
    build__gvn_pop(b, l->log_entry);
    l->log_low = l->log_entry;
    if (l->nedges && l->log_entry < l->log_edge)
        l->log_edge = l->log_entry;
}

/* The block at hand (dead) catches no more: its pad is begun, if anything leads there. */
static bool pad_enter(struct builder *b, struct build_label *l)
{
    struct build_label pad;

    if (b->err)
        return false;
    dassert(b->dead && l->pad == b->npads);
    pad = b->pads[--b->npads];
    l->pad = pad_around(b);
    if (!pad.nedges)
        return false;
    forget_numbers(b, l);
    pad.log_edge = l->log_entry;
    build__bind(b, &pad);
    if (!build__reserve_nodes(b, BUILD_INSN_NODES))
        return false;
    l->exception = build__append(b, (struct ir_node){.op = IR_CAUGHT, .type = IR_REF});
    l->tag = build__append(b, (struct ir_node){.op = IR_CAUGHT_TAG, .type = IR_I32});
    return !b->err;
}

/* Never comes back. */
static void throw_exception(struct builder *b, ir_ref_t exception)
{
    build__call_rt(b, RT_exception_throw, &exception, IR_VOID);
    build__may_throw(b);
    if (!b->err)
        build__trap(b, WASM_TRAP_UNREACHABLE);
}

/* No clause fits: on to the pad around, or out of the function. */
static void pad_leave(struct builder *b, const struct build_label *l)
{
    if (b->err)
        return;
    if (l->pad)
        build__jump(b, &b->pads[l->pad - 1]);
    else
        throw_exception(b, l->exception);
}

/* ---- clauses ---- */

/* Branches on whether the exception has this tag, and opens the block where it has. */
static ir_block_t tag_branch(struct builder *b, const struct build_label *l, uint32_t tag)
{
    ir_ref_t want = build__pure(b, (struct ir_node){.op = IR_TAG, .type = IR_I32, .c = tag});
    ir_ref_t same = fold__op(b, WASM_OP_i32_eq, l->tag, want, 0);
    ir_block_t from = build__block_close(b, (struct ir_node){.op = IR_BRANCH, .a = same});

    build__block_follow(b, from, 0);
    return from;
}

static void push_payload(struct builder *b, uint32_t tag)
{
    const struct wasm_functype *t = &b->m->types[b->m->tags[tag].type];

    if (!build__reserve_nodes(b, t->nparams + BUILD_INSN_NODES))
        return;
    for (uint32_t i = 0; i < t->nparams; i++)
        build__push(b, build__append(b, (struct ir_node){.op = IR_PAYLOAD_GET,
                                                         .type = (uint8_t)build__type(t->params[i]),
                                                         .c = i}));
}

/* The exception's values, perhaps itself, and the branch. Without a reference nobody can name it
 * any more. */
static void take_clause(struct builder *b, const struct build_label *l, const struct wasm_catch *c)
{
    ir_ref_t exception = l->exception;

    if (!wasm_catch_is_all(c))
        push_payload(b, c->tag);
    if (b->err)
        return;
    build__call_rt(b, wasm_catch_is_ref(c) ? RT_exception_keep : RT_exception_drop, &exception,
                   IR_VOID);
    if (wasm_catch_is_ref(c))
        build__push(b, exception);
    build__branch(b, c->label + 1); /* labels are those around the try_table */
}

static void clauses(struct builder *b, struct build_label *l)
{
    struct wasm_reader r = b->reader;

    r.p = l->clauses;
    for (uint32_t i = 0; i < l->nclauses && !b->err; i++) {
        struct wasm_catch c;
        uint32_t log = b->gvn_log_len;
        ir_block_t from;
        if (wasm_read_catch(&r, &c) || !build__reserve_nodes(b, BUILD_INSN_NODES))
            return; /* validated: it can be read */
        if (wasm_catch_is_all(&c)) {
            take_clause(b, l, &c);
            return;
        }
        from = tag_branch(b, l, c.tag);
        take_clause(b, l, &c);
        if (b->err)
            return;
        build__gvn_pop(b, log);
        b->height = l->height;
        build__block_follow(b, from, 1);
    }
    pad_leave(b, l);
}

/* ---- the instructions ---- */

static void block_counts(const struct builder *b, const struct wasm_insn *in, uint32_t *nparams,
                         uint32_t *nresults)
{
    *nparams = in->has_index ? b->m->types[in->a].nparams : 0;
    *nresults = in->has_index ? b->m->types[in->a].nresults : in->type != 0;
}

void build__try_table(struct builder *b, const struct wasm_insn *in)
{
    struct build_label *l;
    uint32_t nparams, nresults;

    block_counts(b, in, &nparams, &nresults);
    l = build__label_push(b, in->b ? BUILD_TRY_TABLE : BUILD_BLOCK, nparams, nresults);
    if (!l || !in->b)
        return;
    l->clauses = in->bytes;
    l->nclauses = in->b;
    pad_open(b, l);
}

/* Without handlers it is a block whose exceptions go where those of another block go. */
void build__try(struct builder *b, const struct wasm_insn *in)
{
    const struct build_try *t = &b->tries[b->next_try++];
    uint32_t nparams, nresults, pad = 0;
    struct build_label *l;

    block_counts(b, in, &nparams, &nresults);
    if (t->delegate)
        pad = build__label_at(b, t->delegate - 1)->pad;
    l = build__label_push(b, t->delegate ? BUILD_BLOCK : BUILD_TRY, nparams, nresults);
    if (!l)
        return;
    l->rethrown = t->rethrown;
    if (t->delegate)
        l->pad = pad;
    else
        pad_open(b, l);
}

/* Takes up the way on from the last handler's comparison. false: there is none. */
static bool handler_resume(struct builder *b, struct build_label *l)
{
    if (b->err || !l->cond_block)
        return false;
    forget_numbers(b, l);
    b->locals = l->else_locals;
    b->frozen = b->nchunks;
    b->read_barrier = l->read_barrier;
    b->height = l->height;
    build__block_follow(b, l->cond_block, 1);
    l->cond_block = 0;
    return !b->err;
}

void build__catch(struct builder *b, const struct wasm_insn *in)
{
    struct build_label *l = build__label_at(b, 0);
    bool first = l->kind == BUILD_TRY;

    if (!b->dead)
        build__jump(b, l);
    l->kind = BUILD_CATCH;
    if (!(first ? pad_enter(b, l) : handler_resume(b, l)))
        return;
    if (in->op == WASM_OP_catch) {
        l->else_locals = build__locals_keep(b);
        l->read_barrier = b->read_barrier;
        l->cond_block = tag_branch(b, l, in->a);
        push_payload(b, in->a);
    }
    if (!l->rethrown && !b->err)
        build__call_rt(b, RT_exception_drop, &l->exception, IR_VOID);
}

void build__try_end(struct builder *b, struct build_label *l)
{
    if (l->kind == BUILD_TRY_TABLE && !b->pads[l->pad - 1].nedges) {
        l->pad = pad_around(b); /* nothing in it can throw */
        b->npads--;
        return;
    }
    if (!b->dead)
        build__jump(b, l);
    if (l->kind == BUILD_TRY_TABLE) {
        if (pad_enter(b, l))
            clauses(b, l);
    } else if (handler_resume(b, l)) {
        pad_leave(b, l);
    }
}

/* A new exception with the top operands as its values. */
static ir_ref_t create_exception(struct builder *b, uint32_t tag)
{
    const struct wasm_functype *t = &b->m->types[b->m->tags[tag].type];
    ir_ref_t number = build__const(b, IR_I32, tag), exception;

    exception = build__call_rt(b, RT_exception_create, &number, IR_REF);
    if (!build__reserve_nodes(b, t->nparams + BUILD_INSN_NODES))
        return 0;
    b->height -= t->nparams;
    for (uint32_t i = 0; i < t->nparams; i++)
        build__append(b,
                      (struct ir_node){.op = IR_PAYLOAD_SET, .a = b->stack[b->height + i], .c = i});
    return exception;
}

void build__throw(struct builder *b, const struct wasm_insn *in)
{
    ir_ref_t exception;

    if (in->op == WASM_OP_throw)
        exception = create_exception(b, in->a);
    else if (in->op == WASM_OP_throw_ref)
        exception = build__pop(b);
    else
        exception = build__label_at(b, in->a)->exception;
    if (!b->err)
        throw_exception(b, exception);
}
