/* Linear memories (core spec 4.2.8): a reservation that never moves, of which the size is
 * committed. */
#include "wasm/rt/instance.h"

#include "base/string.h"

/* How far the memory may ever grow, if address space is plenty. */
static uint64_t wanted_limit(const struct wasm_limits *limits)
{
    if (!limits->is64)
        return WASM_MEMORY_LIMIT_MIN;
    if (limits->max >= WASM_MEMORY64_LIMIT_MAX / WASM_PAGE_BYTES)
        return WASM_MEMORY64_LIMIT_MAX;
    return max_u64(limits->max * WASM_PAGE_BYTES, WASM_MEMORY_LIMIT_MIN);
}

static uint64_t reserve_bytes(const struct ctx_memory *mem)
{
    return WASM_MEMORY_BELOW_BYTES + mem->limit + WASM_MEMORY_GUARD_BYTES;
}

/* Reserves what is wanted, or half of it, and so on, but not less than the minimum needs. */
static int reserve(const struct wasm_limits *limits, struct ctx_memory *mem)
{
    uint64_t least = WASM_MEMORY_LIMIT_MIN;

    if (limits->min > WASM_MEMORY64_LIMIT_MAX / WASM_PAGE_BYTES)
        return -ENOMEM;
    least = max_u64(least, limits->min * WASM_PAGE_BYTES);
    mem->limit = wanted_limit(limits);
    assert(mem->limit >= least);
    for (;;) {
        uint8_t *start = mem->host->reserve(mem->owner, reserve_bytes(mem));
        if (start) {
            mem->base = start + WASM_MEMORY_BELOW_BYTES;
            return 0;
        }
        if (mem->limit == least)
            return -ENOMEM;
        mem->limit = max_u64(align_down(mem->limit / 2, WASM_PAGE_BYTES), least);
    }
}

static void release(struct ctx_memory *mem)
{
    mem->host->release(mem->owner, mem->base - WASM_MEMORY_BELOW_BYTES, reserve_bytes(mem));
}

int memory_create(const struct wasm_host *host, void *owner, const struct wasm_limits *limits,
                  struct ctx_memory **out)
{
    struct ctx_memory *mem = host->alloc(owner, sizeof *mem);
    int err;

    assert(limits->is64 || limits->min <= WASM_MEMORY_PAGES_MAX);
    if (!mem)
        return -ENOMEM;
    mem->host = host;
    mem->owner = owner;
    mem->shared = limits->shared;
    err = reserve(limits, mem);
    if (err)
        goto out_mem;
    mem->max_pages = limits->has_max ? limits->max : UINT64_MAX;
    mem->is64 = limits->is64;
    mem->refs = 1;
    if (limits->min) {
        err = host->commit(owner, mem->base, limits->min * WASM_PAGE_BYTES);
        if (err)
            goto out_reservation;
    }
    mem->size_bytes = limits->min * WASM_PAGE_BYTES;
    *out = mem;
    return 0;
out_reservation:
    release(mem);
out_mem:
    host->free(owner, mem, sizeof *mem);
    return err;
}

struct ctx_memory *memory_get(struct ctx_memory *mem)
{
    uint32_t before = __atomic_fetch_add(&mem->refs, 1, __ATOMIC_RELAXED);

    assert(before > 0);
    return mem;
}

void memory_put(struct ctx_memory *mem)
{
    assert(__atomic_load_n(&mem->refs, __ATOMIC_RELAXED) > 0);
    if (__atomic_sub_fetch(&mem->refs, 1, __ATOMIC_ACQ_REL))
        return;
    release(mem);
    mem->host->free(mem->owner, mem, sizeof *mem);
}

static int64_t grow(struct ctx_memory *mem, uint64_t pages)
{
    uint64_t old = mem->size_bytes / WASM_PAGE_BYTES;
    uint64_t max = min_u64(mem->max_pages, mem->limit / WASM_PAGE_BYTES);

    if (old > max || pages > max - old)
        return -ENOMEM;
    if (pages &&
        mem->host->commit(mem->owner, mem->base + mem->size_bytes, pages * WASM_PAGE_BYTES))
        return -ENOMEM;
    __atomic_store_n(&mem->size_bytes, (old + pages) * WASM_PAGE_BYTES, __ATOMIC_RELEASE);
    return (int64_t)old;
}

int64_t memory_grow(struct ctx_memory *mem, uint64_t pages)
{
    int64_t old;

    if (!mem->shared)
        return grow(mem, pages);
    mem->host->lock(mem->owner, true);
    old = grow(mem, pages);
    mem->host->lock(mem->owner, false);
    return old;
}

/* ---- shared memories, for embedders ---- */

int wasm_shared_memory_create(const struct wasm_host *host, void *owner, uint64_t min_pages,
                              uint64_t max_pages, struct ctx_memory **out)
{
    const struct wasm_limits limits = {
        .min = min_pages, .max = max_pages, .has_max = true, .shared = true};

    return memory_create(host, owner, &limits, out);
}

void wasm_shared_memory_put(struct ctx_memory *memory)
{
    memory_put(memory);
}

struct ctx_memory *wasm_instance_shared_memory(const struct wasm_instance *i, uint32_t index)
{
    struct ctx_memory *mem =
        index < i->module->nmemories ? instance_memory(i, index)->memory : NULL;

    return mem && mem->shared ? mem : NULL;
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
