/* A buddy allocator per memory region with free lists shared by all. Its records (9 bytes a frame)
 * lie at the start of each region. Memory is fed to the lists in the largest blocks and only when
 * they run dry, so that booting with many gigabytes touches few pages. */
#include "kernel/mm/frame.h"

#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"

enum {
    ORDERS = FRAME_ORDER_MAX + 1,
    STATE_USED = 0,    /* allocated, or inside of a free block */
    STATE_FREE = 0x80, /* | order: first frame of a free block */
    REGION_FRAMES_MIN = 4,
};

#define FRAME_NONE UINT32_MAX

struct links {
    uint32_t next, prev; /* frame numbers in a free list */
};

struct region {
    uint64_t start, end; /* frame numbers; the records are outside */
    uint64_t fresh;      /* frames from here on have never been in a list */
    struct links *links; /* [frame - start] */
    uint8_t *state;
};

static struct spinlock lock; /* guards everything below */
static struct region regions[ARRAY_LEN(arch_boot.memory)];
static unsigned nregions;
static uint32_t lists[ORDERS]; /* first free block of each order */
static struct frame_stats stats;

static struct region *region_of(uint64_t frame)
{
    for (unsigned i = 0; i < nregions; i++)
        if (frame >= regions[i].start && frame < regions[i].end)
            return &regions[i];
    return NULL;
}

static struct links *links_of(uint32_t frame)
{
    struct region *r = region_of(frame);

    assert(r);
    return &r->links[frame - r->start];
}

static void list_insert(struct region *r, uint64_t frame, unsigned order)
{
    struct links *l = &r->links[frame - r->start];

    *l = (struct links){lists[order], FRAME_NONE};
    if (l->next != FRAME_NONE)
        links_of(l->next)->prev = (uint32_t)frame;
    lists[order] = (uint32_t)frame;
    r->state[frame - r->start] = (uint8_t)(STATE_FREE | order);
}

static void list_take(struct region *r, uint64_t frame, unsigned order)
{
    struct links *l = &r->links[frame - r->start];

    assert(r->state[frame - r->start] == (STATE_FREE | order));
    if (l->prev != FRAME_NONE)
        links_of(l->prev)->next = l->next;
    else
        lists[order] = l->next;
    if (l->next != FRAME_NONE)
        links_of(l->next)->prev = l->prev;
    r->state[frame - r->start] = STATE_USED;
}

/* Moves the next block of never used memory into the lists. */
static bool feed(void)
{
    for (unsigned i = 0; i < nregions; i++) {
        struct region *r = &regions[i];
        unsigned order = FRAME_ORDER_MAX;
        uint64_t frame = r->fresh;
        if (frame == r->end)
            continue;
        while (frame & ((1ull << order) - 1) || frame + (1ull << order) > r->end)
            order--;
        r->fresh += 1ull << order;
        memset(r->state + (frame - r->start), STATE_USED, 1ull << order);
        list_insert(r, frame, order);
        return true;
    }
    return false;
}

static void region_add(const struct arch_memory *m)
{
    struct region *r = &regions[nregions];
    uint64_t start = align_up(m->base, PAGE_SIZE) / PAGE_SIZE;
    uint64_t end = (m->base + m->len) / PAGE_SIZE, n, records;

    if (end > FRAME_NONE)
        end = FRAME_NONE;
    if (start + REGION_FRAMES_MIN > end)
        return;
    n = end - start;
    records = align_up(n * (sizeof(struct links) + 1), PAGE_SIZE) / PAGE_SIZE;
    r->links = arch_direct(start * PAGE_SIZE);
    r->state = (uint8_t *)(r->links + n);
    r->start = r->fresh = start + records;
    r->end = end;
    stats.total += end - r->start;
    nregions++;
}

void frame_init(void)
{
    assert(!nregions);
    for (unsigned o = 0; o < ORDERS; o++)
        lists[o] = FRAME_NONE;
    for (unsigned i = 0; i < arch_boot.nmemory; i++)
        region_add(&arch_boot.memory[i]);
    stats.free = stats.total;
    log_info("memory: %llu MiB in %u regions", (unsigned long long)(stats.total * PAGE_SIZE / MIB),
             nregions);
    assert(stats.total);
}

/* Frame number of 2^order frames, or FRAME_NONE. */
static uint32_t take(unsigned order)
{
    unsigned o = order;
    struct region *r;
    uint32_t frame;

    assert(order <= FRAME_ORDER_MAX);
    while (lists[o] == FRAME_NONE) {
        if (++o < ORDERS)
            continue;
        if (!feed())
            return FRAME_NONE;
        o = order;
    }
    frame = lists[o];
    r = region_of(frame);
    list_take(r, frame, o);
    while (o > order) {
        o--;
        list_insert(r, frame + (1ull << o), o);
    }
    assert(stats.free >= 1ull << order);
    stats.free -= 1ull << order;
    return frame;
}

/* A block that is freed must not lie in a free one. */
static void check_used(const struct region *r, uint64_t frame, unsigned order)
{
    for (unsigned o = order; o < ORDERS; o++) {
        uint64_t head = frame & ~((1ull << o) - 1);
        if (head >= r->start)
            assert(r->state[head - r->start] != (STATE_FREE | o));
    }
    for (uint64_t i = 0; i < 1ull << order; i++)
        assert(r->state[frame + i - r->start] == STATE_USED);
}

static void give_back(uint64_t frame, unsigned order)
{
    struct region *r = region_of(frame);

    assert(order <= FRAME_ORDER_MAX && !(frame & ((1ull << order) - 1)));
    assert(r && frame + (1ull << order) <= r->fresh);
    check_used(r, frame, order);
    stats.free += 1ull << order;
    for (; order < FRAME_ORDER_MAX; order++) {
        uint64_t buddy = frame ^ (1ull << order);
        if (buddy < r->start || buddy >= r->fresh ||
            r->state[buddy - r->start] != (STATE_FREE | order))
            break;
        list_take(r, buddy, order);
        frame &= ~(1ull << order);
    }
    list_insert(r, frame, order);
}

static paddr_t to_paddr(uint32_t frame, unsigned order)
{
    paddr_t p = (paddr_t)frame * PAGE_SIZE;

    if (frame == FRAME_NONE)
        return PADDR_NONE;
    sanitize_unpoison(arch_direct(p), PAGE_SIZE << order);
    return p;
}

paddr_t frame_alloc(unsigned order)
{
    arch_irq_t irq = spin_lock(&lock);
    uint32_t frame = FRAME_NONE;

    if (stats.committed + (1ull << order) <= stats.total) {
        frame = take(order);
        if (frame != FRAME_NONE)
            stats.committed += 1ull << order;
    }
    spin_unlock(&lock, irq);
    return to_paddr(frame, order);
}

void frame_free(paddr_t p, unsigned order)
{
    arch_irq_t irq;

    sanitize_poison(arch_direct(p), PAGE_SIZE << order);
    irq = spin_lock(&lock);
    assert(!(p % PAGE_SIZE) && stats.committed >= 1ull << order);
    stats.committed -= 1ull << order;
    give_back(p / PAGE_SIZE, order);
    spin_unlock(&lock, irq);
}

int frame_commit(uint64_t n)
{
    arch_irq_t irq = spin_lock(&lock);
    bool fits = n <= stats.total - stats.committed;

    if (fits)
        stats.committed += n;
    spin_unlock(&lock, irq);
    return fits ? 0 : -ENOMEM;
}

void frame_uncommit(uint64_t n)
{
    arch_irq_t irq = spin_lock(&lock);

    assert(stats.committed >= n);
    stats.committed -= n;
    assert(stats.total - stats.free <= stats.committed);
    spin_unlock(&lock, irq);
}

paddr_t frame_alloc_committed(unsigned order)
{
    arch_irq_t irq = spin_lock(&lock);
    uint32_t frame = take(order);

    assert(stats.total - stats.free <= stats.committed); /* else: taken without a commitment */
    assert(order || frame != FRAME_NONE);
    spin_unlock(&lock, irq);
    return to_paddr(frame, order);
}

void frame_free_committed(paddr_t p, unsigned order)
{
    arch_irq_t irq;

    assert(!(p % PAGE_SIZE));
    sanitize_poison(arch_direct(p), PAGE_SIZE << order);
    irq = spin_lock(&lock);
    give_back(p / PAGE_SIZE, order);
    spin_unlock(&lock, irq);
}

/* The largest naturally aligned block at the front of [p, p + pages). */
static unsigned front_order(paddr_t p, uint64_t pages)
{
    unsigned order = 0;

    while (order < FRAME_ORDER_MAX && !(p & (PAGE_SIZE << order)) && (2ull << order) <= pages)
        order++;
    return order;
}

void frame_free_run(paddr_t p, uint64_t pages, bool committed)
{
    while (pages) {
        unsigned order = front_order(p, pages);
        if (committed)
            frame_free_committed(p, order);
        else
            frame_free(p, order);
        p += PAGE_SIZE << order;
        pages -= 1ull << order;
    }
}

paddr_t frame_alloc_run(uint64_t pages)
{
    unsigned order = 0;
    paddr_t p;

    while (order <= FRAME_ORDER_MAX && 1ull << order < pages)
        order++;
    if (!pages || order > FRAME_ORDER_MAX)
        return PADDR_NONE;
    p = frame_alloc(order);
    if (p != PADDR_NONE)
        frame_free_run(p + pages * PAGE_SIZE, (1ull << order) - pages, false);
    return p;
}

void frame_stats(struct frame_stats *out)
{
    arch_irq_t irq = spin_lock(&lock);

    *out = stats;
    spin_unlock(&lock, irq);
}
