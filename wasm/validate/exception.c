/* Throwing and catching (core spec 3.4.6), and the first version of the same, which LLVM emits:
 * "Legacy Exception Handling" in the specification's repository. */
#include "wasm/validate/validator.h"

static int find_tag(struct validator *v, uint32_t tag, const struct wasm_functype **out)
{
    if (tag >= v->m->ntags)
        return validate__fail(v, "unknown tag %u", (unsigned)tag);
    *out = &v->m->types[v->m->tags[tag].type];
    return 0;
}

static int check_value(struct validator *v, wasm_valtype_t want, wasm_valtype_t have)
{
    return want == have ? 0 : validate__pop_other(v, want, have);
}

/* What a clause hands to its label must match what that takes. */
static int check_clause(struct validator *v, const struct wasm_catch *c)
{
    static const struct wasm_functype nothing = {0};
    const struct wasm_functype *tag = &nothing;
    bool has_ref = wasm_catch_is_ref(c);
    struct ctrl_frame *target;
    const wasm_valtype_t *types;
    uint32_t n;
    int err = wasm_catch_is_all(c) ? 0 : find_tag(v, c->tag, &tag);

    err = err ? err : validate__label(v, c->label, &target);
    if (err)
        return err;
    types = validate__label_types(target, &n);
    if (n != tag->nparams + has_ref)
        return validate__fail(v, "type mismatch: label %u takes %u operands, the clause has %u",
                              (unsigned)c->label, (unsigned)n, (unsigned)(tag->nparams + has_ref));
    for (uint32_t i = 0; i < tag->nparams && !err; i++)
        err = check_value(v, types[i], tag->params[i]);
    if (!err && has_ref)
        err = check_value(v, types[n - 1], WASM_EXNREF | WASM_REF_NONNULL);
    if (err)
        return err;
    if (v->height + n > v->max_height) /* the compiler pushes them on what is there */
        v->max_height = v->height + n;
    return 0;
}

int validate__clauses(struct validator *v)
{
    struct wasm_reader clauses =
        wasm_reader_init(v->m->bytes, v->insn.bytes, (size_t)(v->r.p - v->insn.bytes));
    int err = 0;

    for (uint32_t i = 0; i < v->insn.b && !err; i++) {
        struct wasm_catch c;
        err = wasm_read_catch(&clauses, &c);
        assert(!err); /* stepped over once already */
        err = check_clause(v, &c);
    }
    v->m->nclauses += v->insn.b;
    return err;
}

static int check_throw(struct validator *v)
{
    const struct wasm_functype *tag;
    int err = find_tag(v, v->insn.a, &tag);

    err = err ? err : validate__pop_all(v, tag->params, tag->nparams);
    if (!err)
        validate__unreachable(v);
    return err;
}

static int check_throw_ref(struct validator *v)
{
    int err = validate__pop(v, WASM_EXNREF);

    if (!err)
        validate__unreachable(v);
    return err;
}

/* ---- the first version ---- */

/* catch and catch_all: the body, or the handler before, ends; the tag's values are there. */
static int check_catch(struct validator *v)
{
    static const struct wasm_functype nothing = {0};
    const struct wasm_functype *tag = &nothing;
    struct ctrl_frame *f = v->top;
    int err;

    if (f->op != WASM_OP_try && f->op != WASM_OP_catch)
        return validate__fail(v, "%s without try", wasm_ops[v->insn.op].name);
    err = validate__close(v);
    if (!err && v->insn.op == WASM_OP_catch)
        err = find_tag(v, v->insn.a, &tag);
    if (err)
        return err;
    f->op = v->insn.op;
    f->unreachable = false;
    f->br_table = 0;
    return validate__push_all(v, tag->params, tag->nparams);
}

/* The label is one outside of the try: any block's will do, the function's too. */
static int check_delegate(struct validator *v)
{
    if (v->top->op != WASM_OP_try)
        return validate__fail(v, "delegate without try");
    if (v->insn.a >= v->nframes - 1)
        return validate__fail(v, "unknown label %u", (unsigned)v->insn.a);
    return validate__end(v);
}

static int check_rethrow(struct validator *v)
{
    struct ctrl_frame *target;
    int err = validate__label(v, v->insn.a, &target);

    if (err)
        return err;
    if (target->op != WASM_OP_catch && target->op != WASM_OP_catch_all)
        return validate__fail(v, "invalid rethrow label %u: no handler", (unsigned)v->insn.a);
    validate__unreachable(v);
    return 0;
}

int validate__exception(struct validator *v)
{
    switch (v->insn.op) {
    case WASM_OP_throw:
        return check_throw(v);
    case WASM_OP_throw_ref:
        return check_throw_ref(v);
    case WASM_OP_catch:
    case WASM_OP_catch_all:
        return check_catch(v);
    case WASM_OP_delegate:
        return check_delegate(v);
    case WASM_OP_rethrow:
        return check_rethrow(v);
    default:
        assert(!"an instruction with signature * that nobody checks");
        return -EINVAL;
    }
}
