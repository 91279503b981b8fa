/* WebAssembly to SSA in one walk over the body, after a scan of its loops. The operand stack and
 * the locals exist only while building: as node numbers. Control is in build_control.c, what
 * touches state in build_ops.c, the locals in locals.c; everything else is an instruction on
 * operands and goes through fold.c. */
#include "wasm/jit/build.h"

#include "base/string.h"
#include "wasm/jit/watch.h"

enum ir_type build__type(wasm_valtype_t t)
{
    switch (t & 0xff) {
    case WASM_I32:
        return IR_I32;
    case WASM_I64:
        return IR_I64;
    case WASM_F32:
        return IR_F32;
    case WASM_F64:
        return IR_F64;
    case WASM_V128:
        return IR_V128;
    default:
        return IR_REF;
    }
}

/* ---- memory ---- */

bool build__grow_slow(struct builder *b, void *array_ptr, uint32_t *cap, uint64_t need,
                      size_t elem_size)
{
    void *old, *fresh;
    uint64_t n = max_u64(*cap ? *cap * 2ull : 64, need);

    fresh = n <= UINT32_MAX / 2 ? arena_alloc_unset(b->arena, n, elem_size) : NULL;
    if (!fresh) {
        b->err = b->err ? b->err : -ENOMEM;
        return false;
    }
    memcpy(&old, array_ptr, sizeof old);
    if (*cap)
        memcpy(fresh, old, *cap * elem_size);
    memcpy(array_ptr, &fresh, sizeof fresh);
    *cap = (uint32_t)n;
    return true;
}

/* Nodes and the arrays that run beside them. */
bool build__reserve_nodes_slow(struct builder *b, uint32_t n)
{
    struct ir_func *f = b->f;
    uint32_t cap = f->cap_nodes;
    uint64_t need = (uint64_t)f->nnodes + n;

    return build__grow(b, &f->offsets, &cap, need, sizeof *f->offsets) &&
           build__grow(b, &f->nodes, &f->cap_nodes, need, sizeof *f->nodes);
}

uint32_t build__pool(struct builder *b, uint32_t n)
{
    struct ir_func *f = b->f;
    uint32_t at = f->npool;

    if (!build__grow(b, &f->pool, &f->cap_pool, (uint64_t)at + n, sizeof *f->pool))
        return 0;
    f->npool += n;
    return at;
}

bool build__charge_phis(struct builder *b, uint64_t n)
{
    b->phi_args += n;
    if (b->phi_args <= BUILD_PHI_ARGS_FREE + (uint64_t)BUILD_PHI_ARGS_PER_BYTE * b->func->body.len)
        return true;
    b->err = b->err ? b->err : -E2BIG;
    return false;
}

/* ---- the function ---- */

/* Parameters and declared locals (core spec 5.4.9: code). */
bool build__read_locals(struct builder *b, const struct wasm_func *func)
{
    const struct wasm_functype *t = &b->m->types[func->type];
    uint32_t ngroups, count, at = t->nparams;
    wasm_valtype_t type;

    b->nlocals = func->nlocals;
    b->local_types = ARENA_ARRAY_UNSET(b->arena, uint8_t, b->nlocals + 1ull);
    if (!b->local_types) {
        b->err = -ENOMEM;
        return false;
    }
    for (uint32_t i = 0; i < t->nparams; i++)
        b->local_types[i] = (uint8_t)build__type(t->params[i]);
    b->err = wasm_read_u32(&b->reader, &ngroups);
    while (!b->err && ngroups--) {
        b->err = wasm_read_u32(&b->reader, &count);
        if (!b->err)
            b->err = wasm_read_valtype(&b->reader, &type);
        if (b->err)
            break;
        assert(count <= b->nlocals - at);
        memset(b->local_types + at, build__type(type), count);
        at += count;
    }
    return !b->err;
}

static bool is_zero(const struct builder *b, ir_ref_t r)
{
    uint64_t bits;

    return fold__const(b, r, &bits) && bits == 0;
}

/* Operands off the stack, the result onto it. */
static void compute(struct builder *b, unsigned op)
{
    const struct wasm_op_info *info = wasm_op_info(op);
    ir_ref_t x = 0, y = 0, z = 0;

    switch (info->npops) {
    case 3:
        z = build__pop(b);
        /* fall through */
    case 2:
        y = build__pop(b);
        /* fall through */
    case 1:
        x = build__pop(b);
        break;
    default:
        break;
    }
    if (UNLIKELY((ir_traits[op] & IR_TRAIT_DIVIDES) && is_zero(b, y)))
        build__trap(b, WASM_TRAP_DIVIDE_BY_ZERO);
    else
        build__push(b, fold__op(b, op, x, y, z));
}

static void local_get(struct builder *b, uint32_t local)
{
    if (LIKELY(!b->in_slots))
        build__push(b, build__local_get(b, local));
    else
        build__push(b, build__append(b, (struct ir_node){.op = IR_LOCAL_GET,
                                                         .type = b->local_types[local],
                                                         .c = local}));
}

static void local_set(struct builder *b, uint32_t local)
{
    ir_ref_t v = build__pop(b);

    if (LIKELY(!b->in_slots))
        build__local_set(b, local, v);
    else
        build__append(b, (struct ir_node){.op = IR_LOCAL_SET, .a = v, .c = local});
}

/* What has neither control nor state nor locals. */
static void plain(struct builder *b, const struct wasm_insn *in)
{
    const struct wasm_op_info *info = wasm_op_info(in->op);

    switch (in->op) {
    case WASM_OP_nop:
        return;
    case WASM_OP_drop:
        build__pop(b);
        return;
    case WASM_OP_i32_const:
        build__push(b, build__const(b, IR_I32, (uint32_t)in->value));
        return;
    case WASM_OP_i64_const:
        build__push(b, build__const(b, IR_I64, in->value));
        return;
    case WASM_OP_f32_const:
        build__push(b, build__const(b, IR_F32, (uint32_t)in->value));
        return;
    case WASM_OP_f64_const:
        build__push(b, build__const(b, IR_F64, in->value));
        return;
    case WASM_OP_ref_null:
        build__push(b, build__const(b, IR_REF, 0));
        return;
    default:
        break;
    }
    if ((info->imm == WASM_IMM_NONE || info->imm == WASM_IMM_TYPES) &&
        !(info->flags & (WASM_OPF_VECTOR | WASM_OPF_CONTROL)))
        compute(b, in->op);
    else if (info->flags & WASM_OPF_VECTOR)
        build__vector_op(b, in);
    else if (!build__state_op(b, in))
        b->err = -ENOTSUP;
}

static inline void instruction(struct builder *b, const struct wasm_insn *in)
{
    switch (in->op) {
    case WASM_OP_local_get:
        local_get(b, in->a);
        return;
    case WASM_OP_local_tee:
        build__push(b, b->stack[b->height - 1]);
        /* fall through */
    case WASM_OP_local_set:
        local_set(b, in->a);
        return;
    default:
        break;
    }
    if ((wasm_op_info(in->op)->flags & WASM_OPF_CONTROL && in->op != WASM_OP_nop) ||
        in->op == WASM_OP_ref_as_non_null)
        build__control(b, in);
    else if (in->op >= WASM_OP_i32_load && in->op <= WASM_OP_i64_store32)
        build__memory_op(b, in);
    else
        plain(b, in);
}

/* The usual `local.get`, of locals that are values. */
static inline bool local_get_short(struct builder *b)
{
    int local = wasm_peek_short_local_get(&b->reader);

    if (local < 0 || b->dead || b->in_slots)
        return false;
    build__push(b, build__local_get(b, (uint32_t)local));
    b->reader.p += WASM_SHORT_LOCAL_GET_BYTES;
    return true;
}

static void walk(struct builder *b)
{
    struct wasm_insn in;

    while (!b->err && (b->reader.p < b->reader.end || build__inline_leave(b))) {
        if (local_get_short(b))
            continue;
        b->err = wasm_read_insn(&b->reader, &in);
        if (b->err)
            return;
        b->offset = in.offset + b->place_shift;
        if (b->dead)
            build__skip(b, &in);
        else if (build__reserve_nodes(b, BUILD_INSN_NODES))
            instruction(b, &in);
    }
    if (!b->err)
        assert(b->nlabels == 0);
}

/* First guesses: an instruction takes about two bytes and makes less than one node. */
static bool allocate(struct builder *b)
{
    uint32_t len = b->func->body.len;

    b->stack_cap = b->func->max_stack + 4;
    b->stack = ARENA_ARRAY_UNSET(b->arena, ir_ref_t, b->stack_cap);
    if (!b->stack) {
        b->err = -ENOMEM;
        return false;
    }
    b->f->npool = BUILD_POOL_FIRST;
    b->nedges = 1;
    if (!build__reserve_nodes(b, (b->ninsns ? b->ninsns : len / 2) * 3 / 4 + BUILD_INSN_NODES) ||
        !build__grow(b, &b->f->pool, &b->f->cap_pool, len / 4 + 16, sizeof *b->f->pool) ||
        !build__grow(b, &b->f->blocks, &b->f->cap_blocks, b->func->nblocks + 8ull,
                     sizeof *b->f->blocks))
        return false;
    b->f->blocks[0] = (struct ir_block){0};
    return true;
}

static bool has_several_wide(const struct wasm_module *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->nmemories; i++)
        n += m->memories[i].limits.is64;
    return n > 1;
}

static int build(const struct wasm_module *m, uint32_t func, struct arena *arena, bool in_slots,
                 struct ir_func *out)
{
    const struct wasm_func *wf = &m->funcs[func];
    struct builder b = {.f = out,
                        .m = m,
                        .func = wf,
                        .arena = arena,
                        .in_slots = in_slots,
                        .limits_differ = has_several_wide(m),
                        .next_serial = 1};

    *out = (struct ir_func){
        .arena = arena, .module = m, .func = func, .type = &m->types[wf->type], .nblocks = 1};
    b.reader = wasm_reader_init(m->bytes, wf->body.at, wf->body.len);
    if (!build__read_locals(&b, wf) || (wf->nblocks && !wf->may_inline && !build__scan(&b)) ||
        !allocate(&b))
        return b.err;
    b.offset = wasm_reader_offset(&b.reader);
    if (!build__gvn_init(&b) || !build__open_function(&b))
        return b.err ? b.err : -ENOMEM;
    walk(&b);
    if (!b.err) {
        jit_watch_pass(out, NULL, "build");
        b.err = build__clean(&b);
    }
    if (!b.err)
        jit_watch_pass(out, NULL, "clean");
    return b.err;
}

int ir_build(const struct wasm_module *m, uint32_t func, struct arena *arena, struct ir_func *out)
{
    int err;

    assert(func < m->nfuncs && !m->funcs[func].imported);
    err = build(m, func, arena, jit_has(&m->jit, JIT_LOCALS_IN_FRAME), out);
    if (err == -E2BIG) {
        arena_reset(arena);
        err = build(m, func, arena, true, out);
    }
    return err == -E2BIG ? -ENOMEM : err;
}
