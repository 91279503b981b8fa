/* A host for unit tests that must run anywhere, the kernel included: memory from a static pool, no
 * reservations and no code. Freed blocks are given out again for the same size; when everything has
 * been freed the pool is as new. */
#pragma once

#include "base/base.h"
#include "base/string.h"
#include "wasm/host.h"

enum { TEST_POOL_BYTES = 256 * 1024 };

struct test_pool {
    size_t used, live;   /* bytes handed out once, blocks not freed yet */
    unsigned fail_after; /* n > 0: the n-th allocation fails, and all after it */
    struct test_block {
        struct test_block *next;
        size_t bytes;
    } *free;
    char bytes[TEST_POOL_BYTES] __attribute__((aligned(16)));
};

/* One for each file that includes this. */
static struct test_pool test_pool UNUSED;

/* A freed block of exactly this size, else fresh bytes, else NULL. */
static inline void *test_host__take(struct test_pool *pool, size_t bytes)
{
    void *p = pool->bytes + pool->used;

    for (struct test_block **at = &pool->free; *at; at = &(*at)->next)
        if ((*at)->bytes == bytes) {
            p = *at;
            *at = (*at)->next;
            return p;
        }
    if (bytes > TEST_POOL_BYTES - pool->used)
        return NULL;
    pool->used += bytes;
    return p;
}

static inline void *test_host_alloc(void *owner, size_t bytes)
{
    struct test_pool *pool = owner;
    void *p;

    if (pool->fail_after == 1)
        return NULL;
    if (pool->fail_after)
        pool->fail_after--;
    bytes = align_up(bytes ? bytes : 1, 16);
    p = test_host__take(pool, bytes);
    if (!p)
        return NULL;
    pool->live++;
    return memset(p, 0, bytes);
}

static inline void test_host_free(void *owner, void *p, size_t bytes)
{
    struct test_pool *pool = owner;
    struct test_block *b = p;

    assert(pool->live);
    *b = (struct test_block){pool->free, align_up(bytes ? bytes : 1, 16)};
    pool->free = b;
    if (!--pool->live) {
        pool->used = 0;
        pool->free = NULL;
    }
}

static const struct wasm_host test_host UNUSED = {.alloc = test_host_alloc, .free = test_host_free};
