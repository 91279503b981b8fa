#include "kernel/fs/pages.h"

#include "base/string.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

enum { PAGES_BITS = 9 };

/* Files leave room for some programs, so that whoever filled the file system can be stopped. */
enum { FILES_LEAVE_FRAMES = 3 * MIB / PAGE_SIZE };

static uint64_t capacity(unsigned height)
{
    return 1ull << (PAGES_BITS * height);
}

static unsigned slot_of(uint64_t index, unsigned height)
{
    return index >> (PAGES_BITS * (height - 1)) & (PAGES_FANOUT - 1);
}

void *pages_get(const struct pages *p, uint64_t index)
{
    if (!p->root || index >= capacity(p->height))
        return NULL;
    void *at = p->root;
    for (unsigned h = p->height; h && at; h--)
        at = ((void **)at)[slot_of(index, h)];
    return at;
}

static void *page_new(void)
{
    paddr_t p = frame_spare() > FILES_LEAVE_FRAMES ? frame_alloc(0) : PADDR_NONE;
    return p == PADDR_NONE ? NULL : arch_direct(p);
}

static void page_free(void *page)
{
    frame_free(arch_direct_to_paddr(page), 0);
}

static void *table_new(void)
{
    return kalloc(PAGES_FANOUT * sizeof(void *));
}
static void table_free(void *t)
{
    kfree(t, PAGES_FANOUT * sizeof(void *));
}

/* Puts tables above the root until `index` fits. */
static bool grow(struct pages *p, uint64_t index)
{
    while (index >= capacity(p->height)) {
        if (p->root) {
            void **t = p->height < PAGES_HEIGHT_MAX ? table_new() : NULL;
            if (!t)
                return false;
            t[0] = p->root;
            p->root = t;
        } else if (p->height == PAGES_HEIGHT_MAX) {
            return false;
        }
        p->height++;
    }
    return true;
}

void *pages_make(struct pages *p, uint64_t index, bool *out_fresh)
{
    *out_fresh = false;
    if (!grow(p, index))
        return NULL;
    void **at = &p->root;
    for (unsigned h = p->height; h; h--) {
        if (!*at)
            *at = table_new();
        if (!*at)
            return NULL;
        at = &((void **)*at)[slot_of(index, h)];
    }
    if (!*at) {
        *at = page_new();
        *out_fresh = *at != NULL;
    }
    return *at;
}

/* Frees what lies at or after `index` (counted from the start of this subtree); returns whether the
 * whole subtree is gone. The depth is at most PAGES_HEIGHT_MAX. */
static bool free_from(void *at, unsigned height, uint64_t index)
{
    if (!at)
        return true;
    if (height == 0) {
        if (index == 0)
            page_free(at);
        return index == 0;
    }
    void **t = at;
    uint64_t step = capacity(height - 1);
    bool empty = true;
    for (unsigned i = 0; i < PAGES_FANOUT; i++) {
        uint64_t start = i * step;
        if (!t[i])
            continue;
        if (start + step <= index ||
            !free_from(t[i], height - 1, index > start ? index - start : 0))
            empty = false;
        else
            t[i] = NULL;
    }
    if (empty)
        table_free(t);
    return empty;
}

void pages_truncate(struct pages *p, uint64_t index)
{
    if (free_from(p->root, p->height, index))
        *p = (struct pages){0};
}
