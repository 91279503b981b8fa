/* Intrusive priority queue (pairing heap): insert O(1), take the first and remove any in O(log n)
 * amortized. No memory of its own. Not thread-safe. */
#pragma once

#include "base/base.h"

struct pq_node {
    struct pq_node *child, *next;
    struct pq_node *prev; /* left sibling, or the parent of a first child; NULL in the root */
};

/* Strict order: true when a comes before b. */
typedef bool (*pq_before_fn)(const struct pq_node *a, const struct pq_node *b);

struct pq {
    struct pq_node *first; /* NULL: empty */
    pq_before_fn before;
};

#define PQ_ENTRY(node, T, field) CONTAINER_OF(node, T, field)

static inline void pq_init(struct pq *q, pq_before_fn before)
{
    *q = (struct pq){.before = before};
}
void pq_insert(struct pq *q, struct pq_node *n);
/* n must be in q. */
void pq_remove(struct pq *q, struct pq_node *n);
struct pq_node *pq_pop(struct pq *q);
