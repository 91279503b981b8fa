/* Everything of a module but its function bodies (core spec 3.5), and constant expressions. */
#include "wasm/validate/validator.h"

#include "base/format.h"

/* ---- constant expressions ---- */

struct const_checker {
    struct wasm_module *m;
    struct wasm_error *err;
    const char *place;
    struct wasm_insn insn;
    wasm_valtype_t stack[WASM_CONST_DEPTH_MAX];
    uint32_t height;
};

static int const_fail(struct const_checker *c, const char *what)
{
    return wasm_error_set(c->err, -EINVAL, c->insn.offset, c->insn.op, "%s at 0x%x: %s", c->place,
                          (unsigned)c->insn.offset, what);
}

static int const_global(struct const_checker *c, uint32_t nglobals, wasm_valtype_t *out)
{
    const struct wasm_global *g;

    if (c->insn.a >= nglobals)
        return const_fail(c, "unknown global");
    g = &c->m->globals[c->insn.a];
    if (g->type.mutable_)
        return const_fail(c, "constant expression required: the global is mutable");
    *out = g->type.type;
    return 0;
}

/* The type that an instruction leaves, after popping its operands. */
static int const_insn(struct const_checker *c, uint32_t nglobals, wasm_valtype_t *out)
{
    const struct wasm_op_info *info = &wasm_ops[c->insn.op];
    wasm_valtype_t operand = info->pushes == 'i' ? WASM_I32 : WASM_I64;

    switch (c->insn.op) {
    case WASM_OP_i32_const:
        *out = WASM_I32;
        return 0;
    case WASM_OP_i64_const:
        *out = WASM_I64;
        return 0;
    case WASM_OP_f32_const:
        *out = WASM_F32;
        return 0;
    case WASM_OP_f64_const:
        *out = WASM_F64;
        return 0;
    case WASM_OP_v128_const:
        *out = WASM_V128;
        return 0;
    case WASM_OP_ref_null:
        *out = c->insn.type;
        return 0;
    case WASM_OP_ref_func:
        *out = WASM_FUNCREF;
        return c->insn.a < c->m->nfuncs ? 0 : const_fail(c, "unknown function");
    case WASM_OP_global_get:
        return const_global(c, nglobals, out);
    default: /* add, sub, mul: two operands of the result's type */
        assert(info->npops == 2 && info->pops[0] == info->pushes);
        if (c->height < 2)
            return const_fail(c, "an operand expected, but nothing is on the stack");
        if (c->stack[c->height - 1] != operand || c->stack[c->height - 2] != operand)
            return const_fail(c, "operands of the wrong type");
        c->height -= 2;
        *out = operand;
        return 0;
    }
}

int validate__const_expr(struct wasm_module *m, const struct wasm_expr *e, wasm_valtype_t type,
                         uint32_t nglobals, const char *place, struct wasm_error *err)
{
    struct const_checker c = {.m = m, .err = err, .place = place};
    struct wasm_reader r = wasm_reader_init(m->bytes, e->code.at, e->code.len);
    char what[64];

    for (;;) {
        wasm_valtype_t result = WASM_BOTTOM;
        int e2 = wasm_read_insn(&r, &c.insn);
        assert(!e2); /* the decoder has read it */
        if (c.insn.op == WASM_OP_end)
            break;
        if (wasm_ops[c.insn.op].flags & WASM_OPF_VECTOR && !WASM_SIMD_SUPPORTED)
            return wasm_error_reader(err, wasm_reader_later(&r, "SIMD"), &r, place, c.insn.offset,
                                     c.insn.op);
        e2 = const_insn(&c, nglobals, &result);
        if (e2)
            return e2;
        if (c.height == WASM_CONST_DEPTH_MAX)
            return const_fail(&c, "constant expression too deep");
        c.stack[c.height++] = result;
    }
    if (c.height == 1 && c.stack[0] == type)
        return 0;
    fmt_snprintf(what, sizeof what, "%s expected, %s found", wasm_valtype_name(type),
                 c.height == 0   ? "nothing"
                 : c.height == 1 ? wasm_valtype_name(c.stack[0])
                                 : "several values");
    return const_fail(&c, what);
}

/* ---- declarations ---- */

static int fail(struct wasm_error *err, const char *kind, uint32_t index, const char *what)
{
    return wasm_error_set(err, -EINVAL, 0, 0, "%s %u: %s", kind, (unsigned)index, what);
}

static int check_limits(const struct wasm_limits *l, uint64_t range, const char *too_large,
                        const char *kind, uint32_t index, struct wasm_error *err)
{
    if (l->min > range || (l->has_max && l->max > range))
        return fail(err, kind, index, too_large);
    if (l->has_max && l->min > l->max)
        return fail(err, kind, index, "size minimum must not be greater than maximum");
    return 0;
}

static int check_functions(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->nfuncs; i++)
        if (m->funcs[i].type >= m->ntypes)
            return fail(err, "function", i, "unknown type");
    return 0;
}

static int check_tables(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->ntables; i++) {
        const struct wasm_table *t = &m->tables[i];
        bool is64 = t->type.limits.is64;
        int e = check_limits(&t->type.limits, is64 ? UINT64_MAX : UINT32_MAX,
                             "table size must be at most 2^32-1", "table", i, err);
        if (!e && t->init.code.at)
            e = validate__const_expr(m, &t->init, t->type.elem, m->nimported_globals,
                                     "table section", err);
        if (e)
            return e;
    }
    return 0;
}

static int check_memories(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->nmemories; i++) {
        const struct wasm_limits *l = &m->memories[i].limits;
        int e = l->is64 ? check_limits(l, WASM_MEMORY64_PAGES_MAX,
                                       "memory size must be at most 2^48 pages", "memory", i, err)
                        : check_limits(l, WASM_MEMORY_PAGES_MAX,
                                       "memory size must be at most 65536 pages (4 GiB)", "memory",
                                       i, err);
        if (e)
            return e;
    }
    return 0;
}

static int check_globals(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = m->nimported_globals; i < m->nglobals; i++) {
        int e = validate__const_expr(m, &m->globals[i].init, m->globals[i].type.type, i,
                                     "global section", err);
        if (e)
            return e;
    }
    return 0;
}

static int check_exports(struct wasm_module *m, struct wasm_error *err)
{
    const uint32_t counts[] = {[WASM_FUNC] = m->nfuncs,
                               [WASM_TABLE] = m->ntables,
                               [WASM_MEMORY] = m->nmemories,
                               [WASM_GLOBAL] = m->nglobals};
    static const char *const what[] = {[WASM_FUNC] = "unknown function",
                                       [WASM_TABLE] = "unknown table",
                                       [WASM_MEMORY] = "unknown memory",
                                       [WASM_GLOBAL] = "unknown global"};

    for (uint32_t i = 0; i < m->nexports; i++)
        if (m->exports[i].index >= counts[m->exports[i].kind])
            return fail(err, "export", i, what[m->exports[i].kind]);
    return 0;
}

static int check_start(struct wasm_module *m, struct wasm_error *err)
{
    const struct wasm_functype *type;

    if (m->start < 0)
        return 0;
    if (m->start >= m->nfuncs)
        return fail(err, "start", (uint32_t)m->start, "unknown function");
    type = &m->types[m->funcs[m->start].type];
    if (type->nparams || type->nresults)
        return fail(err, "start", (uint32_t)m->start,
                    "start function must take and return nothing");
    return 0;
}

static int check_elem(struct wasm_module *m, uint32_t index, struct wasm_error *err)
{
    const struct wasm_elem *s = &m->elems[index];
    int e = 0;

    if (s->mode == WASM_SEGMENT_ACTIVE) {
        if (s->table >= m->ntables)
            return fail(err, "element segment", index, "unknown table");
        if (m->tables[s->table].type.elem != s->type)
            return fail(err, "element segment", index, "type differs from the table's");
        e = validate__const_expr(m, &s->offset,
                                 wasm_limits_addrtype(&m->tables[s->table].type.limits),
                                 m->nglobals, "element section", err);
    }
    for (uint32_t i = 0; i < s->count && !e; i++) {
        if (s->exprs)
            e = validate__const_expr(m, &s->exprs[i], s->type, m->nglobals, "element section", err);
        else if (s->funcs[i] >= m->nfuncs)
            e = fail(err, "element segment", index, "unknown function");
    }
    return e;
}

static int check_segments(struct wasm_module *m, struct wasm_error *err)
{
    int e = 0;

    for (uint32_t i = 0; i < m->nelems && !e; i++)
        e = check_elem(m, i, err);
    for (uint32_t i = 0; i < m->ndatas && !e; i++) {
        const struct wasm_data *s = &m->datas[i];
        if (s->mode != WASM_SEGMENT_ACTIVE)
            continue;
        if (s->memory >= m->nmemories)
            return fail(err, "data segment", i, "unknown memory");
        e = validate__const_expr(m, &s->offset,
                                 wasm_limits_addrtype(&m->memories[s->memory].limits), m->nglobals,
                                 "data section", err);
    }
    return e;
}

int wasm_validate(struct wasm_module *m, struct wasm_error *err)
{
    int e = check_functions(m, err); /* first: everything else looks at function types */

    e = e ? e : check_tables(m, err);
    e = e ? e : check_memories(m, err);
    e = e ? e : check_globals(m, err);
    e = e ? e : check_exports(m, err);
    e = e ? e : check_start(m, err);
    e = e ? e : check_segments(m, err);
    return e ? e : validate__functions(m, err);
}
