/* Blocks are records in address order; used ones are found through a hash table by address, free
 * ones through lists by size class. Neighbouring free blocks are merged at once. Records and hash
 * table lie in reservations of the process's address space and grow by committing more of them. */
#include "kernel/sys/envheap.h"

#include "base/string.h"
#include "kernel/mm/heap.h"

/* Addresses and sizes are in granules of 16 bytes: 28 bits for 4 GiB. */
enum { GRANULE = ENV_HEAP_ALIGN, BINS = 28, NONE = 0, SCAN_MAX = 64 };
#define RECORDS_MAX   (1u << 27) /* one per two granules of 4 GiB; beyond it malloc fails */
#define BUCKETS_FIRST 1024u
#define COMMIT_STEP   (64 * KIB)
#define WASM_PAGE     (64 * KIB)

struct record {
    uint32_t at, len;    /* granules */
    uint32_t prev, next; /* records in address order; NONE at the ends */
    uint32_t link, back; /* free: list of its bin; used: link is the hash chain; unused record: link
                            is the next */
    uint32_t used, unused;
};
_Static_assert(sizeof(struct record) == 32, "a power of two, as COMMIT_STEP");

struct env_heap {
    struct space *space;
    struct wasm_instance *instance;
    uint32_t memory;
    struct record *records; /* [0] is NONE */
    uint64_t records_committed;
    uint32_t nrecords, unused; /* ever used; list of those given back */
    uint32_t *buckets;
    uint32_t nbuckets, nused;
    uint32_t bins[BINS];
    uint32_t last; /* record with the highest address */
};

/* ---- records ---- */

static uint32_t record_new(struct env_heap *h)
{
    uint32_t r = h->unused;
    if (r) {
        h->unused = h->records[r].link;
        return r;
    }
    if (h->nrecords == RECORDS_MAX)
        return NONE;
    uint64_t need = ((uint64_t)h->nrecords + 1) * sizeof(struct record);
    if (need > h->records_committed) {
        if (space_commit(h->space, (uintptr_t)h->records + h->records_committed, COMMIT_STEP))
            return NONE;
        h->records_committed += COMMIT_STEP;
    }
    return h->nrecords++;
}

static void record_free(struct env_heap *h, uint32_t r)
{
    h->records[r] = (struct record){.link = h->unused};
    h->unused = r;
}

/* ---- used blocks: by address ---- */

static uint32_t *bucket_of(const struct env_heap *h, uint32_t at)
{
    return &h->buckets[(at * 2654435769u >> 4) & (h->nbuckets - 1)];
}

static void hash_add(struct env_heap *h, uint32_t r)
{
    uint32_t *b = bucket_of(h, h->records[r].at);
    h->records[r].link = *b;
    *b = r;
}

static uint32_t find_used(const struct env_heap *h, guest_t addr)
{
    if (addr % GRANULE)
        return NONE;
    uint32_t r = *bucket_of(h, addr / GRANULE);
    while (r && h->records[r].at != addr / GRANULE)
        r = h->records[r].link;
    return r;
}

static void hash_remove(struct env_heap *h, uint32_t r)
{
    uint32_t *at = bucket_of(h, h->records[r].at);
    while (*at != r)
        at = &h->records[*at].link;
    *at = h->records[r].link;
    h->nused--;
}

/* Doubles the table when it is full; if memory is out, chains get longer instead. */
static void hash_grow(struct env_heap *h)
{
    uint32_t n = h->nbuckets;
    if (h->nused < n || n >= RECORDS_MAX)
        return;
    uint64_t bytes = max_u64((uint64_t)n * sizeof(*h->buckets), COMMIT_STEP);
    if ((uint64_t)n * sizeof(*h->buckets) >= COMMIT_STEP &&
        space_commit(h->space, (uintptr_t)h->buckets + bytes, bytes))
        return;
    memset(h->buckets, 0, (size_t)n * 2 * sizeof(*h->buckets));
    h->nbuckets = 2 * n;
    for (uint32_t r = h->last; r; r = h->records[r].prev)
        if (h->records[r].used)
            hash_add(h, r);
}

/* ---- free blocks: by size ---- */

static unsigned bin_of(uint32_t len)
{
    assert(len);
    return 31u - (unsigned)__builtin_clz(len);
}

static void bin_add(struct env_heap *h, uint32_t r)
{
    uint32_t *bin = &h->bins[bin_of(h->records[r].len)];
    h->records[r].used = 0;
    h->records[r].back = NONE;
    h->records[r].link = *bin;
    if (*bin)
        h->records[*bin].back = r;
    *bin = r;
}

static void bin_remove(struct env_heap *h, uint32_t r)
{
    struct record *e = &h->records[r];
    if (e->back)
        h->records[e->back].link = e->link;
    else
        h->bins[bin_of(e->len)] = e->link;
    if (e->link)
        h->records[e->link].back = e->back;
}

/* A free block of at least len granules: the first that fits of its own class (up to `scan` looked
 * at), else any of a higher class. */
static uint32_t bin_find(const struct env_heap *h, uint32_t len, uint32_t scan)
{
    unsigned bin = bin_of(len);
    uint32_t r = bin < BINS ? h->bins[bin] : NONE;
    for (; r && scan; r = h->records[r].link, scan--)
        if (h->records[r].len >= len)
            return r;
    for (bin++; bin < BINS; bin++)
        if (h->bins[bin])
            return h->bins[bin];
    return NONE;
}

/* ---- blocks in address order ---- */

static bool touches(const struct env_heap *h, uint32_t a, uint32_t b)
{
    return a && b && h->records[a].at + h->records[a].len == h->records[b].at;
}

static void order_insert_after(struct env_heap *h, uint32_t r, uint32_t prev)
{
    uint32_t next = prev ? h->records[prev].next : NONE;
    h->records[r].prev = prev;
    h->records[r].next = next;
    if (prev)
        h->records[prev].next = r;
    if (next)
        h->records[next].prev = r;
    else
        h->last = r;
}

static void order_remove(struct env_heap *h, uint32_t r)
{
    struct record *e = &h->records[r];
    if (e->prev)
        h->records[e->prev].next = e->next;
    if (e->next)
        h->records[e->next].prev = e->prev;
    else
        h->last = e->prev;
}

/* Makes r, in order but in no bin, a free block, merged with free neighbours. */
static void release(struct env_heap *h, uint32_t r)
{
    uint32_t next = h->records[r].next, prev = h->records[r].prev;
    if (touches(h, r, next) && !h->records[next].used) {
        bin_remove(h, next);
        h->records[r].len += h->records[next].len;
        order_remove(h, next);
        record_free(h, next);
    }
    if (touches(h, prev, r) && !h->records[prev].used) {
        bin_remove(h, prev);
        h->records[prev].len += h->records[r].len;
        order_remove(h, r);
        record_free(h, r);
        r = prev;
    }
    bin_add(h, r);
}

/* A new stretch of memory [at, at + len) granules, above all there is. */
static bool add_region(struct env_heap *h, uint32_t at, uint32_t len)
{
    uint32_t r = record_new(h);
    if (!r)
        return false;
    h->records[r] = (struct record){.at = at, .len = len};
    order_insert_after(h, r, h->last);
    release(h, r);
    return true;
}

/* ---- growing ---- */

/* Grows the memory so that a free block of len granules exists. */
static bool grow(struct env_heap *h, uint32_t len)
{
    uint64_t size = wasm_memory_size(h->instance, h->memory), bytes = (uint64_t)len * GRANULE;
    const struct record *last = &h->records[h->last];
    if (h->last && !last->used && ((uint64_t)last->at + last->len) * GRANULE == size)
        bytes -= (uint64_t)last->len * GRANULE;
    else if (size == 0)
        bytes += GRANULE; /* address 0 means failure and is never given out */
    uint64_t pages = (bytes + WASM_PAGE - 1) / WASM_PAGE;
    if (size / WASM_PAGE + pages > 4 * GIB / WASM_PAGE)
        return false;
    int64_t old = wasm_memory_grow(h->instance, h->memory, pages);
    if (old < 0)
        return false;
    uint64_t start = max_u64((uint64_t)old * WASM_PAGE, GRANULE),
             end = ((uint64_t)old + pages) * WASM_PAGE;
    return add_region(h, (uint32_t)(start / GRANULE), (uint32_t)((end - start) / GRANULE));
}

/* What the linker left between the program's data and the end of its first memory. */
static void add_initial_region(struct env_heap *h, uint64_t initial_bytes)
{
    uint32_t index;
    union wasm_value v = {0};
    if (wasm_instance_export(h->instance, "__heap_base", 11, WASM_GLOBAL, &index) ||
        wasm_global_get(h->instance, index, &v))
        return;
    uint64_t base = wasm_memory_is64(h->instance, h->memory) ? v.i64 : v.i32;
    if (base > initial_bytes)
        return;
    uint64_t start = align_up(base, GRANULE), end = min_u64(initial_bytes, 4 * GIB - WASM_PAGE);
    if (start >= GRANULE && start < end)
        add_region(h, (uint32_t)(start / GRANULE), (uint32_t)((end - start) / GRANULE));
}

static bool reserve_tables(struct env_heap *h)
{
    uintptr_t records = space_reserve(h->space, (uint64_t)RECORDS_MAX * sizeof(struct record));
    uintptr_t buckets = space_reserve(h->space, (uint64_t)RECORDS_MAX * sizeof(uint32_t));
    h->records = (struct record *)records;
    h->buckets = (uint32_t *)buckets;
    if (!records || !buckets)
        return false;
    if (space_commit(h->space, records, COMMIT_STEP) ||
        space_commit(h->space, buckets, COMMIT_STEP))
        return false;
    h->records_committed = COMMIT_STEP;
    h->nrecords = 1;
    h->nbuckets = BUCKETS_FIRST;
    return true;
}

static struct env_heap *heap_new(struct program *p)
{
    struct env_heap *h = KNEW(struct env_heap);
    if (!h)
        return NULL;
    h->space = p->process->space;
    h->instance = p->instance;
    h->memory = p->memory;
    if (!reserve_tables(h)) {
        env_heap_destroy(h);
        return NULL;
    }
    add_initial_region(h, p->initial_bytes);
    return h;
}

void env_heap_destroy(struct env_heap *h)
{
    if (!h)
        return;
    if (h->records)
        space_release(h->space, (uintptr_t)h->records);
    if (h->buckets)
        space_release(h->space, (uintptr_t)h->buckets);
    kfree(h, sizeof(*h));
}

/* ---- the interface ---- */

/* Takes len granules from the front of a free block. */
static bool carve(struct env_heap *h, uint32_t r, uint32_t len)
{
    if (h->records[r].len > len) {
        uint32_t rest = record_new(h);
        if (!rest)
            return false;
        bin_remove(h, r);
        h->records[rest] =
            (struct record){.at = h->records[r].at + len, .len = h->records[r].len - len};
        h->records[r].len = len;
        order_insert_after(h, rest, r);
        bin_add(h, rest);
    } else {
        bin_remove(h, r);
    }
    h->records[r].used = 1;
    h->nused++;
    hash_add(h, r);
    hash_grow(h);
    return true;
}

guest_t env_heap_alloc(struct program *p, uint32_t size)
{
    if (!p->heap)
        p->heap = heap_new(p);
    struct env_heap *h = p->heap;
    if (!h)
        return 0;
    uint32_t len = (uint32_t)(((uint64_t)max_u64(size, 1) + GRANULE - 1) / GRANULE);
    if (len >= 1u << BINS)
        return 0;
    uint32_t r = bin_find(h, len, SCAN_MAX);
    if (!r && grow(h, len))
        r = bin_find(h, len, UINT32_MAX);
    if (!r)
        r = bin_find(h, len, UINT32_MAX);
    if (!r || !carve(h, r, len))
        return 0;
    return h->records[r].at * GRANULE;
}

bool env_heap_free(struct env_heap *h, guest_t addr)
{
    uint32_t r = h ? find_used(h, addr) : NONE;
    if (!r)
        return false;
    hash_remove(h, r);
    release(h, r);
    return true;
}

int64_t env_heap_block_size(const struct env_heap *h, guest_t addr)
{
    uint32_t r = h ? find_used(h, addr) : NONE;
    return r ? (int64_t)h->records[r].len * GRANULE : -1;
}
