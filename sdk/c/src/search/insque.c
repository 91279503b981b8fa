#include <search.h>
#include <stddef.h>

struct node {
    struct node *next, *previous;
};

void insque(void *element, void *previous)
{
    struct node *e = element, *p = previous;
    e->next = p ? p->next : NULL;
    e->previous = p;
    if (e->next)
        e->next->previous = e;
    if (p)
        p->next = e;
}

void remque(void *element)
{
    struct node *e = element;
    if (e->next)
        e->next->previous = e->previous;
    if (e->previous)
        e->previous->next = e->next;
}
