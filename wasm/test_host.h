/* A host for unit tests that must run anywhere, the kernel included: memory from a static pool that
 * is empty again when everything has been freed. No reservations and no code. */
#pragma once

#include "base/base.h"
#include "base/string.h"
#include "wasm/host.h"

enum { TEST_POOL_BYTES = 256 * 1024 };

struct test_pool {
    size_t used, live;   /* bytes handed out, blocks not freed yet */
    unsigned fail_after; /* n > 0: the n-th allocation fails, and all after it */
    char bytes[TEST_POOL_BYTES] __attribute__((aligned(16)));
};

/* One for each file that includes this. */
static struct test_pool test_pool UNUSED;

static inline void *test_host_alloc(void *owner, size_t bytes)
{
    struct test_pool *pool = owner;
    void *p = pool->bytes + pool->used;

    if (pool->fail_after == 1)
        return NULL;
    if (pool->fail_after)
        pool->fail_after--;
    bytes = align_up(bytes, 16);
    if (bytes > TEST_POOL_BYTES - pool->used)
        return NULL;
    pool->used += bytes;
    pool->live++;
    memset(p, 0, bytes);
    return p;
}

static inline void test_host_free(void *owner, void *p UNUSED, size_t bytes UNUSED)
{
    struct test_pool *pool = owner;

    assert(pool->live);
    if (!--pool->live)
        pool->used = 0;
}

static const struct wasm_host test_host UNUSED = {.alloc = test_host_alloc, .free = test_host_free};
