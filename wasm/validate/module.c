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

static bool type_exists(const struct wasm_module *m, wasm_valtype_t t)
{
    return !wasm_valtype_is_concrete(t) || wasm_valtype_index(t) < m->ntypes;
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
        return type_exists(c->m, *out) ? 0 : const_fail(c, "unknown type");
    case WASM_OP_ref_func:
        if (c->insn.a >= c->m->nfuncs)
            return const_fail(c, "unknown function");
        *out = wasm_valtype_ref(c->m->funcs[c->insn.a].type) | WASM_REF_NONNULL;
        return 0;
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
    struct wasm_type_text found;
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
    if (c.height == 1 && wasm_valtype_matches(m, c.stack[0], m, type))
        return 0;
    found = wasm_valtype_text(c.stack[0]);
    fmt_snprintf(what, sizeof what, "%s expected, %s found", wasm_valtype_text(type).s,
                 c.height == 0   ? "nothing"
                 : c.height == 1 ? found.s
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

/* A sub type's supertype is open, and says nothing that the sub type does not keep (3.2.8). */
static int check_types(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->ntypes; i++) {
        uint32_t super = m->subtypes[i].super;
        if (super == WASM_NO_SUPER)
            continue;
        if (m->subtypes[super].final)
            return fail(err, "type", i, "sub type of a final type");
        if (!wasm_functype_matches(m, &m->types[i], &m->types[super]))
            return fail(err, "type", i, "sub type does not match its supertype");
    }
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
        if (!e && !type_exists(m, t->type.elem))
            e = fail(err, "table", i, "unknown type");
        if (!e && !t->imported && !t->init.code.at && !wasm_valtype_has_default(t->type.elem))
            e = fail(err, "table", i, "elements without a default value need an initial one");
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
        if (m->memories[i].limits.shared && !m->memories[i].limits.has_max)
            return fail(err, "memory", i, "shared memory must have maximum");
    }
    return 0;
}

static int check_globals(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->nglobals; i++) {
        const struct wasm_global *g = &m->globals[i];
        int e = 0;
        if (!type_exists(m, g->type.type))
            e = fail(err, "global", i, "unknown type");
        if (!e && !g->imported)
            e = validate__const_expr(m, &g->init, g->type.type, i, "global section", err);
        if (e)
            return e;
    }
    return 0;
}

/* A tag's type has no results (3.2.12). */
static int check_tags(struct wasm_module *m, struct wasm_error *err)
{
    for (uint32_t i = 0; i < m->ntags; i++) {
        if (m->tags[i].type >= m->ntypes)
            return fail(err, "tag", i, "unknown type");
        if (m->types[m->tags[i].type].nresults)
            return fail(err, "tag", i, "non-empty tag result type");
    }
    return 0;
}

static int check_exports(struct wasm_module *m, struct wasm_error *err)
{
    const uint32_t counts[] = {[WASM_FUNC] = m->nfuncs,
                               [WASM_TABLE] = m->ntables,
                               [WASM_MEMORY] = m->nmemories,
                               [WASM_GLOBAL] = m->nglobals,
                               [WASM_TAG] = m->ntags};
    static const char *const what[] = {[WASM_FUNC] = "unknown function",
                                       [WASM_TABLE] = "unknown table",
                                       [WASM_MEMORY] = "unknown memory",
                                       [WASM_GLOBAL] = "unknown global",
                                       [WASM_TAG] = "unknown tag"};

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

    if (!type_exists(m, s->type))
        return fail(err, "element segment", index, "unknown type");
    if (s->mode == WASM_SEGMENT_ACTIVE) {
        if (s->table >= m->ntables)
            return fail(err, "element segment", index, "unknown table");
        if (!wasm_valtype_matches(m, s->type, m, m->tables[s->table].type.elem))
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
    int e = check_types(m, err);

    assert(m->ntypes == 0 || m->type_ids);
    e = e ? e : check_functions(m, err); /* early: everything else looks at function types */
    e = e ? e : check_tables(m, err);
    e = e ? e : check_memories(m, err);
    e = e ? e : check_tags(m, err);
    e = e ? e : check_globals(m, err);
    e = e ? e : check_exports(m, err);
    e = e ? e : check_start(m, err);
    e = e ? e : check_segments(m, err);
    return e ? e : validate__functions(m, err);
}
