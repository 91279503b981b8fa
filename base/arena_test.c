#include "base/arena.h"

#include "base/string.h"
#include "base/test.h"

/* A source with a fixed store, so that the test needs no allocator. */
static char store[4 * 1024 * 1024] __attribute__((aligned(16)));
static size_t store_used, outstanding;
static unsigned chunks;

static void *store_alloc(void *arg UNUSED, size_t bytes)
{
    void *p = store + store_used;

    bytes = align_up(bytes, 16);
    if (bytes > sizeof store - store_used)
        return NULL;
    store_used += bytes;
    outstanding += bytes;
    chunks++;
    return memset(p, 0, bytes);
}

static void store_free(void *arg UNUSED, void *p UNUSED, size_t bytes)
{
    outstanding -= align_up(bytes, 16);
}

static struct arena_source source(void)
{
    store_used = outstanding = chunks = 0;
    return (struct arena_source){store_alloc, store_free, NULL};
}

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

TEST(arena_blocks_are_zeroed_aligned_and_apart)
{
    struct arena a;

    arena_init(&a, source(), SIZE_MAX);
    for (int round = 0; round < 3; round++) {
        char *last = NULL;
        for (size_t n = 1; n < 9000; n += 97) {
            char *p = arena_alloc(&a, n);
            CHECK(p && (uintptr_t)p % 16 == 0 && all_zero(p, n) && p != last);
            memset(p, 0x5a, n);
            last = p;
        }
        arena_reset(&a);
    }
    arena_fini(&a);
    CHECK(!outstanding);
}

TEST(arena_limits_and_overflow)
{
    struct arena a;

    arena_init(&a, source(), 1000);
    CHECK(arena_alloc(&a, 900) && !arena_alloc(&a, 900));
    CHECK(!arena_calloc(&a, SIZE_MAX / 2, 4) && !arena_alloc(&a, SIZE_MAX));
    arena_fini(&a);
    arena_init(&a, source(), SIZE_MAX);
    CHECK(!arena_alloc(&a, sizeof store + 1)); /* the source says no */
    CHECK(arena_alloc(&a, 100000) && ARENA_ARRAY(&a, uint64_t, 3));
    arena_fini(&a);
    CHECK(!outstanding);
}

TEST(arena_blocks_that_are_not_set)
{
    struct arena a;
    uint32_t *p, *q;

    arena_init(&a, source(), SIZE_MAX);
    p = ARENA_ARRAY_UNSET(&a, uint32_t, 100);
    q = ARENA_ARRAY(&a, uint32_t, 100);
    CHECK(p && q && (uintptr_t)p % 16 == 0 && all_zero((char *)q, 400));
    for (unsigned i = 0; DEBUG_BUILD && i < 100; i++)
        CHECK(p[i]);
    memset(p, 0x5a, 400);
    memset(q, 0x5a, 400);
    arena_reset(&a);
    p = ARENA_ARRAY(&a, uint32_t, 150); /* where both were */
    q = ARENA_ARRAY(&a, uint32_t, 150); /* half of it has never been used */
    CHECK(p && q && all_zero((char *)p, 600) && all_zero((char *)q, 600));
    CHECK(!arena_alloc_unset(&a, SIZE_MAX / 2, 4) && !arena_alloc_unset(&a, SIZE_MAX, 1));
    arena_fini(&a);
    CHECK(!outstanding);
}

TEST(arena_is_one_chunk_once_it_is_reset)
{
    struct arena a;

    arena_init(&a, source(), SIZE_MAX);
    for (int round = 0; round < 3; round++) {
        unsigned before = chunks;
        CHECK(arena_alloc(&a, 20000)); /* larger than the first chunk */
        for (int i = 0; i < 30; i++)
            CHECK(arena_alloc(&a, 3000));
        CHECK(round == 0 ? chunks - before > 1 : chunks - before == (round == 1));
        arena_reset(&a);
    }
    arena_fini(&a);
    CHECK(!outstanding);
}
