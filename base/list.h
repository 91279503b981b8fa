/* Intrusive, circular, doubly linked list. A `struct list` is both the head and a link in an
 * element. */
#pragma once

#include "base/base.h"

struct list {
    struct list *next, *prev;
};

#define LIST_INIT(l)               {&(l), &(l)}
#define LIST_ENTRY(link, T, field) CONTAINER_OF(link, T, field)
/* Iterates `it` (struct list *) over `head`; the current element must stay linked. */
#define LIST_EACH(it, head) for (struct list *it = (head)->next; it != (head); it = it->next)
/* The same, and the current element may be removed. */
#define LIST_EACH_SAFE(it, head)                                                                   \
    for (struct list *it = (head)->next, *it##_next = it->next; it != (head);                      \
         it = it##_next, it##_next = it->next)

static inline void list_init(struct list *l)
{
    l->next = l->prev = l;
}
static inline bool list_empty(const struct list *l)
{
    return l->next == l;
}

static inline void list_insert_after(struct list *at, struct list *l)
{
    l->next = at->next;
    l->prev = at;
    at->next->prev = l;
    at->next = l;
}

static inline void list_push_front(struct list *head, struct list *l)
{
    list_insert_after(head, l);
}
static inline void list_push_back(struct list *head, struct list *l)
{
    list_insert_after(head->prev, l);
}

/* Unlinks and leaves `l` an empty list, so that removing twice is harmless. */
static inline void list_remove(struct list *l)
{
    l->prev->next = l->next;
    l->next->prev = l->prev;
    list_init(l);
}

static inline struct list *list_pop_front(struct list *head)
{
    struct list *l = head->next;
    if (l == head)
        return NULL;
    list_remove(l);
    return l;
}
