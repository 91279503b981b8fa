/* Slabs of 4 to 16 KiB with a bitmap of the blocks in use; frames for larger blocks; a mapping of
 * scattered frames for what no run of frames can hold. In sanitizer and debug builds each block
 * ends with a trailer that knows its size. */
#include "kernel/mm/heap.h"

#include "base/bitmap.h"
#include "base/list.h"
#include "base/string.h"
#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/space.h"

enum {
    BLOCK_ALIGN = 16,
    SMALL_MAX = 3072, /* larger blocks are whole frames */
    BITMAP_WORDS_MAX = 4,
    SLAB_MAGIC = 0x51ab,
    RESERVE_ALIGN = 64 * 1024, /* of arch_reserve */
    FREED_BYTE = 0xdd,
};

/* Blocks of `size` bytes in slabs of 2^order frames. */
struct size_class {
    uint16_t size, order;
    struct spinlock lock; /* guards `partial` and its slabs */
    struct list partial;  /* slabs with free blocks */
};

/* At the start of its first frame; blocks follow. */
struct slab {
    struct list link; /* in partial, while used < capacity */
    uint16_t magic, used, capacity;
    struct size_class *class;
    uint64_t map[BITMAP_WORDS_MAX]; /* 1: in use */
};

enum { SLAB_HEADER = 80 };
_Static_assert(sizeof(struct slab) <= SLAB_HEADER && SLAB_HEADER % BLOCK_ALIGN == 0, "alignment");

static struct size_class classes[] = {
    {.size = 16, .order = 0},   {.size = 32, .order = 0},   {.size = 48, .order = 0},
    {.size = 64, .order = 0},   {.size = 96, .order = 0},   {.size = 128, .order = 0},
    {.size = 192, .order = 0},  {.size = 256, .order = 0},  {.size = 384, .order = 1},
    {.size = 512, .order = 1},  {.size = 768, .order = 1},  {.size = 1024, .order = 2},
    {.size = 1536, .order = 2}, {.size = 2048, .order = 2}, {.size = SMALL_MAX, .order = 2},
};

static uint8_t class_of[SMALL_MAX / BLOCK_ALIGN + 1]; /* by size in units of BLOCK_ALIGN */

/* A block of scattered frames, mapped in the kernel's own range. */
struct mapped_block {
    struct list link;
    uintptr_t va;
    uint64_t bytes; /* as asked for */
};

static struct spinlock mapped_lock; /* guards mapped_blocks */
static struct list mapped_blocks = LIST_INIT(mapped_blocks);

static struct heap_stats stats; /* atomic */

#if defined(WASMOS_DEBUG) || defined(SANITIZE_ADDRESS)
#define TRAILER_MAGIC 0x5ca1ab1eull
/* Behind a small block's last byte, inaccessible to its user. */
struct trailer {
    uint64_t bytes, magic;
};
enum { TRAILER = sizeof(struct trailer) };
#else
enum { TRAILER = 0 };
#endif

void heap_init(void)
{
    unsigned c = 0;

    for (unsigned i = 0; i < ARRAY_LEN(classes); i++)
        list_init(&classes[i].partial);
    for (unsigned i = 0; i < ARRAY_LEN(class_of); i++) {
        if (i * BLOCK_ALIGN > classes[c].size)
            c++;
        class_of[i] = (uint8_t)c;
    }
}

static struct size_class *class_for(size_t bytes)
{
    return &classes[class_of[align_up(bytes + TRAILER, BLOCK_ALIGN) / BLOCK_ALIGN]];
}

static bool is_small(size_t bytes)
{
    return bytes <= SMALL_MAX - TRAILER;
}

static uint64_t pages_of(size_t bytes)
{
    return align_up(bytes, PAGE_SIZE) / PAGE_SIZE;
}

/* ---- small blocks ---- */

static struct slab *slab_create(struct size_class *c)
{
    paddr_t p = frame_alloc(c->order);
    size_t len = PAGE_SIZE << c->order;
    struct slab *s;

    if (p == PADDR_NONE)
        return NULL;
    s = arch_direct(p);
    *s = (struct slab){.magic = SLAB_MAGIC, .class = c};
    s->capacity = (uint16_t)((len - SLAB_HEADER) / c->size);
    list_init(&s->link);
    assert(s->capacity <= BITMAP_WORDS_MAX * 64);
    sanitize_poison((char *)s + SLAB_HEADER, len - SLAB_HEADER);
    return s;
}

static unsigned slab_take_index(struct slab *s)
{
    for (unsigned w = 0; w < BITMAP_WORDS_MAX; w++) {
        unsigned i =
            w * 64 + (s->map[w] == UINT64_MAX ? 64 : (unsigned)__builtin_ctzll(~s->map[w]));
        if (i < w * 64 + 64 && i < s->capacity) {
            bitmap_set(s->map, i);
            s->used++;
            return i;
        }
    }
    panic("heap: slab %p of the partial list is full", (void *)s);
}

static void *small_take(struct size_class *c)
{
    arch_irq_t irq = spin_lock(&c->lock);
    struct slab *s;
    char *p = NULL;

    if (list_empty(&c->partial)) {
        s = slab_create(c);
        if (!s)
            goto out;
        list_push_front(&c->partial, &s->link);
    }
    s = LIST_ENTRY(c->partial.next, struct slab, link);
    p = (char *)s + SLAB_HEADER + (size_t)slab_take_index(s) * c->size;
    if (s->used == s->capacity)
        list_remove(&s->link);
out:
    spin_unlock(&c->lock, irq);
    return p;
}

static struct slab *slab_of(void *p, const struct size_class *c)
{
    paddr_t at = align_down(arch_direct_to_paddr(p), PAGE_SIZE << c->order);
    struct slab *s = arch_direct(at);

    assert(s->magic == SLAB_MAGIC && s->class == c); /* else: wrong size, or not from here */
    return s;
}

static void small_give_back(void *p, struct size_class *c)
{
    struct slab *s = slab_of(p, c), *empty = NULL;
    size_t offset = (size_t)((char *)p - (char *)s) - SLAB_HEADER;
    arch_irq_t irq;

    assert((char *)p >= (char *)s + SLAB_HEADER && offset % c->size == 0);
    irq = spin_lock(&c->lock);
    assert(bitmap_get(s->map, offset / c->size)); /* else: freed twice */
    bitmap_clear(s->map, offset / c->size);
    if (s->used-- == s->capacity)
        list_push_front(&c->partial, &s->link);
    if (!s->used) {
        list_remove(&s->link);
        s->magic = 0;
        empty = s;
    }
    spin_unlock(&c->lock, irq);
    if (empty)
        frame_free(arch_direct_to_paddr(empty), c->order);
}

#if defined(WASMOS_DEBUG) || defined(SANITIZE_ADDRESS)
static void trailer_write(void *p, size_t bytes, const struct size_class *c)
{
    struct trailer *t = (struct trailer *)((char *)p + c->size) - 1;

    *t = (struct trailer){bytes, TRAILER_MAGIC};
    sanitize_poison((char *)p + bytes, c->size - bytes);
}

static void trailer_check(void *p, size_t bytes, const struct size_class *c)
{
    struct trailer *t = (struct trailer *)((char *)p + c->size) - 1;

    sanitize_unpoison(t, sizeof *t);
    assert(t->magic == TRAILER_MAGIC); /* else: freed twice, or overrun */
    assert(t->bytes == bytes);         /* else: wrong size */
    sanitize_unpoison(p, c->size);
    memset(p, FREED_BYTE, c->size);
    sanitize_poison(p, c->size);
}
#else
static void trailer_write(void *p UNUSED, size_t bytes UNUSED, const struct size_class *c UNUSED) {}
static void trailer_check(void *p UNUSED, size_t bytes UNUSED, const struct size_class *c UNUSED) {}
#endif

static void *small_alloc(size_t bytes)
{
    struct size_class *c = class_for(bytes);
    void *p = small_take(c);

    if (!p)
        return NULL;
    sanitize_unpoison(p, c->size);
    memset(p, 0, c->size);
    trailer_write(p, bytes, c);
    return p;
}

static void small_free(void *p, size_t bytes)
{
    struct size_class *c = class_for(bytes);

    slab_of(p, c);
    trailer_check(p, bytes, c);
    small_give_back(p, c);
}

/* ---- frames ---- */

static void *frames_alloc(size_t bytes)
{
    paddr_t p = frame_alloc_run(pages_of(bytes));
    char *block;

    if (p == PADDR_NONE)
        return NULL;
    block = arch_direct(p);
    memset(block, 0, bytes);
    sanitize_poison(block + bytes, pages_of(bytes) * PAGE_SIZE - bytes);
    return block;
}

/* ---- scattered frames ---- */

static void free_unmapped(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    frame_free_run(p, bytes / PAGE_SIZE, false);
}

static void unmap(uintptr_t va, uint64_t bytes)
{
    arch_unmap(NULL, va, align_up(bytes, PAGE_SIZE), free_unmapped, NULL);
    arch_unreserve(NULL, va, align_up(bytes, RESERVE_ALIGN));
}

/* Maps zeroed frames over [va, va + pages), in the largest runs there are. */
static int map_frames(uintptr_t va, uint64_t pages)
{
    unsigned order = FRAME_ORDER_MAX;

    while (pages) {
        paddr_t p;
        int err;
        while (1ull << order > pages)
            order--;
        p = frame_alloc(order);
        if (p == PADDR_NONE) {
            if (!order--)
                return -ENOMEM;
            continue;
        }
        memset(arch_direct(p), 0, PAGE_SIZE << order);
        err = arch_map(NULL, va, p, PAGE_SIZE << order, ARCH_READ | ARCH_WRITE);
        if (err) {
            frame_free(p, order);
            return err;
        }
        va += PAGE_SIZE << order;
        pages -= 1ull << order;
    }
    return 0;
}

static void *mapped_alloc(size_t bytes)
{
    struct mapped_block *m = small_alloc(sizeof *m);
    arch_irq_t irq;

    if (!m)
        return NULL;
    m->bytes = bytes;
    m->va = arch_reserve(NULL, align_up(bytes, RESERVE_ALIGN));
    if (!m->va)
        goto fail;
    if (map_frames(m->va, pages_of(bytes))) {
        unmap(m->va, bytes);
        goto fail;
    }
    irq = spin_lock(&mapped_lock);
    list_push_front(&mapped_blocks, &m->link);
    spin_unlock(&mapped_lock, irq);
    return (void *)m->va;
fail:
    small_free(m, sizeof *m);
    return NULL;
}

static bool mapped_free(void *p, size_t bytes)
{
    struct mapped_block *m = NULL;
    arch_irq_t irq = spin_lock(&mapped_lock);

    LIST_EACH(it, &mapped_blocks)
    {
        m = LIST_ENTRY(it, struct mapped_block, link);
        if (m->va == (uintptr_t)p)
            break;
        m = NULL;
    }
    if (m)
        list_remove(&m->link);
    spin_unlock(&mapped_lock, irq);
    if (!m)
        return false;
    assert(m->bytes == bytes);
    unmap(m->va, bytes);
    small_free(m, sizeof *m);
    return true;
}

/* ---- the door ---- */

static void *large_alloc(size_t bytes)
{
    struct frame_stats frames;
    void *p;

    frame_stats(&frames);
    if (bytes > frames.total * PAGE_SIZE)
        return NULL;
    p = frames_alloc(bytes);
    if (!p && pages_of(bytes) <= frames.total - frames.committed)
        p = mapped_alloc(bytes);
    return p;
}

static void *any_alloc(size_t bytes)
{
    return is_small(bytes) ? small_alloc(bytes) : large_alloc(bytes);
}

void *kalloc(size_t bytes)
{
    void *p;

    if (!bytes)
        bytes = 1;
    p = any_alloc(bytes);
    if (!p && kstack_cache_drop())
        p = any_alloc(bytes);
    if (p) {
        __atomic_fetch_add(&stats.bytes, bytes, __ATOMIC_RELAXED);
        __atomic_fetch_add(&stats.blocks, 1, __ATOMIC_RELAXED);
    }
    return p;
}

void kfree(void *p, size_t bytes)
{
    if (!p)
        return;
    if (!bytes)
        bytes = 1;
    assert(__atomic_load_n(&stats.bytes, __ATOMIC_RELAXED) >= bytes);
    __atomic_fetch_sub(&stats.bytes, bytes, __ATOMIC_RELAXED);
    __atomic_fetch_sub(&stats.blocks, 1, __ATOMIC_RELAXED);
    if (is_small(bytes)) {
        small_free(p, bytes);
    } else if (!mapped_free(p, bytes)) {
        assert((uintptr_t)p % PAGE_SIZE == 0);
        frame_free_run(arch_direct_to_paddr(p), pages_of(bytes), false);
    }
}

void heap_stats(struct heap_stats *out)
{
    out->bytes = __atomic_load_n(&stats.bytes, __ATOMIC_RELAXED);
    out->blocks = __atomic_load_n(&stats.blocks, __ATOMIC_RELAXED);
}
