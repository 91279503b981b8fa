#include "base/pqueue.h"

/* Two roots become one: the later one turns into the first child of the other. */
static struct pq_node *meld(struct pq *q, struct pq_node *a, struct pq_node *b)
{
    if (!a || !b)
        return a ? a : b;
    if (q->before(b, a)) {
        struct pq_node *t = a;
        a = b;
        b = t;
    }
    b->next = a->child;
    if (b->next)
        b->next->prev = b;
    b->prev = a;
    a->child = b;
    return a;
}

/* The two passes of a pairing heap: siblings are melded in pairs from the left, the results from
 * the right. */
static struct pq_node *meld_siblings(struct pq *q, struct pq_node *n)
{
    struct pq_node *pairs = NULL, *root = NULL;

    while (n) {
        struct pq_node *a = n, *b = n->next, *pair;
        n = b ? b->next : NULL;
        a->next = a->prev = NULL;
        if (b)
            b->next = b->prev = NULL;
        pair = meld(q, a, b);
        pair->next = pairs;
        pairs = pair;
    }
    while (pairs) {
        struct pq_node *rest = pairs->next;
        pairs->next = NULL;
        root = meld(q, root, pairs);
        pairs = rest;
    }
    return root;
}

void pq_insert(struct pq *q, struct pq_node *n)
{
    *n = (struct pq_node){0};
    q->first = meld(q, q->first, n);
}

void pq_remove(struct pq *q, struct pq_node *n)
{
    struct pq_node *rest;

    if (n == q->first) {
        pq_pop(q);
        return;
    }
    assert(n->prev);
    if (n->prev->child == n)
        n->prev->child = n->next;
    else
        n->prev->next = n->next;
    if (n->next)
        n->next->prev = n->prev;
    rest = meld_siblings(q, n->child);
    *n = (struct pq_node){0};
    q->first = meld(q, q->first, rest);
}

struct pq_node *pq_pop(struct pq *q)
{
    struct pq_node *n = q->first;

    if (!n)
        return NULL;
    q->first = meld_siblings(q, n->child);
    if (q->first)
        q->first->prev = NULL;
    *n = (struct pq_node){0};
    return n;
}
