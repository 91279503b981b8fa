#include "wasm/rt/builtins.h"

#include "base/string.h"
#include "wasm/rt/instance.h"

#define GROW_FAILED UINT64_MAX

/* ---- memories (core spec 4.4.7) ---- */

uint64_t rt_memory_grow(struct wasm_instance *i, uint32_t memory, uint64_t pages)
{
    int64_t old = memory_grow(instance_memory(i, memory)->memory, pages);
    return old < 0 ? GROW_FAILED : (uint64_t)old;
}

void rt_memory_copy(struct wasm_instance *i, uint32_t to, uint32_t from, uint64_t dst, uint64_t src,
                    uint64_t n)
{
    const struct ctx_memory *d = instance_memory(i, to)->memory,
                            *s = instance_memory(i, from)->memory;

    if (!memory_has(d, dst, n) || !memory_has(s, src, n))
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    memmove(d->base + dst, s->base + src, n);
}

void rt_memory_fill(struct wasm_instance *i, uint32_t memory, uint64_t dst, uint32_t byte,
                    uint64_t n)
{
    const struct ctx_memory *mem = instance_memory(i, memory)->memory;

    if (!memory_has(mem, dst, n))
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    memset(mem->base + dst, (int)(byte & 0xff), n);
}

void rt_memory_init(struct wasm_instance *i, uint32_t memory, uint32_t segment, uint64_t dst,
                    uint32_t src, uint32_t n)
{
    if (memory_init(i, memory, segment, dst, src, n))
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
}

void rt_data_drop(struct wasm_instance *i, uint32_t segment)
{
    bitmap_set(i->dropped_datas, segment);
}

/* ---- waiting (threads proposal) ---- */

static const struct ctx_memory *atomic_memory(struct wasm_instance *i, uint32_t memory, uint64_t at,
                                              unsigned bytes)
{
    const struct ctx_memory *mem = instance_memory(i, memory)->memory;

    if (at % bytes)
        wasm_trap(i, WASM_TRAP_UNALIGNED_ATOMIC);
    if (!memory_has(mem, at, bytes))
        wasm_trap(i, WASM_TRAP_MEMORY_BOUNDS);
    return mem;
}

/* Nobody can wait on a memory that is not shared. */
uint32_t rt_atomic_notify(struct wasm_instance *i, uint32_t memory, uint64_t at, uint32_t count)
{
    const struct ctx_memory *mem = atomic_memory(i, memory, at, 4);

    return mem->shared ? mem->host->notify(mem->owner, mem->base + at, count) : 0;
}

static const struct ctx_memory *wait_memory(struct wasm_instance *i, uint32_t memory, uint64_t at,
                                            unsigned bytes)
{
    const struct ctx_memory *mem = atomic_memory(i, memory, at, bytes);

    if (!mem->shared)
        wasm_trap(i, WASM_TRAP_EXPECTED_SHARED);
    return mem;
}

static uint32_t wait_result(struct wasm_instance *i, int r)
{
    if (r < 0)
        wasm_trap(i, (enum wasm_trap)(-1 - r));
    return (uint32_t)r;
}

uint32_t rt_atomic_wait32(struct wasm_instance *i, uint32_t memory, uint64_t at, uint32_t expected,
                          uint64_t timeout_ns)
{
    const struct ctx_memory *mem = wait_memory(i, memory, at, 4);

    return wait_result(
        i, mem->host->wait(mem->owner, mem->base + at, expected, 4, (int64_t)timeout_ns));
}

uint32_t rt_atomic_wait64(struct wasm_instance *i, uint32_t memory, uint64_t at, uint64_t expected,
                          uint64_t timeout_ns)
{
    const struct ctx_memory *mem = wait_memory(i, memory, at, 8);

    return wait_result(
        i, mem->host->wait(mem->owner, mem->base + at, expected, 8, (int64_t)timeout_ns));
}

/* ---- tables (4.4.6) ---- */

uint32_t rt_table_get(struct wasm_instance *i, uint32_t table, uint64_t index)
{
    const struct ctx_table *t = instance_table(i, table)->table;

    if (!table_has(t, index, 1))
        wasm_trap(i, WASM_TRAP_TABLE_BOUNDS);
    return t->entries[index].ref;
}

/* A reference as an entry; making its code may be more than memory allows. */
static struct ctx_table_entry entry_of(struct wasm_instance *i, const struct ctx_table *t,
                                       uint32_t ref)
{
    struct ctx_table_entry entry;

    if (table_entry(i->store, t, ref, &entry))
        wasm_trap(i, WASM_TRAP_OUT_OF_MEMORY);
    return entry;
}

void rt_table_set(struct wasm_instance *i, uint32_t table, uint64_t index, uint32_t ref)
{
    struct ctx_table *t = instance_table(i, table)->table;

    if (!table_has(t, index, 1))
        wasm_trap(i, WASM_TRAP_TABLE_BOUNDS);
    t->entries[index] = entry_of(i, t, ref);
}

uint64_t rt_table_grow(struct wasm_instance *i, uint32_t table, uint64_t n, uint32_t ref)
{
    struct ctx_table *t = instance_table(i, table)->table;
    struct ctx_table_entry entry;
    int64_t old;

    if (table_entry(i->store, t, ref, &entry))
        return GROW_FAILED;
    old = table_grow(i->store, t, n, &entry);
    return old < 0 ? GROW_FAILED : (uint64_t)old;
}

void rt_table_fill(struct wasm_instance *i, uint32_t table, uint64_t index, uint32_t ref,
                   uint64_t n)
{
    struct ctx_table *t = instance_table(i, table)->table;
    struct ctx_table_entry entry;

    if (!table_has(t, index, n))
        wasm_trap(i, WASM_TRAP_TABLE_BOUNDS);
    entry = entry_of(i, t, ref);
    for (uint64_t k = 0; k < n; k++)
        t->entries[index + k] = entry;
}

/* Entries of a table that only its definer sees carry code that others cannot enter: between unlike
 * tables each is made anew. Those are two tables, so nothing overlaps. */
static void copy_entries(struct wasm_instance *i, struct ctx_table *d, struct ctx_table *s,
                         uint64_t dst, uint64_t src, uint64_t n)
{
    bool alike = (d->shared && s->shared) || (d->shared == s->shared && d->definer == s->definer);

    if (alike) {
        memmove(d->entries + dst, s->entries + src, n * sizeof *d->entries);
        return;
    }
    for (uint64_t k = 0; k < n; k++)
        d->entries[dst + k] = entry_of(i, d, s->entries[src + k].ref);
}

void rt_table_copy(struct wasm_instance *i, uint32_t to, uint32_t from, uint64_t dst, uint64_t src,
                   uint64_t n)
{
    struct ctx_table *d = instance_table(i, to)->table, *s = instance_table(i, from)->table;

    if (!table_has(d, dst, n) || !table_has(s, src, n))
        wasm_trap(i, WASM_TRAP_TABLE_BOUNDS);
    copy_entries(i, d, s, dst, src, n);
}

void rt_table_init(struct wasm_instance *i, uint32_t table, uint32_t segment, uint64_t dst,
                   uint32_t src, uint32_t n)
{
    int err = table_init(i, table, segment, dst, src, n);

    if (err)
        wasm_trap(i, err == WASM_TRAPPED ? WASM_TRAP_TABLE_BOUNDS : WASM_TRAP_OUT_OF_MEMORY);
}

void rt_elem_drop(struct wasm_instance *i, uint32_t segment)
{
    bitmap_set(i->dropped_elems, segment);
}

/* ---- call_indirect (4.4.8): which of the three reasons was it? ---- */

void rt_indirect_fail(struct wasm_instance *i, uint32_t table, uint64_t index,
                      uint32_t type_id UNUSED)
{
    const struct ctx_table *t = instance_table(i, table)->table;

    if (index >= t->size)
        wasm_trap(i, WASM_TRAP_UNDEFINED_ELEMENT);
    if (!t->entries[index].ref)
        wasm_trap(i, WASM_TRAP_UNINITIALIZED_ELEMENT);
    /* of another type, or compiled code that should not be here (docs/verifier.md) */
    wasm_trap(i, WASM_TRAP_INDIRECT_TYPE);
}

void rt_check_indirect(struct wasm_instance *i, const struct ctx_table_entry *entry,
                       uint64_t table_and_type)
{
    uint32_t table = (uint32_t)(table_and_type >> 32), type_id = (uint32_t)table_and_type;
    const struct ctx_table *t = instance_table(i, table)->table;
    uint64_t index = (uint64_t)(entry - t->entries);

    if (index >= t->size || !entry->ref || !funcref_has_type(i->store, entry->ref, type_id))
        rt_indirect_fail(i, table, index, type_id);
}
