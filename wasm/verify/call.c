/* Calls, returns and tail calls: the calling convention is kept (docs/engine.md). */
#include "wasm/verify/state.h"

enum { ALU_SUB = 5, RUNTIME_REGS = 5, VALUE_BYTES = 16 };

static bool is_vector(wasm_valtype_t t)
{
    return t == WASM_F32 || t == WASM_F64 || t == WASM_V128;
}

/* Places of a list of values; registers with short ones to *shorts; bytes of the caller's area. */
static uint32_t place_values(const wasm_valtype_t *types, uint32_t n, const uint8_t *regs,
                             uint32_t nregs, uint32_t nvectors, uint16_t *shorts)
{
    uint32_t bytes = 0, reg = 0, vector = 0;
    *shorts = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *used = is_vector(types[i]) ? &vector : &reg;
        if (*used == (is_vector(types[i]) ? nvectors : nregs)) {
            bytes += types[i] == WASM_V128 ? 16 : 8;
            continue;
        }
        if (!is_vector(types[i]) && types[i] != WASM_I64)
            *shorts |= (uint16_t)(1u << regs[reg]);
        ++*used;
    }
    return bytes;
}

static void sig_of(const struct wasm_functype *t, struct verify_sig *out)
{
    static const uint8_t params[] = {V_RDI, V_RSI, V_RDX, V_RCX, V_R8, V_R9, V_RAX, V_R10};
    static const uint8_t results[] = {V_RAX, V_RDX, V_RCX, V_RSI};
    out->param_bytes =
        place_values(t->params, t->nparams, params, ARRAY_LEN(params), 8, &out->param_short);
    out->result_bytes =
        place_values(t->results, t->nresults, results, ARRAY_LEN(results), 4, &out->result_short);
}

static uint32_t bucket(const struct verify_module *v, uint32_t id)
{
    return (id * 0x9e3779b1u) & (v->nbuckets - 1);
}

void verify_prepare(struct verify_module *v)
{
    const struct wasm_module *m = v->m;
    for (uint32_t t = 0; t < m->ntypes; t++) {
        sig_of(&m->types[t], &v->sigs[t]);
        uint32_t b = bucket(v, m->type_ids[t]);
        while (v->by_id[b] && m->type_ids[v->by_id[b] - 1] != m->type_ids[t])
            b = (b + 1) & (v->nbuckets - 1);
        v->by_id[b] = t + 1;
    }
    for (uint32_t t = 0; t < m->ntags; t++)
        v->payload_bytes =
            (uint32_t)max_u64(v->payload_bytes, VALUE_BYTES * m->types[m->tags[t].type].nparams);
    for (uint32_t i = 0; i < m->nmemories; i++)
        v->wide = v->wide || m->memories[i].limits.is64;
}

static const struct verify_sig *sig_by_id(const struct verify_module *v, uint32_t id)
{
    for (uint32_t b = bucket(v, id); v->by_id[b]; b = (b + 1) & (v->nbuckets - 1))
        if (v->m->type_ids[v->by_id[b] - 1] == id)
            return &v->sigs[v->by_id[b] - 1];
    return NULL;
}

static const struct verify_sig *sig_of_func(const struct verifier *v, uint32_t func)
{
    return func < v->m->nfuncs ? &v->v->sigs[v->m->funcs[func].type] : NULL;
}

/* ---- who is called ---- */

static const struct verify_stub *stub_at(const struct verify_module *v, uint32_t at)
{
    if (!v->nstubs || at < v->stubs[0].at || at > v->stubs[v->nstubs - 1].at)
        return NULL;
    for (uint32_t i = 0; i < v->nstubs; i++)
        if (v->stubs[i].at == at)
            return &v->stubs[i];
    return NULL;
}

bool v_ends_here(const struct verifier *v, const struct vinsn *in)
{
    const struct verify_stub *stub = in->op == VOP_CALL ? stub_at(v->v, (uint32_t)in->imm) : NULL;
    return stub && stub->ends;
}

/* The type of a call_ref, which nothing but validation knows. */
static const struct verify_sig *sig_of_ref(const struct verifier *v, uint32_t site)
{
    uint32_t lo = 0, hi = v->f->nrefs;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (v->f->refs[mid].at < site)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == v->f->nrefs || v->f->refs[lo].at != site)
        return NULL;
    return &v->v->sigs[v->f->refs[lo].type];
}

/* Is that the operand [descriptor + where its code is]? */
static bool is_descriptor_code(const struct verifier *v, const struct vinsn *in)
{
    unsigned kind = v->now.r[in->base].kind;
    if (in->index != V_NO_REG)
        return false;
    if (in->disp == offsetof(struct wasm_funcdesc, call))
        return in->base == V_R11 && (kind == VAL_DESC || kind == VAL_OWN_DESC);
    return in->disp == offsetof(struct wasm_funcdesc, entry) && kind == VAL_OWN_DESC;
}

/* Is that the operand [import + where its code is], and of which function? */
static bool is_import_code(const struct verifier *v, const struct vinsn *in, size_t field,
                           uint32_t *func)
{
    uint32_t at = (uint32_t)in->disp - v->v->layout->imports;
    *func = at / (uint32_t)sizeof(struct ctx_import);
    return in->flags & VI_MEM && in->base == V_R15 && in->index == V_NO_REG &&
           (uint32_t)in->disp >= v->v->layout->imports && *func < v->m->nimported_funcs &&
           at % sizeof(struct ctx_import) == field;
}

/* What an indirect call or jump goes to; *is_ref: by a reference. NULL: not allowed. */
static const struct verify_sig *target_in(const struct verifier *v, const struct vinsn *in,
                                          bool *is_ref)
{
    uint32_t func;
    *is_ref = false;
    if (!(in->flags & VI_MEM))
        return v->now.r[in->base].kind == VAL_ENTRY_CODE ? sig_by_id(v->v, v->now.r[in->base].n)
                                                         : NULL;
    if (in->index != V_NO_REG || in->base >= V_GPRS || in->base == V_RSP)
        return NULL;
    if (in->base == V_R15)
        return is_import_code(v, in, offsetof(struct ctx_import, code), &func)
                   ? sig_of_func(v, func)
                   : NULL;
    if (v->now.r[in->base].kind == VAL_TYPED_ENTRY)
        return in->disp == offsetof(struct ctx_table_entry, code)
                   ? sig_by_id(v->v, v->now.r[in->base].n)
                   : NULL;
    *is_ref = is_descriptor_code(v, in);
    return NULL;
}

static uint32_t func_at(const struct verifier *v, uint32_t at)
{
    return at == v->start ? v->f->body->func : v->f->func_at(v->f->arg, at);
}

/* ---- calls ---- */

static void check_short(struct verifier *v, const struct vinsn *in, uint16_t regs)
{
    for (; regs; regs &= (uint16_t)(regs - 1))
        if (!val_is_short(&v->now.r[__builtin_ctz(regs)]))
            v_refuse(v, in->at, "an i32 or reference that may not be zero-extended is handed over");
}

static void check_pinned(struct verifier *v, const struct vinsn *in)
{
    const struct vval *r = &v->now.r[V_R14];
    if (r->kind != VAL_MEMORY || r->n != 0)
        v_refuse(v, in->at, "r14 is not the base of memory 0");
}

/* An exception of the call goes on elsewhere in the function; only the frame is as it was. */
static void land(struct verifier *v, const struct vinsn *in, uint32_t site)
{
    const struct code_body *b = v->f->body;
    struct vstate kept;
    uint32_t lo = 0, hi = b->nlandings;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (b->landings[mid].site < site)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == b->nlandings || b->landings[lo].site != site)
        return;
    __builtin_memcpy(&kept, &v->now, v->state_bytes);
    state_forget(&v->now);
    for (unsigned r = 0; r < V_R14; r++)
        state_set(&v->now, r, VAL_ANY);
    v->now.r[V_R14] = VAL_OF(VAL_MEMORY, 0); /* the unwinder's doing */
    for (unsigned i = 0; i < SAVED_REGS; i++)
        if (v->now.saved[i] == NOWHERE)
            v_refuse(v, in->at, "a call whose exception is caught, but not all registers saved");
    v_edge(v, in->at, b->landings[lo].at);
    __builtin_memcpy(&v->now, &kept, v->state_bytes);
}

/* The unwinder finds its way by the frame's size, and by the instruction behind a call, which gives
 * back what the callee has popped. */
static void check_frame(struct verifier *v, const struct vinsn *in, uint32_t popped)
{
    const struct vinsn *next = in + 1;
    if (next->op == VOP_JMP && next->imm >= v->start && next->imm < v->end)
        next = &v->insns[v->map[next->imm - v->start] - 1];
    bool gives_back = next->op == VOP_ALU_MI && next->aux == ALU_SUB && next->base == V_RSP &&
                      !(next->flags & VI_MEM);
    if (v->now.sp != -(int64_t)v->f->body->frame_bytes)
        v_refuse(v, in->at, "a call at another depth than the frame's");
    if (v->now.ret != 0)
        v_refuse(v, in->at, "a call while the return address is not in its place");
    if (gives_back ? next->imm != popped : popped != 0)
        v_refuse(v, in->at, "behind a call, what was popped is not given back");
}

/* Values that point to what a callee may move or change are worth nothing after it. */
static void forget_records(struct vstate *s)
{
    static const uint32_t stay = 1u << VAL_RANGE | 1u << VAL_BELOW | 1u << VAL_MEMORY |
                                 1u << VAL_LIMIT | 1u << VAL_MEMORY_INFO | 1u << VAL_TABLE_INFO |
                                 1u << VAL_GLOBAL | 1u << VAL_ENTRIES | 1u << VAL_CODE |
                                 1u << VAL_SAVED;
    for (unsigned r = 0; r < V_R14; r++)
        if (!(stay >> s->r[r].kind & 1))
            state_set(s, r, VAL_ANY);
}

/* What every call needs, and does to what is known. */
static void pass(struct verifier *v, const struct vinsn *in, const struct verify_sig *sig)
{
    struct vstate *s = &v->now;
    uint32_t area = sig->param_bytes + sig->result_bytes;
    check_short(v, in, sig->param_short);
    if ((int64_t)s->sp + area > 0) {
        v_refuse(v, in->at, "the frame has no room for a call's parameters and results");
        return;
    }
    if (area)
        state_stored(s, s->sp, (int32_t)area, v->v->wide);
    s->probed = s->probed < s->sp ? s->probed : s->sp;
    forget_records(s);
    land(v, in, in->at + in->len - 1);
    state_forget(s);
    for (unsigned r = 0; r < V_R14; r++)
        if (sig->result_short >> r & 1)
            s->r[r] = VAL_SHORT;
}

static void call_func(struct verifier *v, const struct vinsn *in, const struct verify_sig *sig)
{
    check_pinned(v, in);
    check_frame(v, in, sig->param_bytes);
    pass(v, in, sig);
    v->now.sp += (int32_t)sig->param_bytes;
}

/* An import may come back on another stack, and with more than 32 bits of a result: rsp waits in
 * r14, and is the first thing that is put right. */
static void call_import(struct verifier *v, const struct vinsn *in, const struct verify_sig *sig)
{
    const struct vinsn *next = in + 1;
    const struct vval *r14 = &v->now.r[V_R14];
    if (r14->kind != VAL_STACK || r14->lo != v->now.sp)
        v_refuse(v, in->at, "a call of an import while r14 does not keep rsp");
    if (next->op != VOP_MOV_RM || next->reg != V_RSP || next->base != V_R14 || next->width != 8 ||
        next->flags & (VI_MEM | VI_LEADER) || next->at != in->at + in->len)
        v_refuse(v, in->at, "a call of an import after which rsp is not restored");
    check_frame(v, in, 0);
    pass(v, in, sig);
    v->now.r[V_RAX] = VAL_ANY;
}

static uint32_t count_of(const struct wasm_module *m, char kind)
{
    switch (kind) {
    case 'm':
        return m->nmemories;
    case 't':
        return m->ntables;
    case 'e':
        return m->nelems;
    case 'd':
        return m->ndatas;
    default:
        return m->ntags;
    }
}

static void call_stub(struct verifier *v, const struct vinsn *in, const struct verify_stub *stub)
{
    static const uint8_t regs[RUNTIME_REGS] = {V_RSI, V_RDX, V_RCX, V_R8, V_R9};
    static const struct verify_sig none = {0};
    struct vval first = v->now.r[V_RSI];
    for (unsigned i = 0; stub->args[i]; i++) {
        const struct vval *r = &v->now.r[regs[i]];
        if (stub->args[i] != '-' && !(val_is_short(r) && r->hi < count_of(v->m, stub->args[i])))
            v_refuse(v, in->at, "the runtime is asked for a thing that the module does not have");
    }
    call_func(v, in, &none);
    if (stub->narrow)
        v->now.r[V_RAX] = VAL_SHORT;
    if (stub->throws && val_is_const(&first) && first.lo < v->m->ntags)
        v->now.payload_bytes = VALUE_BYTES * v->m->types[v->m->tags[first.lo].type].nparams;
}

/* The entry in r11 is of another type than the one wanted; the stub comes back if it is a sub type.
 * r14 says which, and is itself again afterwards. */
static void call_check_indirect(struct verifier *v, const struct vinsn *in)
{
    struct vstate *s = &v->now;
    struct vval entry = s->r[V_R11], asked = s->r[V_R14];
    if (entry.kind != VAL_ENTRY || !val_is_const(&asked) || asked.lo >> 32 != entry.n ||
        !sig_by_id(v->v, (uint32_t)asked.lo)) {
        v_refuse(v, in->at, "the look for a sub type is not asked for as it has to be");
        return;
    }
    check_frame(v, in, 0);
    s->r[V_R14] = VAL_OF(VAL_MEMORY, 0);
    state_set(s, V_R11, VAL_OF(VAL_TYPED_ENTRY, (uint32_t)asked.lo));
    s->x[1] = VAL_ANY;
    s->flags.kind = FLAG_NONE;
}

void v_call(struct verifier *v, const struct vinsn *in)
{
    bool is_ref = false;
    const struct verify_sig *sig = NULL;
    uint32_t func;
    if (in->op == VOP_CALL_M && is_import_code(v, in, offsetof(struct ctx_import, direct), &func)) {
        call_import(v, in, sig_of_func(v, func));
        return;
    }
    if (in->op == VOP_CALL_M) {
        sig = target_in(v, in, &is_ref);
        if (is_ref)
            sig = sig_of_ref(v, in->at + in->len - 1);
    } else if (in->imm == v->v->check_indirect) {
        call_check_indirect(v, in);
        return;
    } else {
        const struct verify_stub *stub = stub_at(v->v, (uint32_t)in->imm);
        if (stub) {
            call_stub(v, in, stub);
            return;
        }
        sig = sig_of_func(v, func_at(v, (uint32_t)in->imm));
    }
    if (sig)
        call_func(v, in, sig);
    else
        v_refuse(v, in->at, "a call of something that is no function");
}

/* ---- leaving ---- */

/* rsp leads to the return address, above it are `params` bytes for who goes on, and everything that
 * is preserved holds what it held. */
static void check_leave(struct verifier *v, const struct vinsn *in, uint32_t params)
{
    struct vstate *s = &v->now;
    check_pinned(v, in);
    if (s->ret != s->sp || s->ret == NOWHERE)
        v_refuse(v, in->at, "rsp does not lead to the return address");
    if ((int64_t)s->ret + params != v->own->param_bytes)
        v_refuse(v, in->at, "the return address is not where the parameters want it");
    for (unsigned r = 0; r < V_GPRS; r++)
        if (state_saved_index(r) >= 0 && (s->r[r].kind != VAL_SAVED || s->r[r].n != r))
            v_refuse(v, in->at, "a register that is to be preserved is not what it was");
}

void v_return(struct verifier *v, const struct vinsn *in)
{
    check_leave(v, in, v->own->param_bytes);
    check_short(v, in, v->own->result_short);
    if (in->imm != v->own->param_bytes)
        v_refuse(v, in->at, "a return that pops something else than the parameters");
}

void v_leave(struct verifier *v, const struct vinsn *in)
{
    bool is_ref = false;
    const struct verify_sig *sig;
    if (in->op == VOP_JMP_M)
        sig = target_in(v, in, &is_ref);
    else
        sig = sig_of_func(v, func_at(v, (uint32_t)in->imm));
    if (is_ref) { /* of what type is for validation to know */
        check_leave(v, in, (uint32_t)(v->own->param_bytes - v->now.sp));
        return;
    }
    if (!sig) {
        v_refuse(v, in->at, "a jump to something that is no function");
        return;
    }
    check_leave(v, in, sig->param_bytes);
    check_short(v, in, sig->param_short);
    if (sig->result_bytes != v->own->result_bytes || v->own->result_short & ~sig->result_short)
        v_refuse(v, in->at, "a tail call of a function with other results");
}
