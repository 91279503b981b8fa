/* malloc and free as programs use them. */
#include <stdlib.h>
#include <string.h>

#include "tests/bench/sdk/measure.h"

enum { LIVE = 4000 };

static void *live[LIVE];

static void empty(void)
{
    for (int i = 0; i < LIVE; i++) {
        free(live[i]);
        live[i] = NULL;
    }
}

/* One at a time, always the same size. */
static void pairs(int count)
{
    for (int i = 0; i < count; i++) {
        char *p = malloc(40);
        p[0] = (char)i;
        measure_sink = (uintptr_t)p;
        free(p);
    }
}

/* A random one of many blocks is replaced by one of another size. */
static void replace(int count, uint32_t (*size)(uint32_t))
{
    uint32_t state = 1;
    for (int i = 0; i < count; i++) {
        uint32_t r = measure_random(&state), n = size(r);
        void **slot = &live[r % LIVE];
        free(*slot);
        char *p = malloc(n);
        p[0] = (char)i;
        *slot = p;
    }
    empty();
}

static uint32_t small_size(uint32_t r)
{
    return 8 + (r >> 16) % 120;
}

static uint32_t mixed_size(uint32_t r)
{
    return 1 + ((r >> 8) & ((16u << (r >> 29) * 2) - 1)); /* up to 16, 64, 256 … 262144 */
}

static void small(int count)
{
    replace(count, small_size);
}

static void mixed(int count)
{
    replace(count, mixed_size);
}

/* Many are allocated, then freed in the order of their allocation. */
static void queue(int count)
{
    for (int done = 0; done < count; done += LIVE) {
        for (int i = 0; i < LIVE; i++) {
            char *p = malloc(16 + (size_t)(i % 7) * 16);
            p[0] = 1;
            live[i] = p;
        }
        empty();
    }
}

struct node {
    struct node *left, *right;
};

static struct node *tree(int depth)
{
    struct node *n = malloc(sizeof *n);
    n->left = depth ? tree(depth - 1) : NULL;
    n->right = depth ? tree(depth - 1) : NULL;
    return n;
}

static void cut(struct node *n)
{
    if (n->left) {
        cut(n->left);
        cut(n->right);
    }
    free(n);
}

/* Nodes of binary trees. */
static void trees(int count)
{
    enum { DEPTH = 12, NODES = (2 << DEPTH) - 1 };
    for (int done = 0; done < count; done += NODES)
        cut(tree(DEPTH));
}

/* A buffer that grows by a few bytes each time. */
static void growth(int count)
{
    char *p = NULL;
    for (int i = 0; i < count; i++) {
        p = realloc(p, (size_t)(i % 5000 + 1) * 12);
        p[i % 5000] = 1;
    }
    free(p);
}

static void zeroed(int count)
{
    for (int i = 0; i < count; i++) {
        char *p = calloc(1, 200);
        measure_sink = (uintptr_t)p;
        free(p);
    }
}

int main(void)
{
    measure("malloc: one at a time", pairs, 500000);
    measure("malloc: small, replaced at random", small, 400000);
    measure("malloc: 1 byte to 256 KiB, replaced", mixed, 100000);
    measure("malloc: freed in order", queue, 400000);
    measure("malloc: binary trees", trees, 400000);
    measure("realloc: growing by 12 bytes", growth, 100000);
    measure("calloc: 200 bytes", zeroed, 400000);
    return 0;
}
