#include "base/pqueue.h"

#include "base/test.h"

enum { ITEMS = 500 };

struct item {
    struct pq_node node;
    uint32_t key;
    bool in;
};

static struct item items[ITEMS];

static bool before(const struct pq_node *a, const struct pq_node *b)
{
    return PQ_ENTRY(a, struct item, node)->key < PQ_ENTRY(b, struct item, node)->key;
}

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

TEST(pqueue_pops_in_order)
{
    struct pq q;
    uint32_t seed = 1, last = 0;

    pq_init(&q, before);
    for (int i = 0; i < ITEMS; i++) {
        items[i].key = next_random(&seed) >> 8;
        pq_insert(&q, &items[i].node);
    }
    for (int i = 0; i < ITEMS; i++) {
        struct pq_node *n = pq_pop(&q);
        CHECK(n && PQ_ENTRY(n, struct item, node)->key >= last);
        last = PQ_ENTRY(n, struct item, node)->key;
    }
    CHECK(!pq_pop(&q));
}

TEST(pqueue_mixed_insert_remove_pop)
{
    struct pq q;
    uint32_t seed = 7;
    unsigned count = 0;

    pq_init(&q, before);
    for (int i = 0; i < ITEMS; i++)
        items[i].in = false;
    for (int step = 0; step < 20000; step++) {
        struct item *it = &items[next_random(&seed) >> 8 & 255];
        if (it->in) {
            pq_remove(&q, &it->node);
            it->in = false;
            count--;
        } else {
            it->key = next_random(&seed) >> 20;
            pq_insert(&q, &it->node);
            it->in = true;
            count++;
        }
        if (step % 7 == 0 && count) {
            uint32_t least = UINT32_MAX;
            struct item *first;
            for (int i = 0; i < ITEMS; i++)
                if (items[i].in && items[i].key < least)
                    least = items[i].key;
            first = PQ_ENTRY(pq_pop(&q), struct item, node);
            CHECK(first->key == least && first->in);
            first->in = false;
            count--;
        }
    }
    while (pq_pop(&q))
        count--;
    CHECK(!count);
}
