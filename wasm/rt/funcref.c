/* Functions as values: numbers of the store (core spec 4.2.1, function addresses), and code to
 * enter them. */
#include "wasm/rt/instance.h"

#include "base/string.h"
#include "wasm/validate/subtype.h"

_Static_assert(sizeof(struct wasm_funcdesc) == 32, "a reference is scaled by a shift");

enum { FUNCDESCS_INITIAL = 64, FUNCDESCS_MAX = INT32_MAX };

struct instance_func instance_func(const struct wasm_instance *i, uint32_t func)
{
    dassert(func < i->module->nfuncs);
    if (func < i->module->nimported_funcs)
        return i->imports[func];
    return (struct instance_func){.instance = (struct wasm_instance *)i, .func = func};
}

const void *instance_func_code(struct wasm_store *s, const struct instance_func *f,
                               const struct wasm_functype *type)
{
    if (f->code)
        return f->code;
    return code_instance_thunk(s->code, f->instance->ctx, code_entry(f->instance->module, f->func),
                               type);
}

/* Room for n more descriptors; every ctx follows when the array moves. */
static int reserve(struct wasm_store *s, uint32_t n)
{
    uint64_t need = (uint64_t)s->nfuncdescs + n, cap = s->cap_funcdescs;
    struct wasm_funcdesc *p;

    if (need <= cap)
        return 0;
    if (need > FUNCDESCS_MAX)
        return -ENOMEM;
    cap = max_u64(max_u64(need, cap + cap / 2), FUNCDESCS_INITIAL);
    p = store_alloc(s, cap * sizeof *p);
    if (!p)
        return -ENOMEM;
    if (s->funcdescs) {
        memcpy(p, s->funcdescs, s->nfuncdescs * sizeof *p);
        store_free(s, s->funcdescs, s->cap_funcdescs * sizeof *p);
    }
    s->funcdescs = p;
    s->cap_funcdescs = (uint32_t)cap;
    for (struct wasm_instance *i = s->instances; i; i = i->next)
        i->ctx->funcdescs = p;
    return 0;
}

static void call_null(struct wasm_instance *i)
{
    wasm_trap(i, WASM_TRAP_NULL_FUNCTION);
}

/* What null is when it is called. */
static int create_null(struct wasm_store *s)
{
    static const struct wasm_functype nothing;

    if (s->nfuncdescs)
        return 0;
    s->funcdescs[0].call = code_host_thunk(s->code, (void (*)(void))call_null, &nothing, 0);
    if (!s->funcdescs[0].call)
        return -ENOMEM;
    s->nfuncdescs = 1;
    return 0;
}

static int describe(struct wasm_instance *i, uint32_t func, struct wasm_funcdesc *out)
{
    struct instance_func f = instance_func(i, func);
    const struct wasm_module *m = f.instance->module;

    *out = (struct wasm_funcdesc){
        .ctx = f.instance->ctx, .type_id = instance_type_id(f.instance, f.func), .func = f.func};
    if (f.host_func) {
        out->call = out->entry = f.code;
        return 0;
    }
    out->entry = code_entry(m, f.func);
    out->call = code_ref_thunk(i->store->code, &m->types[m->funcs[f.func].type]);
    return out->call ? 0 : -ENOMEM;
}

int funcrefs_create(struct wasm_instance *i)
{
    struct wasm_store *s = i->store;
    const struct wasm_module *m = i->module;
    uint32_t first = 0,
             end = m->nfuncs; /* only from the first to the last that references may name */
    int err;

    while (first < end && !m->funcs[first].declared_ref)
        first++;
    while (end > first && !m->funcs[end - 1].declared_ref)
        end--;
    err = reserve(s, end - first + 1);
    if (err)
        return err;
    err = create_null(s);
    if (err)
        return err;
    i->ctx->first_funcref = s->nfuncdescs - first;
    i->ctx->funcdescs = s->funcdescs;
    for (uint32_t f = first; f < end && !err; f++)
        err = describe(i, f, &s->funcdescs[s->nfuncdescs++]);
    return err;
}

void funcrefs_undo(struct wasm_instance *i, uint32_t old_count)
{
    struct wasm_store *s = i->store;

    assert(s->nfuncdescs >= old_count);
    if (s->nfuncdescs > old_count)
        memset(s->funcdescs + old_count, 0, (s->nfuncdescs - old_count) * sizeof *s->funcdescs);
    s->nfuncdescs = old_count;
}

const void *funcref_code(struct wasm_store *s, uint32_t ref)
{
    const struct wasm_funcdesc *desc = &s->funcdescs[ref];
    const struct wasm_module *m = desc->ctx->instance->module;

    assert(ref && ref < s->nfuncdescs);
    if (desc->call == desc->entry)
        return desc->call;
    return code_instance_thunk(s->code, desc->ctx, desc->entry,
                               &m->types[m->funcs[desc->func].type]);
}

bool funcref_has_type(const struct wasm_store *s, uint32_t ref, uint32_t type_id)
{
    const struct wasm_funcdesc *desc = &s->funcdescs[ref];
    const struct wasm_module *m = desc->ctx->instance->module;

    assert(ref && ref < s->nfuncdescs);
    return wasm_type_is_sub(m, m->funcs[desc->func].type, type_id);
}
