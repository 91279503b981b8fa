#include "wasm/jit/guard.h"

#include "base/string.h"
#include "wasm/jit/ir.h"
#include "wasm/verify/verify.h"

enum { CALL_REF = 0x14, LEB_BITS = 7, LEB_MORE = 0x80 };

/* Of a lane, allocated with its first function. */
struct jit_guard {
    struct verify_module v;
    struct verify_stub stubs[RT_COUNT];
    size_t sigs_bytes, by_id_bytes;
};

/* What the runtime's calls have for parameters, as struct verify_stub tells. */
static const char rt_args[RT_COUNT][6] = {
    [RT_memory_grow] = "m-",     [RT_memory_copy] = "mm---",  [RT_memory_fill] = "m---",
    [RT_memory_init] = "md---",  [RT_data_drop] = "d",        [RT_table_get] = "t-",
    [RT_table_set] = "t--",      [RT_table_grow] = "t--",     [RT_table_fill] = "t---",
    [RT_table_copy] = "tt---",   [RT_table_init] = "te---",   [RT_elem_drop] = "e",
    [RT_exception_create] = "g", [RT_exception_throw] = "-",  [RT_exception_keep] = "-",
    [RT_exception_drop] = "-",   [RT_indirect_fail] = "t--",  [RT_atomic_notify] = "m--",
    [RT_atomic_wait32] = "m---", [RT_atomic_wait64] = "m---",
};

void guard_release(struct code_lane *l)
{
    struct jit_guard *g = l->guard;
    struct wasm_module *m = l->code->m;
    if (!g)
        return;
    if (g->v.sigs)
        m->host->free(m->owner, g->v.sigs, g->sigs_bytes);
    if (g->v.by_id)
        m->host->free(m->owner, g->v.by_id, g->by_id_bytes);
    m->host->free(m->owner, g, sizeof *g);
    l->guard = NULL;
}

static int prepare(struct code_lane *l)
{
    const struct wasm_code *c = l->code;
    struct wasm_module *m = c->m;
    struct jit_guard *g = m->host->alloc(m->owner, sizeof *g);
    if (!g)
        return -ENOMEM;
    l->guard = g;
    uint32_t nbuckets = 1;
    while (nbuckets < 2 * m->ntypes)
        nbuckets *= 2;
    g->sigs_bytes = m->ntypes * sizeof *g->v.sigs;
    g->by_id_bytes = nbuckets * sizeof *g->v.by_id;
    g->v = (struct verify_module){.m = m,
                                  .layout = &c->layout,
                                  .stubs = g->stubs,
                                  .nstubs = RT_COUNT,
                                  .check_indirect = c->check_indirect,
                                  .sigs = m->host->alloc(m->owner, g->sigs_bytes),
                                  .by_id = m->host->alloc(m->owner, g->by_id_bytes),
                                  .nbuckets = nbuckets};
    if (!g->v.sigs || !g->v.by_id) {
        guard_release(l);
        return -ENOMEM;
    }
    for (unsigned i = 0; i < RT_COUNT; i++) {
        char result = strchr(rt_calls[i].sig, ':')[1];
        g->stubs[i] = (struct verify_stub){.at = c->stubs[i],
                                           .narrow = result == 'i' || result == 'r',
                                           .ends = i == RT_indirect_fail || i == RT_exception_throw,
                                           .throws = i == RT_exception_create};
        memcpy(g->stubs[i].args, rt_args[i], sizeof rt_args[i]);
    }
    verify_prepare(&g->v);
    return 0;
}

static uint32_t func_at(void *arg, uint32_t at)
{
    const struct wasm_code *c = arg;
    const struct code_lane *l = &c->lanes[at >= c->lanes[CODE_LANE_AHEAD].start];
    uint32_t lo = 0, hi = __atomic_load_n(&l->nbodies, __ATOMIC_ACQUIRE), n = hi;
    if (at < c->ndefined * CODE_SLOT_BYTES)
        return at % CODE_SLOT_BYTES ? UINT32_MAX : c->m->nimported_funcs + at / CODE_SLOT_BYTES;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (code__body(l, mid)->start < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == n || code__body(l, lo)->start != at)
        return UINT32_MAX;
    return code__body(l, lo)->func;
}

/* The type that a call_ref at a place of the function names, or UINT32_MAX. */
static uint32_t call_ref_type(const struct wasm_code *c, const struct code_body *b, uint32_t place)
{
    struct ir_place p = ir_place(c->m, b->func, b->inlines, b->ninlines, b->wasm_offset + place);
    const uint8_t *at = c->m->bytes + p.offset;
    uint32_t type = 0;
    if (*at++ != CALL_REF)
        return UINT32_MAX;
    for (unsigned shift = 0;; shift += LEB_BITS) {
        type |= (uint32_t)(*at & (LEB_MORE - 1)) << shift;
        if (!(*at++ & LEB_MORE))
            return type;
    }
}

/* Which call sites are of call_ref, and its types. NULL with *n > 0: out of memory. */
static struct verify_ref *find_refs(struct code_lane *l, const struct code_body *b, uint32_t *n)
{
    const struct wasm_code *c = l->code;
    *n = 0;
    for (uint32_t i = 0; i < b->nsites; i++)
        *n += (b->sites[i].offset_kind & 0xff) == CODE_SITE_CALL &&
              call_ref_type(c, b, b->sites[i].offset_kind >> 8) != UINT32_MAX;
    struct verify_ref *refs = *n ? ARENA_ARRAY(&l->arena, struct verify_ref, *n) : NULL;
    for (uint32_t i = 0, k = 0; refs && i < b->nsites; i++) {
        const struct code_site *s = &b->sites[i];
        uint32_t type = UINT32_MAX;
        if ((s->offset_kind & 0xff) == CODE_SITE_CALL)
            type = call_ref_type(c, b, s->offset_kind >> 8);
        if (type != UINT32_MAX)
            refs[k++] = (struct verify_ref){s->code_offset, type};
    }
    return refs;
}

int guard_check(struct code_lane *l, const uint8_t *code, const struct code_body *body)
{
    struct wasm_code *c = l->code;
    struct verify_error e = {0};
    struct verify_func f = {.code = code, .body = body, .func_at = func_at, .arg = c};
    int err = l->guard ? 0 : prepare(l);
    if (err)
        return err;
    f.refs = find_refs(l, body, &f.nrefs);
    if (f.nrefs && !f.refs)
        return -ENOMEM;
    err = verify_run(&l->guard->v, &f, &l->arena, &e);
    if (err == -EFAULT)
        l->refused = (struct code_refused){e.rule, body->func, e.at - body->start};
    return err;
}
