/* Address ranges for reservations: first fit over a sorted list of holes, neighbours joined. */
#include "kernel/arch/host/host.h"

#include <stdlib.h>

#include "kernel/core/log.h"

struct host_hole {
    struct host_hole *next;
    uintptr_t start, end;
};

static struct host_hole *hole_create(uintptr_t start, uintptr_t end, struct host_hole *next)
{
    struct host_hole *h = malloc(sizeof *h);

    if (!h)
        panic("Linux is out of memory");
    *h = (struct host_hole){next, start, end};
    return h;
}

void host_range_init(struct host_range *r, uintptr_t start, uint64_t bytes, uint64_t align)
{
    r->align = align;
    r->holes = hole_create(align_up(start, align), align_down(start + bytes, align), NULL);
}

uintptr_t host_range_take(struct host_range *r, uint64_t bytes)
{
    bytes = align_up(bytes, r->align);
    for (struct host_hole **at = &r->holes; *at; at = &(*at)->next) {
        struct host_hole *h = *at;
        uintptr_t start = h->start;
        if (h->end - start < bytes)
            continue;
        h->start += bytes;
        if (h->start == h->end) {
            *at = h->next;
            free(h);
        }
        return start;
    }
    return 0;
}

void host_range_give(struct host_range *r, uintptr_t start, uint64_t bytes)
{
    uintptr_t end = start + align_up(bytes, r->align);
    struct host_hole *before = NULL, *after = r->holes;

    while (after && after->start < start) {
        before = after;
        after = after->next;
    }
    assert((!before || before->end <= start) && (!after || end <= after->start));
    if (before && before->end == start) {
        before->end = end;
        if (after && after->start == end) {
            before->end = after->end;
            before->next = after->next;
            free(after);
        }
    } else if (after && after->start == end) {
        after->start = start;
    } else if (before) {
        before->next = hole_create(start, end, after);
    } else {
        r->holes = hole_create(start, end, after);
    }
}
