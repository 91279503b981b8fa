/* Page tables in the form of the processor's own four levels, because their job is the same: which
 * frame is mapped where. Linux maps; these only remember, so that arch_unmap can report. */
#include "kernel/arch/host/host.h"

#include <stdlib.h>

#include "kernel/core/log.h"
#include "kernel/core/spinlock.h"

enum { LEVELS = 4, INDEX_BITS = 9, ENTRIES = 1 << INDEX_BITS, MAPPED = 1 };

/* An entry is 0, a table (levels 3 to 1), or a frame | MAPPED (level 0: 4 KiB; level 1: 2 MiB). */
struct table {
    uint64_t entries[ENTRIES];
    unsigned used;
};

static struct spinlock lock;
static struct table root;

static uint64_t span(int level)
{
    return PAGE_SIZE << (level * INDEX_BITS);
}

static uint64_t *entry_of(struct table *t, uintptr_t va, int level)
{
    return &t->entries[va >> (PAGE_SHIFT + level * INDEX_BITS) & (ENTRIES - 1)];
}

static struct table *table_in(uint64_t entry)
{
    return (struct table *)entry;
}

/* The table under *e, made if there is none; a mapping of 2 MiB is split. */
static struct table *table_under(struct table *parent, uint64_t *e)
{
    struct table *t;

    if (*e && !(*e & MAPPED))
        return table_in(*e);
    t = calloc(1, sizeof *t);
    if (!t)
        panic("Linux is out of memory");
    if (*e) {
        for (int i = 0; i < ENTRIES; i++)
            t->entries[i] = *e + (uint64_t)i * PAGE_SIZE;
        t->used = ENTRIES;
    } else {
        parent->used++;
    }
    *e = (uint64_t)t;
    return t;
}

/* Tables from the root to where va's entry of `level` lies. */
struct path {
    struct table *tables[LEVELS];
    int level; /* of the entry found */
};

/* Follows va down to an entry that is no table. */
static uint64_t *walk(uintptr_t va, struct path *p)
{
    uint64_t *e;

    p->tables[LEVELS - 1] = &root;
    for (p->level = LEVELS - 1;; p->level--) {
        e = entry_of(p->tables[p->level], va, p->level);
        if (!*e || *e & MAPPED || !p->level)
            return e;
        p->tables[p->level - 1] = table_in(*e);
    }
}

static void set_one(uintptr_t va, paddr_t p, int level)
{
    struct table *t = &root;
    uint64_t *e;

    for (int l = LEVELS - 1; l > level; l--)
        t = table_under(t, entry_of(t, va, l));
    e = entry_of(t, va, level);
    if (*e && !(*e & MAPPED)) { /* an empty table where 2 MiB go */
        assert(!table_in(*e)->used);
        free(table_in(*e));
        t->used--;
    } else {
        assert(!*e);
    }
    *e = p | MAPPED;
    t->used++;
}

void host_tables_set(uintptr_t va, paddr_t p, uint64_t bytes)
{
    arch_irq_t irq = spin_lock(&lock);

    while (bytes) {
        int level = bytes >= span(1) && va % span(1) == 0;
        set_one(va, p, level);
        va += span(level);
        p += span(level);
        bytes -= span(level);
    }
    spin_unlock(&lock, irq);
}

bool host_tables_mapped(uintptr_t va)
{
    arch_irq_t irq = spin_lock(&lock);
    struct path path;
    bool mapped = *walk(va, &path) != 0;

    spin_unlock(&lock, irq);
    return mapped;
}

/* How far the entry of `level` that covers va reaches, not beyond end. */
static uintptr_t entry_end(uintptr_t va, int level, uintptr_t end)
{
    return min_u64(align_down(va, span(level)) + span(level), end);
}

bool host_tables_hull(uintptr_t va, uint64_t bytes, uintptr_t *out_start, uintptr_t *out_end)
{
    uintptr_t end = va + bytes;
    arch_irq_t irq = spin_lock(&lock);

    *out_start = *out_end = 0;
    while (va < end) {
        struct path path;
        uint64_t e = *walk(va, &path);
        uintptr_t next = entry_end(va, path.level, end);
        if (e) {
            if (!*out_end)
                *out_start = va;
            *out_end = next;
        }
        va = next;
    }
    spin_unlock(&lock, irq);
    return *out_end != 0;
}

/* Frees the tables on the way to va that became empty. */
static void prune(uintptr_t va, struct path *p)
{
    for (int level = p->level; level < LEVELS - 1 && !p->tables[level]->used; level++) {
        free(p->tables[level]);
        *entry_of(p->tables[level + 1], va, level + 1) = 0;
        p->tables[level + 1]->used--;
    }
}

/* Takes the mapping of [va, *next) away and says where it went; false: there was none. */
static bool clear_one(uintptr_t va, uintptr_t end, uintptr_t *next, paddr_t *out_p)
{
    struct path path;
    uint64_t *e = walk(va, &path);

    if (*e && path.level && (va % span(path.level) || end - va < span(path.level))) {
        table_under(path.tables[path.level], e); /* part of a mapping of 2 MiB */
        e = walk(va, &path);
    }
    *next = entry_end(va, path.level, end);
    if (!*e)
        return false;
    *out_p = *e & ~(uint64_t)MAPPED;
    *e = 0;
    path.tables[path.level]->used--;
    prune(va, &path);
    return true;
}

void host_tables_clear(uintptr_t va, uint64_t bytes, arch_unmapped_fn fn, void *arg)
{
    uintptr_t end = va + bytes;
    paddr_t run = 0, p;
    uint64_t run_bytes = 0;

    while (va < end) {
        uintptr_t next;
        arch_irq_t irq = spin_lock(&lock);
        bool mapped = clear_one(va, end, &next, &p);
        spin_unlock(&lock, irq);
        if (mapped && run_bytes && run + run_bytes == p) {
            run_bytes += next - va;
        } else if (mapped) {
            if (run_bytes)
                fn(arg, run, run_bytes);
            run = p;
            run_bytes = next - va;
        }
        va = next;
    }
    if (run_bytes)
        fn(arg, run, run_bytes);
}
