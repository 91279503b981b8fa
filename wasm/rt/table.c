/* Tables (core spec 4.2.7). An entry carries the code that a call_indirect enters. While only the
 * instance that defined the table sees it, that is the function's own entry; once the table is
 * shared, every entry is a thunk that switches to the function's instance. */
#include "wasm/rt/instance.h"

enum { TABLE_PAGE_BYTES = 4096 };

_Static_assert(sizeof(struct ctx_table_entry) == 16, "an index is scaled by a shift");
_Static_assert(WASM_TABLE_ENTRIES_MAX * sizeof(struct ctx_table_entry) < WASM_TABLE_RESERVE_BYTES,
               "the reservation holds the largest table");

/* call_indirect on a table of functions is unchecked, so every 32-bit index must fall into the
 * reservation. */
static uint64_t reservation_bytes(wasm_valtype_t type)
{
    if (wasm_valtype_is_func(type))
        return WASM_TABLE_RESERVE_BYTES;
    return align_up(WASM_TABLE_ENTRIES_MAX * sizeof(struct ctx_table_entry), WASM_PAGE_BYTES);
}

static uint64_t committed_bytes(uint64_t entries)
{
    return align_up(entries * sizeof(struct ctx_table_entry), TABLE_PAGE_BYTES);
}

static int commit(struct wasm_store *s, struct ctx_table *t, uint64_t new_size)
{
    uint64_t old_bytes = committed_bytes(t->size), new_bytes = committed_bytes(new_size);

    if (new_bytes == old_bytes)
        return 0;
    return s->host->commit(s->owner, (char *)t->entries + old_bytes, new_bytes - old_bytes);
}

int table_create(struct wasm_store *s, struct wasm_instance *definer,
                 const struct wasm_tabletype *type, struct ctx_table **out)
{
    struct ctx_table *t = store_alloc(s, sizeof *t);
    int err = -ENOMEM;

    if (!t)
        return -ENOMEM;
    if (type->limits.min > WASM_TABLE_ENTRIES_MAX)
        goto out_table;
    t->type = type->elem;
    t->max = type->limits.has_max ? type->limits.max : UINT64_MAX;
    t->has_max = type->limits.has_max;
    t->is64 = type->limits.is64;
    t->refs = 1;
    t->definer = definer;
    t->entries = s->host->reserve(s->owner, reservation_bytes(t->type));
    if (!t->entries)
        goto out_table;
    err = commit(s, t, type->limits.min);
    if (err)
        goto out_reservation;
    t->size = type->limits.min;
    *out = t;
    return 0;
out_reservation:
    s->host->release(s->owner, t->entries, reservation_bytes(t->type));
out_table:
    store_free(s, t, sizeof *t);
    return err;
}

void table_put(struct wasm_store *s, struct ctx_table *t)
{
    assert(t->refs > 0);
    if (--t->refs)
        return;
    s->host->release(s->owner, t->entries, reservation_bytes(t->type));
    store_free(s, t, sizeof *t);
}

int table_entry(struct wasm_store *s, const struct ctx_table *t, uint32_t ref,
                struct ctx_table_entry *out)
{
    const struct wasm_funcdesc *desc;

    *out = (struct ctx_table_entry){.ref = ref};
    if (!ref || !wasm_valtype_is_func(t->type))
        return 0;
    assert(ref < s->nfuncdescs);
    desc = &s->funcdescs[ref];
    out->type_id = desc->type_id;
    out->code = !t->shared && desc->ctx == t->definer->ctx ? desc->entry : funcref_code(s, ref);
    return out->code ? 0 : -ENOMEM;
}

int table_share(struct wasm_store *s, struct ctx_table *t)
{
    if (t->shared || !wasm_valtype_is_func(t->type)) {
        t->shared = true;
        return 0;
    }
    for (uint64_t n = 0; n < t->size; n++) /* first what may fail … */
        if (t->entries[n].ref && !funcref_code(s, t->entries[n].ref))
            return -ENOMEM;
    for (uint64_t n = 0; n < t->size; n++) /* … then act */
        if (t->entries[n].ref)
            t->entries[n].code = funcref_code(s, t->entries[n].ref);
    t->shared = true;
    return 0;
}

int64_t table_grow(struct wasm_store *s, struct ctx_table *t, uint64_t n,
                   const struct ctx_table_entry *fill)
{
    uint64_t old = t->size, max = min_u64(t->max, WASM_TABLE_ENTRIES_MAX);

    if (old > max || n > max - old || commit(s, t, old + n))
        return -ENOMEM;
    if (fill->ref)
        for (uint64_t k = old; k < old + n; k++)
            t->entries[k] = *fill;
    t->size = old + n;
    return (int64_t)old;
}

int table_init(struct wasm_instance *i, uint32_t table, uint32_t segment, uint64_t dst,
               uint64_t src, uint64_t n)
{
    struct ctx_table *t = instance_table(i, table)->table;
    const struct wasm_elem *e = &i->module->elems[segment];
    uint64_t count = bitmap_get(i->dropped_elems, segment) ? 0 : e->count;

    if (src > count || n > count - src || !table_has(t, dst, n))
        return WASM_TRAPPED;
    for (uint64_t k = 0; k < n; k++) {
        uint32_t ref = e->funcs ? i->ctx->first_funcref + e->funcs[src + k]
                                : constexpr_eval(i, &e->exprs[src + k]).ref;
        int err = table_entry(i->store, t, ref, &t->entries[dst + k]);
        if (err) {
            t->entries[dst + k] = (struct ctx_table_entry){0};
            return err;
        }
    }
    return 0;
}
