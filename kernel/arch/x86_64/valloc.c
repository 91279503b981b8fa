#include "kernel/arch/x86_64/valloc.h"

#include "base/string.h"

#define BIN_TRIES 8 /* ranges looked at in the bin that may be too small */

struct valloc_page {
    struct valloc_page *next;
};

static unsigned bin_of(const struct valloc *a, uint64_t len)
{
    unsigned b = 63 - (unsigned)__builtin_clzll(len / a->unit);
    return b < VALLOC_BINS ? b : VALLOC_BINS - 1;
}

static struct valloc_node **bucket_of(struct valloc *a, uint64_t base)
{
    uint64_t h = base / a->unit * 0x9e3779b97f4a7c15ull;
    return &a->buckets[h >> 58];
}
_Static_assert(VALLOC_BUCKETS == 64, "bucket_of takes six bits");

static void link_head(struct valloc_node **head, struct valloc_node *n)
{
    n->prev = NULL;
    n->next = *head;
    if (*head)
        (*head)->prev = n;
    *head = n;
}

static void unlink_from(struct valloc_node **head, struct valloc_node *n)
{
    if (n->prev)
        n->prev->next = n->next;
    else
        *head = n->next;
    if (n->next)
        n->next->prev = n->prev;
}

static void add_nodes(struct valloc *a, void *memory, size_t bytes)
{
    struct valloc_node *n = memory;
    for (size_t i = 0; i < bytes / sizeof(*n); i++) {
        n[i].next = a->spare;
        a->spare = &n[i];
    }
}

static struct valloc_node *take_node(struct valloc *a)
{
    struct valloc_node *n = a->spare;
    if (!n) {
        struct valloc_page *p = a->page();
        if (!p)
            return NULL;
        p->next = a->pages;
        a->pages = p;
        /* Nodes start at the second 64 bytes. */
        add_nodes(a, (char *)p + 64, VALLOC_PAGE_SIZE - 64);
        n = a->spare;
    }
    a->spare = n->next;
    return n;
}

static void drop_node(struct valloc *a, struct valloc_node *n)
{
    n->next = a->spare;
    a->spare = n;
}

static void make_free(struct valloc *a, struct valloc_node *n)
{
    n->free = true;
    link_head(&a->bins[bin_of(a, n->len)], n);
}

int valloc_init(struct valloc *a, uint64_t base, uint64_t end, uint64_t unit, void *(*page)(void),
                void *first, size_t first_bytes)
{
    struct valloc_node *n;
    assert((unit & (unit - 1)) == 0 && base % unit == 0 && end % unit == 0 && base < end &&
           base > 0);
    memset(a, 0, sizeof(*a));
    a->unit = unit;
    a->page = page;
    if (first)
        add_nodes(a, first, first_bytes);
    n = take_node(a);
    if (!n)
        return -ENOMEM;
    *n = (struct valloc_node){.base = base, .len = end - base};
    a->lowest = n;
    make_free(a, n);
    return 0;
}

void valloc_fini(struct valloc *a, void (*page_free)(void *))
{
    struct valloc_page *p = a->pages;
    while (p) {
        struct valloc_page *next = p->next;
        page_free(p);
        p = next;
    }
    memset(a, 0, sizeof(*a));
}

static struct valloc_node *find_free(struct valloc *a, uint64_t len)
{
    unsigned b = bin_of(a, len);
    unsigned tries = 0;
    for (struct valloc_node *n = a->bins[b]; n; n = n->next) {
        if (n->len >= len)
            return n;
        if (++tries == BIN_TRIES && b + 1 < VALLOC_BINS)
            break;
    }
    for (unsigned i = b + 1; i < VALLOC_BINS; i++)
        if (a->bins[i] && a->bins[i]->len >= len)
            return a->bins[i];
    for (struct valloc_node *n = a->bins[b]; n; n = n->next) /* nearly full: look at all */
        if (n->len >= len)
            return n;
    return NULL;
}

/* Cuts what is behind len off into a free node of its own; false: no memory for the node. */
static bool split(struct valloc *a, struct valloc_node *n, uint64_t len)
{
    struct valloc_node *rest = take_node(a);
    if (!rest)
        return false;
    *rest = (struct valloc_node){
        .base = n->base + len, .len = n->len - len, .below = n, .above = n->above};
    if (n->above)
        n->above->below = rest;
    n->above = rest;
    n->len = len;
    make_free(a, rest);
    return true;
}

uint64_t valloc_alloc(struct valloc *a, uint64_t bytes)
{
    uint64_t len = align_up(bytes, a->unit);
    struct valloc_node *n;
    if (len < bytes || len == 0)
        return 0;
    n = find_free(a, len);
    if (!n)
        return 0;
    unlink_from(&a->bins[bin_of(a, n->len)], n);
    if (n->len > len && !split(a, n, len)) {
        make_free(a, n);
        return 0;
    }
    n->free = false;
    link_head(bucket_of(a, n->base), n);
    a->taken++;
    return n->base;
}

/* Joins `n` and the free neighbour above it; the neighbour's node is dropped. */
static void absorb_above(struct valloc *a, struct valloc_node *n)
{
    struct valloc_node *up = n->above;
    n->len += up->len;
    n->above = up->above;
    if (up->above)
        up->above->below = n;
    drop_node(a, up);
}

void valloc_free(struct valloc *a, uint64_t base, uint64_t bytes)
{
    struct valloc_node *n = *bucket_of(a, base);
    while (n && n->base != base)
        n = n->next;
    assert(n && !n->free && n->len == align_up(bytes, a->unit));
    unlink_from(bucket_of(a, base), n);
    a->taken--;
    if (n->above && n->above->free) {
        unlink_from(&a->bins[bin_of(a, n->above->len)], n->above);
        absorb_above(a, n);
    }
    if (n->below && n->below->free) {
        n = n->below;
        unlink_from(&a->bins[bin_of(a, n->len)], n);
        absorb_above(a, n);
    }
    make_free(a, n);
}
