/* Control instructions: blocks, branches, calls (core spec 3.4.6). */
#include "wasm/validate/validator.h"

#include "base/string.h"

/* ---- block types ---- */

static const wasm_valtype_t value_types[] = {WASM_I32,  WASM_I64,     WASM_F32,      WASM_F64,
                                             WASM_V128, WASM_FUNCREF, WASM_EXTERNREF};
static const struct wasm_functype no_signature = {0, 0, value_types, value_types};
static const struct wasm_functype value_signatures[] = {
    {0, 1, value_types, value_types},     {0, 1, value_types, value_types + 1},
    {0, 1, value_types, value_types + 2}, {0, 1, value_types, value_types + 3},
    {0, 1, value_types, value_types + 4}, {0, 1, value_types, value_types + 5},
    {0, 1, value_types, value_types + 6},
};

const struct wasm_functype *wasm_block_signature(const struct wasm_module *m,
                                                 const struct wasm_insn *insn)
{
    if (insn->has_index)
        return &m->types[insn->a];
    for (size_t i = 0; i < ARRAY_LEN(value_types); i++)
        if (insn->type == value_types[i])
            return &value_signatures[i];
    return &no_signature;
}

/* ---- labels ---- */

/* What a branch to the frame carries: a loop's parameters, else the results (3.4.6: label types).
 */
static const wasm_valtype_t *label_types(const struct ctrl_frame *f, uint32_t *out_n)
{
    *out_n = f->op == WASM_OP_loop ? f->type->nparams : f->type->nresults;
    return f->op == WASM_OP_loop ? f->type->params : f->type->results;
}

static int find_label(struct validator *v, uint32_t depth, struct ctrl_frame **out)
{
    if (depth >= v->nframes)
        return validate__fail(v, "unknown label %u", (unsigned)depth);
    *out = &v->frames[v->nframes - 1 - depth];
    return 0;
}

/* Do the topmost operands fit? Leaves them where they are. */
static int peek_all(struct validator *v, const wasm_valtype_t *types, uint32_t n)
{
    uint32_t there = v->height - v->top->height;

    if (there >= n && !memcmp(v->stack + v->height - n, types, n * sizeof *types))
        return 0;
    for (uint32_t i = 1; i <= n; i++) {
        wasm_valtype_t found;
        if (i > there) {
            if (v->top->unreachable)
                return 0; /* the rest of them is whatever it has to be */
            return validate__mismatch(v, types[n - i], true, WASM_BOTTOM);
        }
        found = v->stack[v->height - i];
        if (found != types[n - i] && found != WASM_BOTTOM)
            return validate__mismatch(v, types[n - i], false, found);
    }
    return 0;
}

static void set_unreachable(struct validator *v)
{
    v->height = v->top->height;
    v->top->unreachable = true;
}

/* ---- branches ---- */

static int check_br(struct validator *v, uint32_t depth)
{
    struct ctrl_frame *target;
    const wasm_valtype_t *types;
    uint32_t n;
    int err = find_label(v, depth, &target);

    if (err)
        return err;
    types = label_types(target, &n);
    err = peek_all(v, types, n);
    if (!err)
        set_unreachable(v);
    return err;
}

/* The operands stay, with the types that the label gives them. */
static int check_br_if(struct validator *v)
{
    struct ctrl_frame *target;
    const wasm_valtype_t *types;
    uint32_t n;
    int err = validate__pop(v, WASM_I32);

    err = err ? err : find_label(v, v->insn.a, &target);
    if (err)
        return err;
    types = label_types(target, &n);
    err = validate__pop_all(v, types, n);
    return err ? err : validate__push_all(v, types, n);
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
        const wasm_valtype_t *types;
        uint32_t depth = 0, n;
        err = wasm_read_u32(&labels, &depth);
        assert(!err); /* stepped over once already */
        err = find_label(v, depth, &target);
        if (err)
            return err;
        types = label_types(target, &n);
        if (i == 0)
            arity = n;
        else if (n != arity)
            return validate__fail(v, "label %u takes %u operands, the one before %u",
                                  (unsigned)depth, (unsigned)n, (unsigned)arity);
        if (target->br_table == serial)
            continue;
        target->br_table = serial;
        err = peek_all(v, types, n);
    }
    if (!err)
        set_unreachable(v);
    return err;
}

/* ---- blocks ---- */

static int check_block(struct validator *v)
{
    const struct wasm_functype *type;
    int err = v->insn.op == WASM_OP_if ? validate__pop(v, WASM_I32) : 0;

    if (err)
        return err;
    if (v->insn.has_index && v->insn.a >= v->m->ntypes)
        return validate__fail(v, "unknown type %u", (unsigned)v->insn.a);
    type = wasm_block_signature(v->m, &v->insn);
    err = validate__pop_all(v, type->params, type->nparams);
    v->nblocks++;
    return err ? err : validate__open(v, v->insn.op, type);
}

/* The block's results must be on the stack, and nothing else. */
static int close_block(struct validator *v)
{
    const struct wasm_functype *type = v->top->type;
    int err = validate__pop_all(v, type->results, type->nresults);

    if (!err && v->height != v->top->height)
        return validate__fail(v, "%u values too many at the end of the block",
                              (unsigned)(v->height - v->top->height));
    return err;
}

static int check_else(struct validator *v)
{
    struct ctrl_frame *f = v->top;
    int err;

    if (f->op != WASM_OP_if)
        return validate__fail(v, "else without if");
    err = close_block(v);
    if (err)
        return err;
    f->op = WASM_OP_else;
    f->unreachable = false;
    f->br_table = 0;
    return validate__push_all(v, f->type->params, f->type->nparams);
}

static int check_end(struct validator *v)
{
    const struct wasm_functype *type = v->top->type;
    int err = close_block(v);

    if (err)
        return err;
    if (v->top->op == WASM_OP_if &&
        (type->nparams != type->nresults ||
         memcmp(type->params, type->results, type->nparams * sizeof *type->params)))
        return validate__fail(v, "if without else must not change the types of its operands");
    v->nframes--;
    if (!v->nframes)
        return 0;
    v->top = &v->frames[v->nframes - 1];
    return validate__push_all(v, type->results, type->nresults);
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
        memcmp(type->results, own->results, own->nresults * sizeof *own->results))
        return validate__fail(v, "tail call of a function with other results than this one's");
    err = validate__pop_all(v, type->params, type->nparams);
    if (!err)
        set_unreachable(v);
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
    if (v->m->tables[v->insn.b].type.elem != WASM_FUNCREF)
        return validate__fail(v, "table %u does not hold functions", (unsigned)v->insn.b);
    if (v->insn.a >= v->m->ntypes)
        return validate__fail(v, "unknown type %u", (unsigned)v->insn.a);
    return validate__pop(v, wasm_limits_addrtype(&v->m->tables[v->insn.b].type.limits));
}

static int check_call(struct validator *v)
{
    uint32_t type = v->insn.a;
    bool direct = v->insn.op == WASM_OP_call || v->insn.op == WASM_OP_return_call;
    int err = direct ? find_callee(v, &type) : check_indirect(v);

    if (err)
        return err;
    if (v->insn.op == WASM_OP_call || v->insn.op == WASM_OP_call_indirect)
        return check_call_type(v, type);
    return check_return_call_type(v, type);
}

int validate__control(struct validator *v)
{
    switch (v->insn.op) {
    case WASM_OP_nop:
        return 0;
    case WASM_OP_unreachable:
        set_unreachable(v);
        return 0;
    case WASM_OP_block:
    case WASM_OP_loop:
    case WASM_OP_if:
        return check_block(v);
    case WASM_OP_else:
        return check_else(v);
    case WASM_OP_end:
        return check_end(v);
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
        return check_call(v);
    default:
        assert(!"an instruction with signature * that nobody checks");
        return -EINVAL;
    }
}
