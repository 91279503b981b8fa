/* Control instructions: blocks, branches, calls (core spec 3.4.6). */
#include "wasm/validate/validator.h"

#include "base/string.h"

/* ---- labels ---- */

/* A list of types that somebody else keeps. */
struct types {
    const wasm_valtype_t *at;
    uint32_t n;
};

static struct types params_of(const struct ctrl_frame *f)
{
    static const wasm_valtype_t none[1];

    return f->has_type ? (struct types){f->type->params, f->type->nparams}
                       : (struct types){none, 0};
}

/* Until the array of frames moves. */
static struct types results_of(const struct ctrl_frame *f)
{
    if (f->has_type)
        return (struct types){f->type->results, f->type->nresults};
    return (struct types){&f->result, f->result != 0};
}

/* What a branch to the frame carries: a loop's parameters, else the results (3.4.6: label types).
 */
static struct types label_types(const struct ctrl_frame *f)
{
    return f->op == WASM_OP_loop ? params_of(f) : results_of(f);
}

const wasm_valtype_t *validate__label_types(const struct ctrl_frame *f, uint32_t *out_n)
{
    struct types t = label_types(f);

    *out_n = t.n;
    return t.at;
}

int validate__label(struct validator *v, uint32_t depth, struct ctrl_frame **out)
{
    if (depth >= v->nframes)
        return validate__fail(v, "unknown label %u", (unsigned)depth);
    *out = &v->frames[v->nframes - 1 - depth];
    return 0;
}

/* Do the topmost operands fit? Leaves them where they are. */
static int peek_all(struct validator *v, struct types want)
{
    uint32_t there = v->height - v->top->height;

    for (uint32_t i = 1; i <= want.n; i++) {
        wasm_valtype_t type = want.at[want.n - i], found;
        int err;
        if (i > there) {
            if (v->top->unreachable)
                return 0; /* the rest of them is whatever it has to be */
            return validate__mismatch(v, type, true, WASM_BOTTOM);
        }
        found = v->stack[v->height - i];
        err = found == type ? 0 : validate__pop_other(v, type, found);
        if (err)
            return err;
    }
    return 0;
}

/* Pops operands and pushes them again with the types that they are wanted to have. */
static int retype(struct validator *v, struct types want)
{
    int err = validate__pop_all(v, want.at, want.n);
    return err ? err : validate__push_all(v, want.at, want.n);
}

void validate__unreachable(struct validator *v)
{
    v->height = v->top->height;
    v->top->unreachable = true;
}

/* ---- branches ---- */

static int check_br(struct validator *v, uint32_t depth)
{
    struct ctrl_frame *target;
    int err = validate__label(v, depth, &target);

    if (err)
        return err;
    err = peek_all(v, label_types(target));
    if (!err)
        validate__unreachable(v);
    return err;
}

/* The operands stay, with the types that the label gives them. */
static int check_br_if(struct validator *v)
{
    struct ctrl_frame *target;
    int err = validate__pop(v, WASM_I32);

    err = err ? err : validate__label(v, v->insn.a, &target);
    return err ? err : retype(v, label_types(target));
}

/* The reference goes where it is null, and stays, as one that is not, where it falls through. */
static int check_br_on_null(struct validator *v)
{
    struct ctrl_frame *target;
    wasm_valtype_t ref;
    int err = validate__pop_ref(v, &ref);

    err = err ? err : validate__label(v, v->insn.a, &target);
    err = err ? err : retype(v, label_types(target));
    err = err ? err : validate__reserve(v, 1);
    if (!err)
        validate__push(v, ref | WASM_REF_NONNULL);
    return err;
}

/* The label's last type is that of the reference where it is not null. */
static int check_br_on_non_null(struct validator *v)
{
    struct ctrl_frame *target;
    struct types want;
    int err = validate__label(v, v->insn.a, &target);

    if (err)
        return err;
    want = label_types(target);
    if (!want.n || !wasm_valtype_is_ref(want.at[want.n - 1]))
        return validate__fail(v, "label %u does not take a reference", (unsigned)v->insn.a);
    want.n--;
    err = validate__pop(v, want.at[want.n] & ~(wasm_valtype_t)WASM_REF_NONNULL);
    return err ? err : retype(v, want);
}

/* Each target's types must fit the operands, and all targets take equally many. A label that stands
 * in the table repeatedly is checked once. */
static int check_br_table(struct validator *v)
{
    struct wasm_reader labels =
        wasm_reader_init(v->m->bytes, v->insn.bytes, (size_t)(v->r.p - v->insn.bytes));
    uint32_t arity = 0, serial = ++v->br_tables;
    int err = validate__pop(v, WASM_I32);

    for (uint32_t i = 0; i <= v->insn.a && !err; i++) {
        struct ctrl_frame *target;
        struct types want;
        uint32_t depth = 0;
        err = wasm_read_u32(&labels, &depth);
        assert(!err); /* stepped over once already */
        err = validate__label(v, depth, &target);
        if (err)
            return err;
        want = label_types(target);
        if (i == 0)
            arity = want.n;
        else if (want.n != arity)
            return validate__fail(v, "label %u takes %u operands, the one before %u",
                                  (unsigned)depth, (unsigned)want.n, (unsigned)arity);
        if (target->br_table == serial)
            continue;
        target->br_table = serial;
        err = peek_all(v, want);
    }
    if (!err)
        validate__unreachable(v);
    return err;
}

/* ---- blocks ---- */

static int check_block(struct validator *v)
{
    const struct wasm_functype *type = NULL;
    int err = 0;

    if (v->insn.op == WASM_OP_if)
        err = validate__pop(v, WASM_I32);
    else if (v->insn.op == WASM_OP_try_table)
        err = validate__clauses(v);
    if (err)
        return err;
    v->nblocks++;
    v->may_inline = v->may_inline && (v->insn.op == WASM_OP_block || v->insn.op == WASM_OP_if);
    if (!v->insn.has_index) {
        err = validate__type(v, v->insn.type);
        return err ? err : validate__open(v, v->insn.op, NULL, v->insn.type);
    }
    if (v->insn.a >= v->m->ntypes)
        return validate__fail(v, "unknown type %u", (unsigned)v->insn.a);
    type = &v->m->types[v->insn.a];
    err = validate__pop_all(v, type->params, type->nparams);
    return err ? err : validate__open(v, v->insn.op, type, 0);
}

int validate__close(struct validator *v)
{
    struct types results = results_of(v->top);
    int err = validate__pop_all(v, results.at, results.n);

    if (!err && v->height != v->top->height)
        return validate__fail(v, "%u values too many at the end of the block",
                              (unsigned)(v->height - v->top->height));
    validate__reset_locals(v);
    return err;
}

static int check_else(struct validator *v)
{
    struct ctrl_frame *f = v->top;
    struct types params = params_of(f);
    int err;

    if (f->op != WASM_OP_if)
        return validate__fail(v, "else without if");
    err = validate__close(v);
    if (err)
        return err;
    f->op = WASM_OP_else;
    f->unreachable = false;
    f->br_table = 0;
    return validate__push_all(v, params.at, params.n);
}

int validate__end(struct validator *v)
{
    struct types params = params_of(v->top), results = results_of(v->top);
    int err = validate__close(v);

    if (err)
        return err;
    if (v->top->op == WASM_OP_if &&
        (params.n != results.n || !wasm_valtypes_match(v->m, params.at, results.at, params.n)))
        return validate__fail(v, "if without else must not change the types of its operands");
    v->nframes--;
    if (!v->nframes)
        return 0;
    v->top = &v->frames[v->nframes - 1];
    return validate__push_all(v, results.at, results.n); /* the frame is still there */
}

/* ---- calls ---- */

static int check_call_type(struct validator *v, uint32_t index)
{
    const struct wasm_functype *type = &v->m->types[index];
    int err = validate__pop_all(v, type->params, type->nparams);

    return err ? err : validate__push_all(v, type->results, type->nresults);
}

/* The callee's results must be those of the function itself; what follows is never reached. */
static int check_return_call_type(struct validator *v, uint32_t index)
{
    const struct wasm_functype *type = &v->m->types[index];
    const struct wasm_functype *own = &v->m->types[v->m->funcs[v->func].type];
    int err;

    if (type->nresults != own->nresults ||
        !wasm_valtypes_match(v->m, type->results, own->results, own->nresults))
        return validate__fail(v, "tail call of a function with other results than this one's");
    err = validate__pop_all(v, type->params, type->nparams);
    if (!err)
        validate__unreachable(v);
    return err;
}

/* The function's type index. */
static int find_callee(struct validator *v, uint32_t *out_type)
{
    if (v->insn.a >= v->m->nfuncs)
        return validate__fail(v, "unknown function %u", (unsigned)v->insn.a);
    *out_type = v->m->funcs[v->insn.a].type;
    return 0;
}

/* The type index and the table are right, and an index into the table is there. */
static int check_indirect(struct validator *v)
{
    if (v->insn.b >= v->m->ntables)
        return validate__fail(v, "unknown table %u", (unsigned)v->insn.b);
    if (!wasm_valtype_is_func(v->m->tables[v->insn.b].type.elem))
        return validate__fail(v, "table %u does not hold functions", (unsigned)v->insn.b);
    if (v->insn.a >= v->m->ntypes)
        return validate__fail(v, "unknown type %u", (unsigned)v->insn.a);
    return validate__pop(v, wasm_limits_addrtype(&v->m->tables[v->insn.b].type.limits));
}

/* The type index is right, and a reference to such a function is there. */
static int check_call_ref(struct validator *v)
{
    if (v->insn.a >= v->m->ntypes)
        return validate__fail(v, "unknown type %u", (unsigned)v->insn.a);
    return validate__pop(v, wasm_valtype_ref(v->insn.a));
}

static int check_call(struct validator *v)
{
    uint32_t type = v->insn.a;
    int err;

    switch (v->insn.op) {
    case WASM_OP_call:
    case WASM_OP_return_call:
        err = find_callee(v, &type);
        break;
    case WASM_OP_call_ref:
    case WASM_OP_return_call_ref:
        err = check_call_ref(v);
        break;
    default:
        err = check_indirect(v);
        break;
    }
    if (err)
        return err;
    if (v->insn.op < WASM_OP_return_call || v->insn.op == WASM_OP_call_ref)
        return check_call_type(v, type);
    v->may_inline = false;
    return check_return_call_type(v, type);
}

int validate__control(struct validator *v)
{
    switch (v->insn.op) {
    case WASM_OP_nop:
        return 0;
    case WASM_OP_unreachable:
        validate__unreachable(v);
        return 0;
    case WASM_OP_block:
    case WASM_OP_loop:
    case WASM_OP_if:
    case WASM_OP_try:
    case WASM_OP_try_table:
        return check_block(v);
    case WASM_OP_else:
        return check_else(v);
    case WASM_OP_end:
        return validate__end(v);
    case WASM_OP_br:
        return check_br(v, v->insn.a);
    case WASM_OP_br_if:
        return check_br_if(v);
    case WASM_OP_br_table:
        return check_br_table(v);
    case WASM_OP_return:
        return check_br(v, v->nframes - 1);
    case WASM_OP_call:
    case WASM_OP_call_indirect:
    case WASM_OP_return_call:
    case WASM_OP_return_call_indirect:
    case WASM_OP_call_ref:
    case WASM_OP_return_call_ref:
        return check_call(v);
    case WASM_OP_br_on_null:
        return check_br_on_null(v);
    case WASM_OP_br_on_non_null:
        return check_br_on_non_null(v);
    default:
        return validate__exception(v);
    }
}
