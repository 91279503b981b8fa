/* Linear memories (core spec 4.2.8): a reservation that never moves, of which the size is
 * committed. */
#include "wasm/rt/instance.h"

#include "base/string.h"

int memory_create(struct wasm_store *s, const struct wasm_limits *limits, struct ctx_memory **out)
{
    struct ctx_memory *mem = store_alloc(s, sizeof *mem);
    int err = -ENOMEM;

    assert(limits->min <= WASM_MEMORY_PAGES_MAX);
    if (!mem)
        return -ENOMEM;
    mem->base = s->host->reserve(s->owner, WASM_MEMORY_RESERVE_BYTES);
    if (!mem->base)
        goto out_mem;
    mem->max_pages = limits->has_max ? limits->max : UINT64_MAX;
    mem->refs = 1;
    if (limits->min) {
        err = s->host->commit(s->owner, mem->base, limits->min * WASM_PAGE_BYTES);
        if (err)
            goto out_reservation;
    }
    mem->size_bytes = limits->min * WASM_PAGE_BYTES;
    *out = mem;
    return 0;
out_reservation:
    s->host->release(s->owner, mem->base, WASM_MEMORY_RESERVE_BYTES);
out_mem:
    store_free(s, mem, sizeof *mem);
    return err;
}

void memory_put(struct wasm_store *s, struct ctx_memory *mem)
{
    assert(mem->refs > 0);
    if (--mem->refs)
        return;
    s->host->release(s->owner, mem->base, WASM_MEMORY_RESERVE_BYTES);
    store_free(s, mem, sizeof *mem);
}

int64_t memory_grow(struct wasm_store *s, struct ctx_memory *mem, uint64_t pages)
{
    uint64_t old = mem->size_bytes / WASM_PAGE_BYTES;
    uint64_t max = min_u64(mem->max_pages, WASM_MEMORY_PAGES_MAX);

    if (old > max || pages > max - old)
        return -ENOMEM;
    if (pages && s->host->commit(s->owner, mem->base + mem->size_bytes, pages * WASM_PAGE_BYTES))
        return -ENOMEM;
    __atomic_store_n(&mem->size_bytes, (old + pages) * WASM_PAGE_BYTES, __ATOMIC_RELEASE);
    return (int64_t)old;
}

int memory_init(struct wasm_instance *i, uint32_t memory, uint32_t segment, uint64_t dst,
                uint64_t src, uint64_t n)
{
    struct ctx_memory *mem = instance_memory(i, memory)->memory;
    const struct wasm_bytes *data = &i->module->datas[segment].bytes;
    uint64_t len = bitmap_get(i->dropped_datas, segment) ? 0 : data->len;

    if (src > len || n > len - src || !memory_has(mem, dst, n))
        return WASM_TRAPPED;
    if (n)
        memcpy(mem->base + dst, data->at + src, n);
    return 0;
}
