/* Function bodies: the loop over instructions, operands, and what an immediate must name. */
#include "wasm/validate/validator.h"

#include "base/format.h"
#include "base/string.h"

enum { STACK_INITIAL = 256, FRAMES_INITIAL = 64, LOCALS_INITIAL = 256 };

/* ---- messages ---- */

int validate__fail(struct validator *v, const char *fmt, ...)
{
    char what[128], name[40];
    va_list ap;

    va_start(ap, fmt);
    fmt_vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    wasm_error_quote(&v->m->funcs[v->func].name, name, sizeof name);
    return wasm_error_set(v->err, -EINVAL, v->insn.offset, v->insn.op,
                          "function %u%s%s%s at 0x%x: %s", (unsigned)v->func, *name ? " '" : "",
                          name, *name ? "'" : "", (unsigned)v->insn.offset, what);
}

int validate__reader_failed(struct validator *v, int err)
{
    char place[80], name[40];

    wasm_error_quote(&v->m->funcs[v->func].name, name, sizeof name);
    fmt_snprintf(place, sizeof place, "function %u%s%s%s", (unsigned)v->func, *name ? " '" : "",
                 name, *name ? "'" : "");
    return wasm_error_reader(v->err, err, &v->r, place, v->insn.offset, 0);
}

int validate__mismatch(struct validator *v, wasm_valtype_t expected, bool empty,
                       wasm_valtype_t found)
{
    struct wasm_type_text text = wasm_valtype_text(expected);
    const char *want = expected == WASM_BOTTOM ? "an operand" : text.s;

    if (empty)
        return validate__fail(v, "%s expected, but nothing is on the stack", want);
    return validate__fail(v, "%s expected, %s found", want, wasm_valtype_text(found).s);
}

/* ---- arrays ---- */

/* Doubles one of the validator's arrays until it holds `need`; contents stay. */
static int grow(struct validator *v, void **array, uint32_t *cap, uint32_t need, uint32_t initial,
                size_t size)
{
    const struct wasm_host *host = v->m->host;
    uint32_t new_cap = *cap ? *cap : initial;
    void *p;

    while (new_cap < need)
        new_cap *= 2;
    p = host->alloc(v->m->owner, new_cap * size);
    if (!p)
        return wasm_error_set(v->err, -ENOMEM, v->insn.offset, 0, "out of memory");
    if (*array) {
        memcpy(p, *array, *cap * size);
        host->free(v->m->owner, *array, *cap * size);
    }
    *array = p;
    *cap = new_cap;
    return 0;
}

int validate__reserve(struct validator *v, uint32_t n)
{
    if (LIKELY(v->cap_stack - v->height >= n))
        return 0;
    if (v->height + n > WASM_STACK_VALUES_MAX)
        return validate__fail(v, "too many operands on the stack");
    return grow(v, (void **)&v->stack, &v->cap_stack, v->height + n, STACK_INITIAL,
                sizeof *v->stack);
}

/* ---- operands ---- */

int validate__pop_any(struct validator *v, wasm_valtype_t *out)
{
    *out = WASM_BOTTOM;
    if (v->height > v->top->height)
        *out = v->stack[--v->height];
    else if (!v->top->unreachable)
        return validate__mismatch(v, WASM_BOTTOM, true, WASM_BOTTOM);
    return 0;
}

int validate__pop_all(struct validator *v, const wasm_valtype_t *types, uint32_t n)
{
    if (v->height - v->top->height >= n &&
        !memcmp(v->stack + v->height - n, types, n * sizeof *types)) {
        v->height -= n;
        return 0;
    }
    while (n-- > 0) {
        int err = validate__pop(v, types[n]);
        if (err)
            return err;
    }
    return 0;
}

int validate__push_all(struct validator *v, const wasm_valtype_t *types, uint32_t n)
{
    int err = validate__reserve(v, n);

    if (err)
        return err;
    memcpy(v->stack + v->height, types, n * sizeof *types);
    v->height += n;
    return 0;
}

int validate__pop_other(struct validator *v, wasm_valtype_t expected, wasm_valtype_t found)
{
    if (wasm_valtype_matches(v->m, found, v->m, expected))
        return 0;
    return validate__mismatch(v, expected, false, found);
}

int validate__pop_ref(struct validator *v, wasm_valtype_t *out)
{
    int err = validate__pop_any(v, out);

    if (!err && *out == WASM_BOTTOM)
        *out = WASM_REF_BOTTOM;
    if (!err && !wasm_valtype_is_ref(*out))
        return validate__fail(v, "reference expected, %s found", wasm_valtype_text(*out).s);
    return err;
}

int validate__open(struct validator *v, unsigned op, const struct wasm_functype *type,
                   wasm_valtype_t result)
{
    if (v->nframes == v->cap_frames) {
        int err;
        if (v->nframes >= WASM_BLOCK_DEPTH_MAX)
            return validate__fail(v, "blocks nested too deeply");
        err = grow(v, (void **)&v->frames, &v->cap_frames, v->nframes + 1, FRAMES_INITIAL,
                   sizeof *v->frames);
        if (err)
            return err;
    }
    v->top = &v->frames[v->nframes++];
    *v->top = (struct ctrl_frame){
        .op = (uint16_t)op, .has_type = type, .height = v->height, .inits = v->ninits};
    if (type)
        v->top->type = type;
    else
        v->top->result = result;
    return type ? validate__push_all(v, type->params, type->nparams) : 0;
}

/* ---- locals without a default value ---- */

/* A local is set: noted if it was not. */
static void set_local(struct validator *v, uint32_t local)
{
    if (LIKELY(!v->unset[local]))
        return;
    v->unset[local] = false;
    v->init_log[v->ninits++] = local;
}

void validate__reset_locals(struct validator *v)
{
    while (v->ninits > v->top->inits)
        v->unset[v->init_log[--v->ninits]] = true;
}

/* ---- immediates: what an index names must exist, and may give the type 't' of the signature ----
 */

/* `place`: is it the first or the second that the instruction names? */
static int check_table(struct validator *v, uint32_t table, unsigned place)
{
    if (table >= v->m->ntables)
        return validate__fail(v, "unknown table %u", (unsigned)table);
    v->addrtypes[place] = wasm_limits_addrtype(&v->m->tables[table].type.limits);
    return 0;
}

int validate__type(struct validator *v, wasm_valtype_t type)
{
    if (!wasm_valtype_is_concrete(type) || wasm_valtype_index(type) < v->m->ntypes)
        return 0;
    return validate__fail(v, "unknown type %u", (unsigned)wasm_valtype_index(type));
}

static int check_elem(struct validator *v, uint32_t elem)
{
    return elem < v->m->nelems ? 0
                               : validate__fail(v, "unknown element segment %u", (unsigned)elem);
}

static int check_memory(struct validator *v, uint32_t memory, unsigned place)
{
    if (memory >= v->m->nmemories)
        return validate__fail(v, "unknown memory %u", (unsigned)memory);
    v->addrtypes[place] = wasm_limits_addrtype(&v->m->memories[memory].limits);
    return 0;
}

static int check_data(struct validator *v, uint32_t data)
{
    if (!v->m->has_data_count)
        return validate__fail(v, "data count section required");
    return data < v->m->data_count ? 0
                                   : validate__fail(v, "unknown data segment %u", (unsigned)data);
}

static int check_memarg(struct validator *v, const struct wasm_op_info *info)
{
    int err = check_memory(v, v->insn.a, 0);

    if (err)
        return err;
    if (v->insn.b > info->align_log2)
        return validate__fail(v, "alignment must not be larger than natural");
    if (info->imm == WASM_IMM_ATOMIC && v->insn.b != info->align_log2)
        return validate__fail(v, "atomic alignment must be natural");
    if (v->insn.value > UINT32_MAX && v->addrtypes[0] == WASM_I32)
        return validate__fail(v, "offset out of range");
    return 0;
}

static int check_lanes(struct validator *v, const struct wasm_op_info *info)
{
    if (info->imm != WASM_IMM_SHUFFLE)
        return v->insn.lane < info->nlanes ? 0 : validate__fail(v, "invalid lane index");
    for (unsigned i = 0; i < 16; i++)
        if (v->insn.bytes[i] >= 32)
            return validate__fail(v, "invalid lane index");
    return 0;
}

static int check_local(struct validator *v, wasm_valtype_t *out_type)
{
    uint32_t local = v->insn.a;

    if (local >= v->nlocals)
        return validate__fail(v, "unknown local %u", (unsigned)local);
    *out_type = v->locals[local];
    if (LIKELY(wasm_valtype_has_default(*out_type)))
        return 0;
    if (v->insn.op != WASM_OP_local_get)
        set_local(v, local); /* if the operand does not fit, the function is refused anyway */
    else if (v->unset[local])
        return validate__fail(v, "uninitialized local %u", (unsigned)local);
    return 0;
}

static int check_global(struct validator *v, wasm_valtype_t *out_type)
{
    const struct wasm_global *g;

    if (v->insn.a >= v->m->nglobals)
        return validate__fail(v, "unknown global %u", (unsigned)v->insn.a);
    g = &v->m->globals[v->insn.a];
    if (v->insn.op == WASM_OP_global_set && !g->type.mutable_)
        return validate__fail(v, "global %u is immutable", (unsigned)v->insn.a);
    *out_type = g->type.type;
    return 0;
}

static int check_table_copy(struct validator *v)
{
    int err = check_table(v, v->insn.a, 0);

    err = err ? err : check_table(v, v->insn.b, 1);
    if (err)
        return err;
    if (!wasm_valtype_matches(v->m, v->m->tables[v->insn.b].type.elem, v->m,
                              v->m->tables[v->insn.a].type.elem))
        return validate__fail(v, "tables %u and %u have different types", (unsigned)v->insn.a,
                              (unsigned)v->insn.b);
    return 0;
}

static int check_table_init(struct validator *v)
{
    int err = check_table(v, v->insn.b, 0);

    err = err ? err : check_elem(v, v->insn.a);
    if (err)
        return err;
    if (!wasm_valtype_matches(v->m, v->m->elems[v->insn.a].type, v->m,
                              v->m->tables[v->insn.b].type.elem))
        return validate__fail(v, "segment %u and table %u have different types",
                              (unsigned)v->insn.a, (unsigned)v->insn.b);
    return 0;
}

static int check_ref_func(struct validator *v, wasm_valtype_t *out_type)
{
    if (v->insn.a >= v->m->nfuncs)
        return validate__fail(v, "unknown function %u", (unsigned)v->insn.a);
    if (!v->m->funcs[v->insn.a].declared_ref)
        return validate__fail(v, "undeclared function reference %u", (unsigned)v->insn.a);
    *out_type = wasm_valtype_ref(v->m->funcs[v->insn.a].type) | WASM_REF_NONNULL;
    return 0;
}

static int check_immediate(struct validator *v, const struct wasm_op_info *info,
                           wasm_valtype_t *out_type)
{
    int err;

    switch ((enum wasm_imm)info->imm) {
    case WASM_IMM_LOCAL:
        return check_local(v, out_type);
    case WASM_IMM_MEM:
    case WASM_IMM_ATOMIC:
        return check_memarg(v, info);
    case WASM_IMM_GLOBAL:
        return check_global(v, out_type);
    case WASM_IMM_MEM_LANE:
        err = check_memarg(v, info);
        return err ? err : check_lanes(v, info);
    case WASM_IMM_LANE:
    case WASM_IMM_SHUFFLE:
        return check_lanes(v, info);
    case WASM_IMM_TABLE:
        err = check_table(v, v->insn.a, 0);
        if (!err)
            *out_type = v->m->tables[v->insn.a].type.elem;
        return err;
    case WASM_IMM_TABLE_TABLE:
        return check_table_copy(v);
    case WASM_IMM_ELEM:
        return check_elem(v, v->insn.a);
    case WASM_IMM_ELEM_TABLE:
        return check_table_init(v);
    case WASM_IMM_DATA:
        return check_data(v, v->insn.a);
    case WASM_IMM_DATA_MEMORY:
        err = check_memory(v, v->insn.b, 0);
        return err ? err : check_data(v, v->insn.a);
    case WASM_IMM_MEMORY:
        return check_memory(v, v->insn.a, 0);
    case WASM_IMM_MEMORY_MEMORY:
        err = check_memory(v, v->insn.a, 0);
        return err ? err : check_memory(v, v->insn.b, 1);
    case WASM_IMM_FUNC: /* ref.func; call is control */
        return check_ref_func(v, out_type);
    case WASM_IMM_TYPES:
        if (v->insn.a != 1)
            return validate__fail(v, "invalid result arity");
        /* fall through */
    case WASM_IMM_HEAP:
        *out_type = v->insn.type;
        return validate__type(v, *out_type);
    default:
        return 0;
    }
}

/* ---- instructions whose rule is their signature ---- */

/* Letter of ops.def to type; letters that need more thought are 0. */
static const uint8_t letter_types[128] = {
    ['i'] = WASM_I32, ['I'] = WASM_I64, ['f'] = WASM_F32, ['F'] = WASM_F64, ['v'] = WASM_V128,
};

/* select without a type: two operands of one number or vector type. */
static int check_select(struct validator *v)
{
    wasm_valtype_t first, second;
    int err = validate__pop(v, WASM_I32);

    err = err ? err : validate__pop_any(v, &second);
    err = err ? err : validate__pop_any(v, &first);
    if (err)
        return err;
    if (wasm_valtype_is_ref(first) || wasm_valtype_is_ref(second))
        return validate__fail(v, "select of references needs a type");
    if (first != second && first != WASM_BOTTOM && second != WASM_BOTTOM)
        return validate__mismatch(v, first, false, second);
    validate__push(v, first == WASM_BOTTOM ? second : first);
    return 0;
}

/* The type of a letter that depends on the immediate; WASM_BOTTOM for 'a' and 'r'. */
static wasm_valtype_t letter_type(const struct validator *v, char letter, wasm_valtype_t own_type)
{
    switch (letter) {
    case 't':
        return own_type;
    case 'R':
        return own_type | WASM_REF_NONNULL;
    case 'p':
        return v->addrtypes[0];
    case 'q':
        return v->addrtypes[1];
    case 'n':
        return v->addrtypes[0] == v->addrtypes[1] ? v->addrtypes[0] : WASM_I32;
    default:
        return WASM_BOTTOM;
    }
}

/* *own_type: that of the immediate; for 'r', what is popped. */
static int pop_letter(struct validator *v, char letter, wasm_valtype_t *own_type)
{
    wasm_valtype_t type = letter_type(v, letter, *own_type), ignored;

    if (type != WASM_BOTTOM)
        return validate__pop(v, type);
    return letter == 'r' ? validate__pop_ref(v, own_type) : validate__pop_any(v, &ignored);
}

static int check_plain(struct validator *v, const struct wasm_op_info *info)
{
    wasm_valtype_t own_type = WASM_BOTTOM; /* of the letters that name none */
    int err = 0;

    if (info->imm != WASM_IMM_NONE) {
        err = check_immediate(v, info, &own_type);
        if (err)
            return err;
    } else if (UNLIKELY(v->insn.op == WASM_OP_select)) {
        return check_select(v);
    }
    for (unsigned i = info->npops; i-- > 0 && !err;) {
        wasm_valtype_t type = letter_types[(uint8_t)info->pops[i]];
        err = type ? validate__pop(v, type) : pop_letter(v, info->pops[i], &own_type);
    }
    if (!err && info->pushes) {
        wasm_valtype_t type = letter_types[(uint8_t)info->pushes];
        validate__push(v, type ? type : letter_type(v, info->pushes, own_type));
    }
    return err;
}

/* ---- bodies ---- */

static int add_locals(struct validator *v, uint32_t n, wasm_valtype_t type, bool is_set)
{
    uint32_t need = v->nlocals + n;
    int err = validate__type(v, type);

    if (err || !n)
        return err;
    if (n > WASM_LOCALS_MAX || need > WASM_LOCALS_MAX)
        return validate__fail(v, "too many locals");
    if (need > v->cap_locals)
        err = grow(v, (void **)&v->locals, &v->cap_locals, need, LOCALS_INITIAL, sizeof *v->locals);
    if (!err && need > v->cap_unset)
        err = grow(v, (void **)&v->unset, &v->cap_unset, need, LOCALS_INITIAL, sizeof *v->unset);
    if (err)
        return err;
    memset(v->unset + v->nlocals, !is_set && !wasm_valtype_has_default(type), n);
    while (v->nlocals < need)
        v->locals[v->nlocals++] = type;
    return 0;
}

/* Parameters, then the runs of equal types before the code (5.5.13). */
static int read_locals(struct validator *v, const struct wasm_functype *type)
{
    uint32_t groups, n;
    int err = 0;

    v->nlocals = 0;
    for (uint32_t i = 0; i < type->nparams && !err; i++)
        err = add_locals(v, 1, type->params[i], true);
    if (err)
        return err;
    err = wasm_read_u32(&v->r, &groups);
    if (err)
        return validate__reader_failed(v, err);
    while (groups-- > 0) {
        wasm_valtype_t local_type;
        v->insn.offset = wasm_reader_offset(&v->r);
        err = wasm_read_u32(&v->r, &n);
        err = err ? err : wasm_read_valtype(&v->r, &local_type);
        if (err)
            return validate__reader_failed(v, err);
        err = add_locals(v, n, local_type, false);
        if (err)
            return err;
    }
    if (v->nlocals <= v->cap_log)
        return 0;
    return grow(v, (void **)&v->init_log, &v->cap_log, v->nlocals, LOCALS_INITIAL,
                sizeof *v->init_log);
}

/* The usual `local.get`, if there is nothing to complain of. */
static inline bool local_get_short(struct validator *v)
{
    int local = wasm_peek_short_local_get(&v->r);

    if (local < 0 || (uint32_t)local >= v->nlocals || v->height == v->cap_stack ||
        !wasm_valtype_has_default(v->locals[local]))
        return false;
    validate__push(v, v->locals[local]);
    v->r.p += WASM_SHORT_LOCAL_GET_BYTES;
    if (v->height > v->max_height)
        v->max_height = v->height;
    return true;
}

static int check_code(struct validator *v)
{
    while (v->nframes) {
        const struct wasm_op_info *info;
        if (local_get_short(v))
            continue;
        int err = wasm_read_insn(&v->r, &v->insn);
        if (UNLIKELY(err))
            return validate__reader_failed(v, err);
        info = &wasm_ops[v->insn.op];
        if (UNLIKELY(info->flags & WASM_OPF_VECTOR) && !WASM_SIMD_SUPPORTED)
            return validate__reader_failed(v, wasm_reader_later(&v->r, "SIMD"));
        err = validate__reserve(v, 1);
        if (UNLIKELY(err))
            return err;
        err = info->flags & WASM_OPF_CONTROL ? validate__control(v) : check_plain(v, info);
        if (UNLIKELY(err))
            return err;
        if (v->height > v->max_height)
            v->max_height = v->height;
    }
    if (v->r.p != v->r.end)
        return validate__fail(v, "code after the function's end");
    return 0;
}

static int check_function(struct validator *v)
{
    struct wasm_func *f = &v->m->funcs[v->func];
    const struct wasm_functype *type = &v->m->types[f->type];
    const struct wasm_functype frame_type = {
        .nresults = type->nresults, .params = type->params, .results = type->results};
    int err;

    v->r = wasm_reader_init(v->m->bytes, f->body.at, f->body.len);
    v->insn = (struct wasm_insn){.offset = wasm_reader_offset(&v->r)};
    v->height = v->nframes = v->max_height = v->nblocks = v->ninits = 0;
    v->may_inline = true;
    err = read_locals(v, type);
    err = err ? err : validate__reserve(v, 1);
    err = err ? err : validate__open(v, WASM_OP_block, &frame_type, 0);
    err = err ? err : check_code(v);
    if (err)
        return err;
    f->nlocals = v->nlocals;
    f->max_stack = v->max_height;
    f->nblocks = v->nblocks;
    f->may_inline = v->may_inline;
    return 0;
}

int validate__functions(struct wasm_module *m, struct wasm_error *err)
{
    struct validator v = {.m = m, .err = err};
    int e = 0;

    for (v.func = m->nimported_funcs; v.func < m->nfuncs && !e; v.func++)
        e = check_function(&v);
    if (v.locals)
        m->host->free(m->owner, v.locals, v.cap_locals * sizeof *v.locals);
    if (v.unset)
        m->host->free(m->owner, v.unset, v.cap_unset * sizeof *v.unset);
    if (v.init_log)
        m->host->free(m->owner, v.init_log, v.cap_log * sizeof *v.init_log);
    if (v.stack)
        m->host->free(m->owner, v.stack, v.cap_stack * sizeof *v.stack);
    if (v.frames)
        m->host->free(m->owner, v.frames, v.cap_frames * sizeof *v.frames);
    return e;
}
