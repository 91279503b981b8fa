/* Trees made and taken apart, node by node, with the C library's allocator. */
#include "tests/bench/bench.h"

#define DEPTH 14
#define TREES 96

struct tree {
    struct tree *left, *right;
};

static struct tree *make(int depth)
{
    struct tree *t = malloc(sizeof *t);

    if (!t)
        abort();
    t->left = depth ? make(depth - 1) : NULL;
    t->right = depth ? make(depth - 1) : NULL;
    return t;
}

static uint64_t drop(struct tree *t)
{
    uint64_t count = 1;

    if (t->left)
        count += drop(t->left) + drop(t->right);
    free(t);
    return count;
}

static uint64_t bench_kernel(void)
{
    struct tree *kept = make(DEPTH);
    uint64_t sum = 0;

    for (int i = 0; i < TREES; i++)
        sum = bench_mix(sum, drop(make(DEPTH - i % 3)));
    return sum + drop(kept);
}
