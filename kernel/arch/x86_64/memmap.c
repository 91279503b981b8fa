#include "kernel/arch/x86_64/memmap.h"

static uint64_t range_end(const struct arch_memory *r)
{
    return r->base + r->len;
}

static uint64_t end_of(uint64_t base, uint64_t len)
{
    return len > UINT64_MAX - base ? UINT64_MAX : base + len;
}

static void delete_at(struct memmap *m, unsigned i)
{
    for (; i + 1 < m->n; i++)
        m->range[i] = m->range[i + 1];
    m->n--;
}

static bool insert_at(struct memmap *m, unsigned i, uint64_t base, uint64_t end)
{
    if (m->n == MEMMAP_RANGES_MAX) {
        m->dropped++;
        return false;
    }
    for (unsigned k = m->n++; k > i; k--)
        m->range[k] = m->range[k - 1];
    m->range[i] = (struct arch_memory){base, end - base};
    return true;
}

void memmap_add(struct memmap *m, uint64_t base, uint64_t len)
{
    uint64_t end = end_of(base, len);
    unsigned i = 0;
    if (base == end)
        return;
    while (i < m->n && range_end(&m->range[i]) < base)
        i++;
    while (i < m->n && m->range[i].base <= end) { /* overlapping or adjacent: swallow */
        base = min_u64(base, m->range[i].base);
        end = max_u64(end, range_end(&m->range[i]));
        delete_at(m, i);
    }
    insert_at(m, i, base, end);
}

void memmap_remove(struct memmap *m, uint64_t base, uint64_t len)
{
    uint64_t end = end_of(base, len);
    for (unsigned i = 0; i < m->n;) {
        struct arch_memory r = m->range[i];
        if (range_end(&r) <= base || r.base >= end) {
            i++;
            continue;
        }
        delete_at(m, i);
        if (r.base < base && insert_at(m, i, r.base, base))
            i++;
        if (range_end(&r) > end && insert_at(m, i, end, range_end(&r)))
            i++;
    }
}

void memmap_to_pages(struct memmap *m)
{
    for (unsigned i = 0; i < m->n;) {
        struct arch_memory *r = &m->range[i];
        uint64_t end = align_down(range_end(r), PAGE_SIZE);
        if (r->base > UINT64_MAX - PAGE_SIZE || align_up(r->base, PAGE_SIZE) >= end) {
            delete_at(m, i);
            continue;
        }
        r->base = align_up(r->base, PAGE_SIZE);
        r->len = end - r->base;
        i++;
    }
}

bool memmap_contains(const struct memmap *m, uint64_t base, uint64_t len)
{
    if (len > UINT64_MAX - base)
        return false;
    for (unsigned i = 0; i < m->n; i++)
        if (base >= m->range[i].base && base + len <= range_end(&m->range[i]))
            return true;
    return false;
}
