/* Walking and changing page tables: pure data structure work; locks and TLBs are the callers'
 * (space.c). */
#include "kernel/arch/x86_64/paging.h"

#include "base/string.h"
#include "kernel/arch/x86_64/x86.h"
#include "kernel/mm/frame.h"

#define COUNT_SHIFT 52
#define COUNT_ONE   (1ull << COUNT_SHIFT)
#define COUNT_MASK  0x3ffull

static unsigned entry_count(uint64_t e)
{
    return (unsigned)(e >> COUNT_SHIFT & COUNT_MASK);
}
static uint64_t level_bytes(unsigned level)
{
    return 1ull << (PAGE_SHIFT + 9 * (level - 1));
}

static unsigned level_index(uint64_t va, unsigned level)
{
    return (unsigned)(va >> (PAGE_SHIFT + 9 * (level - 1)) & (PT_ENTRIES - 1));
}

static uint64_t *entry_table(uint64_t e)
{
    return arch_direct(e & PTE_ADDRESS);
}

static paddr_t table_alloc(enum pt_source source)
{
    paddr_t p;
    if (source == PT_EARLY)
        return early_alloc(PAGE_SIZE);
    p = source == PT_SPACE ? frame_alloc_committed(0) : frame_alloc(0);
    if (p != PADDR_NONE)
        memset(arch_direct(p), 0, PAGE_SIZE);
    return p;
}

uint64_t pt_flags(enum arch_prot prot)
{
    assert(!((prot & ARCH_WRITE) && (prot & ARCH_EXEC)));
    return PTE_PRESENT | PTE_ACCESSED | PTE_DIRTY | (prot & ARCH_WRITE ? PTE_WRITE : 0) |
           (prot & ARCH_EXEC ? 0 : PTE_NX);
}

static unsigned map_level(uint64_t va, paddr_t p, uint64_t bytes, unsigned max_level)
{
    unsigned level = max_level;
    while (level > 1 && (((va | p) & (level_bytes(level) - 1)) || bytes < level_bytes(level)))
        level--;
    return level;
}

/* The table at `level` that covers va, made if absent; *out_parent is the entry that points to it.
 */
static int table_at(uint64_t *root, uint64_t va, unsigned level, enum pt_source source,
                    uint64_t **out_table, uint64_t **out_parent)
{
    uint64_t *table = root, *parent = NULL;
    for (unsigned l = PT_TOP; l > level; l--) {
        uint64_t *e = &table[level_index(va, l)];
        if (!(*e & PTE_PRESENT)) {
            paddr_t p = table_alloc(source);
            if (p == PADDR_NONE)
                return -ENOMEM;
            *e = p | PTE_PRESENT | PTE_WRITE | PTE_ACCESSED;
            if (parent)
                *parent += COUNT_ONE;
        } else if (*e & PTE_LARGE) {
            return -EEXIST;
        }
        parent = e;
        table = entry_table(*e);
    }
    *out_table = table;
    *out_parent = parent;
    return 0;
}

int pt_map(uint64_t *root, uint64_t va, paddr_t p, uint64_t bytes, uint64_t flags,
           enum pt_source source, unsigned max_level, uint64_t *out_done)
{
    uint64_t done = 0;
    int err = 0;
    assert(((va | p | bytes) & (PAGE_SIZE - 1)) == 0);
    while (done < bytes) {
        unsigned level = map_level(va + done, p + done, bytes - done, max_level);
        unsigned i = level_index(va + done, level);
        uint64_t *table, *parent;
        err = table_at(root, va + done, level, source, &table, &parent);
        if (err)
            break;
        for (; i < PT_ENTRIES && bytes - done >= level_bytes(level); i++) {
            if (table[i]) {
                err = -EEXIST;
                break;
            }
            table[i] = (p + done) | flags | (level > 1 ? PTE_LARGE : 0);
            *parent += COUNT_ONE;
            done += level_bytes(level);
        }
        if (err)
            break;
    }
    if (out_done)
        *out_done = done;
    return err;
}

/* path[l] is the entry at level l; frees the tables above `level` that have become empty. */
static void release_empty(uint64_t **path, unsigned level, bool keep_top, struct pt_batch *b)
{
    for (unsigned l = level + 1; l <= PT_TOP; l++) {
        if (entry_count(*path[l]) > 0 || (l == PT_TOP && keep_top))
            return;
        b->tables[b->ntables++] = *path[l] & PTE_ADDRESS;
        *path[l] = 0;
        if (l < PT_TOP)
            *path[l + 1] -= COUNT_ONE;
    }
}

static void batch_add(struct pt_batch *b, paddr_t p, uint64_t va, uint64_t bytes)
{
    struct arch_memory *last = b->nruns ? &b->runs[b->nruns - 1] : NULL;
    if (last && last->base + last->len == p)
        last->len += bytes;
    else
        b->runs[b->nruns++] = (struct arch_memory){p, bytes};
    b->low = min_u64(b->low, va);
    b->high = max_u64(b->high, va + bytes - 1);
}

/* Clears leaves from *path[level] on, within its table; returns the next address. */
static uint64_t clear_leaves(uint64_t **path, unsigned level, uint64_t va, uint64_t end,
                             struct pt_batch *b)
{
    uint64_t size = level_bytes(level), *e = path[level];
    for (unsigned i = level_index(va, level); i < PT_ENTRIES && va < end && b->nruns < PT_BATCH;
         i++) {
        if (level > 1 && (*e & PTE_PRESENT) && !(*e & PTE_LARGE))
            break; /* a table of smaller pages */
        if (*e & PTE_PRESENT) {
            assert((va & (size - 1)) == 0 && end - va >= size); /* large pages go whole */
            batch_add(b, *e & PTE_ADDRESS & ~(size - 1), va, size);
            *e = 0;
            *path[level + 1] -= COUNT_ONE;
        }
        e++;
        va += size;
    }
    return va;
}

uint64_t pt_unmap(uint64_t *root, uint64_t va, uint64_t end, bool keep_top, struct pt_batch *b)
{
    *b = (struct pt_batch){.nruns = 0, .low = UINT64_MAX};
    while (va < end && b->nruns < PT_BATCH && b->ntables + PT_TOP <= PT_BATCH) {
        uint64_t *path[PT_TOP + 1], *table = root;
        unsigned level = PT_TOP;
        for (;; level--) {
            path[level] = &table[level_index(va, level)];
            if (level == 1 || !(*path[level] & PTE_PRESENT) || (*path[level] & PTE_LARGE))
                break;
            table = entry_table(*path[level]);
        }
        if (level == 1 || (*path[level] & PTE_PRESENT))
            va = clear_leaves(path, level, va, end, b);
        else
            va = (va | (level_bytes(level) - 1)) + 1;
        release_empty(path, level, keep_top, b);
        if (b->ntables && b->low > b->high) /* no page was mapped, but walkers may know the table */
            b->low = b->high = va - 1;
    }
    return min_u64(va, end);
}

void pt_batch_free_tables(struct pt_batch *b, enum pt_source source)
{
    for (unsigned i = 0; i < b->ntables; i++) {
        if (source == PT_SPACE)
            frame_free_committed(b->tables[i], 0);
        else
            frame_free(b->tables[i], 0);
    }
    b->ntables = 0;
}

uint64_t pt_lookup_current(uint64_t va, uint64_t *out_bytes)
{
    uint64_t *table = arch_direct(cr3_read() & PTE_ADDRESS);
    uint64_t top = (uint64_t)((int64_t)va >> 47);
    if (top != 0 && top != UINT64_MAX)
        return 0;
    for (unsigned l = PT_TOP; l > 0; l--) {
        uint64_t e = table[level_index(va, l)];
        *out_bytes = level_bytes(l);
        if (!(e & PTE_PRESENT))
            return 0;
        if (l == 1 || (e & PTE_LARGE))
            return e;
        table = entry_table(e);
    }
    return 0;
}
