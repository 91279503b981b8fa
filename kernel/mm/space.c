/* What is known of a reservation: the extents that were committed, and for each committed page
 * whether it has its frame. The port's page tables say where; they are never asked. */
#include "kernel/mm/space.h"

#include "base/list.h"
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

enum {
    RESERVE_ALIGN = 64 * 1024,
    CHUNK_PAGES = LARGE_PAGE_SIZE / PAGE_SIZE,
    GRANULE_ORDER = 4, /* 64 KiB at a time … */
    CHUNK_ORDER = 9,
    LARGE_AFTER_PAGES = 128, /* … until a reservation uses this much: then 2 MiB */
    EXTENTS_MIN = 4,
};

struct extent {
    uint64_t start, end; /* pages from the start of the reservation */
};

/* One bit for each page of 2 MiB: it has its frame. */
struct chunk {
    uint64_t map[CHUNK_PAGES / 64];
};

struct reservation {
    struct list link;
    uintptr_t va;
    uint64_t bytes;
    struct extent *extents; /* committed; sorted, apart by at least a page */
    uint32_t nextents, extents_cap;
    struct chunk *chunks; /* up to the highest committed page */
    uint64_t nchunks;
    uint64_t pages, tables; /* committed for it: data frames, page-table frames */
    uint64_t filled_pages;
};

/* Lock order: space, then heap and frames. The port's functions are called with it held. */
struct space {
    struct spinlock lock;
    struct arch_space *arch;
    struct list reservations; /* the one that faulted last in front */
    uint64_t committed_bytes, limit_bytes;
};

int space_create(struct space **out)
{
    struct space *s = KNEW(struct space);
    int err;

    if (!s)
        return -ENOMEM;
    err = arch_space_create(&s->arch);
    if (err) {
        kfree(s, sizeof *s);
        return err;
    }
    list_init(&s->reservations);
    s->limit_bytes = UINT64_MAX;
    *out = s;
    return 0;
}

struct arch_space *space_arch(struct space *s)
{
    return s->arch;
}

static struct reservation *find(struct space *s, uintptr_t va)
{
    LIST_EACH(it, &s->reservations)
    {
        struct reservation *r = LIST_ENTRY(it, struct reservation, link);
        if (va - r->va < r->bytes)
            return r;
    }
    return NULL;
}

uintptr_t space_reserve(struct space *s, uint64_t bytes)
{
    struct reservation *r;
    arch_irq_t irq;

    if (!bytes || bytes > UINT64_MAX - RESERVE_ALIGN)
        return 0;
    r = KNEW(struct reservation);
    if (!r)
        return 0;
    r->bytes = align_up(bytes, RESERVE_ALIGN);
    r->va = arch_reserve(s->arch, r->bytes);
    if (!r->va) {
        kfree(r, sizeof *r);
        return 0;
    }
    irq = spin_lock(&s->lock);
    list_push_front(&s->reservations, &r->link);
    spin_unlock(&s->lock, irq);
    return r->va;
}

/* ---- commit ---- */

/* An array grown by copying; the old one is the caller's until the new one is in place. */
static void *grown(const void *old, size_t old_bytes, size_t new_bytes)
{
    void *p = kalloc(new_bytes);

    if (p && old_bytes)
        memcpy(p, old, old_bytes);
    return p;
}

/* Room for one more extent and for the pages up to `end`. */
static int make_room(struct reservation *r, uint64_t end)
{
    uint64_t nchunks = (end + CHUNK_PAGES - 1) / CHUNK_PAGES;

    if (r->nextents == r->extents_cap) {
        uint32_t cap = r->extents_cap ? r->extents_cap * 2 : EXTENTS_MIN;
        struct extent *e = grown(r->extents, r->nextents * sizeof *e, cap * sizeof *e);
        if (!e)
            return -ENOMEM;
        kfree(r->extents, r->extents_cap * sizeof *e);
        r->extents = e;
        r->extents_cap = cap;
    }
    if (nchunks > r->nchunks) {
        struct chunk *c;
        if (nchunks > 1)
            nchunks = min_u64(max_u64(nchunks, r->nchunks * 2),
                              align_up(r->bytes, LARGE_PAGE_SIZE) / LARGE_PAGE_SIZE);
        c = grown(r->chunks, r->nchunks * sizeof *c, nchunks * sizeof *c);
        if (!c)
            return -ENOMEM;
        kfree(r->chunks, r->nchunks * sizeof *c);
        r->chunks = c;
        r->nchunks = nchunks;
    }
    return 0;
}

/* Index of the first extent that ends at or behind page `at`. */
static uint32_t extent_index(const struct reservation *r, uint64_t at)
{
    uint32_t lo = 0, hi = r->nextents;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->extents[mid].end < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The extents after adding `add`, which overlaps none: extents[*out_index, +*out_replaced) turn
 * into *out. */
static void plan_extent(const struct reservation *r, struct extent add, uint32_t *out_index,
                        uint32_t *out_replaced, struct extent *out)
{
    uint32_t i = extent_index(r, add.start), last = i;

    *out = add;
    if (last < r->nextents && r->extents[last].end == add.start)
        out->start = r->extents[last++].start;
    if (last < r->nextents && r->extents[last].start == add.end)
        out->end = r->extents[last++].end;
    *out_index = i;
    *out_replaced = last - i;
}

static void apply_extent(struct reservation *r, uint32_t index, uint32_t replaced, struct extent e)
{
    struct extent *at = r->extents + index;

    memmove(at + 1, at + replaced, (r->nextents - index - replaced) * sizeof *at);
    *at = e;
    r->nextents += 1 - replaced;
}

static uint64_t table_frames(const struct reservation *r, struct extent e)
{
    return arch_table_frames(r->va + e.start * PAGE_SIZE, (e.end - e.start) * PAGE_SIZE);
}

static bool overlaps(const struct reservation *r, struct extent e)
{
    uint32_t i = extent_index(r, e.start + 1);

    return i < r->nextents && r->extents[i].start < e.end;
}

static int commit(struct space *s, struct reservation *r, struct extent add)
{
    uint64_t pages = add.end - add.start, tables, old_tables = 0;
    uint32_t index, replaced;
    struct extent e;
    int err;

    if (pages * PAGE_SIZE > s->limit_bytes - min_u64(s->limit_bytes, s->committed_bytes))
        return -ENOMEM;
    err = make_room(r, add.end);
    if (err)
        return err;
    plan_extent(r, add, &index, &replaced, &e);
    for (uint32_t i = index; i < index + replaced; i++)
        old_tables += table_frames(r, r->extents[i]);
    tables = table_frames(r, e);
    tables -= min_u64(tables, old_tables);
    err = frame_commit(pages + tables);
    if (err)
        return err;
    apply_extent(r, index, replaced, e);
    r->pages += pages;
    r->tables += tables;
    s->committed_bytes += pages * PAGE_SIZE;
    return 0;
}

static int try_commit(struct space *s, uintptr_t va, uint64_t bytes)
{
    struct reservation *r;
    struct extent add;
    arch_irq_t irq;
    int err = -EINVAL;

    if (va % PAGE_SIZE || bytes % PAGE_SIZE)
        return -EINVAL;
    if (!bytes)
        return 0;
    irq = spin_lock(&s->lock);
    r = find(s, va);
    if (r && bytes <= r->bytes - (va - r->va)) {
        add.start = (va - r->va) / PAGE_SIZE;
        add.end = add.start + bytes / PAGE_SIZE;
        if (!overlaps(r, add))
            err = commit(s, r, add);
    }
    spin_unlock(&s->lock, irq);
    return err;
}

int space_commit(struct space *s, uintptr_t va, uint64_t bytes)
{
    int err = try_commit(s, va, bytes);

    if (err == -ENOMEM && kstack_cache_drop())
        err = try_commit(s, va, bytes);
    return err;
}

/* ---- release ---- */

static void free_unmapped(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    frame_free_run(p, bytes / PAGE_SIZE, true);
}

/* r is in no list any more. */
static void reservation_destroy(struct space *s, struct reservation *r)
{
    for (uint32_t i = 0; i < r->nextents; i++)
        arch_unmap(s->arch, r->va + r->extents[i].start * PAGE_SIZE,
                   (r->extents[i].end - r->extents[i].start) * PAGE_SIZE, free_unmapped, NULL);
    arch_unreserve(s->arch, r->va, r->bytes);
    frame_uncommit(r->pages + r->tables);
    kfree(r->extents, r->extents_cap * sizeof *r->extents);
    kfree(r->chunks, r->nchunks * sizeof *r->chunks);
    kfree(r, sizeof *r);
}

void space_release(struct space *s, uintptr_t va)
{
    arch_irq_t irq = spin_lock(&s->lock);
    struct reservation *r = find(s, va);

    assert(r && r->va == va);
    list_remove(&r->link);
    s->committed_bytes -= r->pages * PAGE_SIZE;
    spin_unlock(&s->lock, irq);
    reservation_destroy(s, r);
}

void space_destroy(struct space *s)
{
    struct list *it;

    while ((it = list_pop_front(&s->reservations)))
        reservation_destroy(s, LIST_ENTRY(it, struct reservation, link));
    arch_space_destroy(s->arch);
    kfree(s, sizeof *s);
}

/* ---- demand paging ---- */

/* The 2^order pages around `page` are committed, lie in one chunk and have no frame yet. */
static bool fits(const struct reservation *r, uint64_t page, unsigned order)
{
    uint64_t start = align_down(page, 1ull << order), end = start + (1ull << order);
    uint32_t i = extent_index(r, page + 1);
    const struct chunk *c = &r->chunks[page / CHUNK_PAGES];

    if (r->va >> PAGE_SHIFT & ((1ull << order) - 1)) /* natural alignment of the address, too */
        return false;
    if (start < r->extents[i].start || end > r->extents[i].end)
        return false;
    for (uint64_t p = start; p < end; p++)
        if (c->map[p % CHUNK_PAGES / 64] >> p % 64 & 1)
            return false;
    return true;
}

enum fault_state { FAULT_BAD, FAULT_DONE, FAULT_EMPTY };

/* What the page at va is, and how much to fill at once. */
static enum fault_state look(struct space *s, uintptr_t va, struct reservation **out_r,
                             uint64_t *out_page, unsigned *out_order)
{
    struct reservation *r = find(s, va);
    uint64_t page;
    uint32_t i;

    if (!r)
        return FAULT_BAD;
    page = (va - r->va) / PAGE_SIZE;
    i = extent_index(r, page + 1);
    if (i == r->nextents || r->extents[i].start > page)
        return FAULT_BAD;
    if (r->chunks[page / CHUNK_PAGES].map[page % CHUNK_PAGES / 64] >> page % 64 & 1)
        return FAULT_DONE;
    *out_r = r;
    *out_page = page;
    if (r->filled_pages >= LARGE_AFTER_PAGES && fits(r, page, CHUNK_ORDER))
        *out_order = CHUNK_ORDER;
    else
        *out_order = fits(r, page, GRANULE_ORDER) ? GRANULE_ORDER : 0;
    return FAULT_EMPTY;
}

/* Memory to fill *order pages, or fewer: order 0 is there by the commitment. */
static paddr_t zeroed_frames(unsigned *order)
{
    paddr_t p = frame_alloc_committed(*order);

    if (p == PADDR_NONE && *order == CHUNK_ORDER) {
        *order = GRANULE_ORDER;
        p = frame_alloc_committed(*order);
    }
    if (p == PADDR_NONE) {
        *order = 0;
        p = frame_alloc_committed(0);
    }
    memset(arch_direct(p), 0, PAGE_SIZE << *order);
    return p;
}

static void fill(struct space *s, struct reservation *r, uint64_t page, unsigned order, paddr_t p)
{
    uint64_t start = align_down(page, 1ull << order);
    struct chunk *c = &r->chunks[page / CHUNK_PAGES];
    int err =
        arch_map(s->arch, r->va + start * PAGE_SIZE, p, PAGE_SIZE << order, ARCH_READ | ARCH_WRITE);

    if (err)
        panic("space: mapping %u pages at %p: %s", 1u << order, (void *)(r->va + start * PAGE_SIZE),
              errno_name(-err));
    for (uint64_t i = start; i < start + (1ull << order); i++)
        c->map[i % CHUNK_PAGES / 64] |= 1ull << i % 64;
    r->filled_pages += 1ull << order;
}

/* Frames are zeroed without the lock; another CPU may have been faster, or the range released. */
int space_fault(struct space *s, uintptr_t va)
{
    struct reservation *r;
    enum fault_state state;
    uint64_t page;
    unsigned order, now;
    paddr_t p;
    arch_irq_t irq = spin_lock(&s->lock);

    state = look(s, va, &r, &page, &order);
    spin_unlock(&s->lock, irq);
    if (state != FAULT_EMPTY)
        return state == FAULT_DONE ? 0 : -EFAULT;

    p = zeroed_frames(&order);
    irq = spin_lock(&s->lock);
    state = look(s, va, &r, &page, &now);
    if (state == FAULT_EMPTY && now >= order) {
        fill(s, r, page, order, p);
        list_remove(&r->link);
        list_push_front(&s->reservations, &r->link);
        p = PADDR_NONE;
    }
    spin_unlock(&s->lock, irq);
    if (p != PADDR_NONE)
        frame_free_committed(p, order);
    return state == FAULT_BAD ? -EFAULT : 0; /* not filled: the access faults again */
}

void space_limit_set(struct space *s, uint64_t bytes)
{
    arch_irq_t irq = spin_lock(&s->lock);

    s->limit_bytes = bytes;
    spin_unlock(&s->lock, irq);
}

uint64_t space_committed(const struct space *s)
{
    return __atomic_load_n(&s->committed_bytes, __ATOMIC_RELAXED);
}
