#include "kernel/arch/x86_64/valloc.h"

#include "base/test.h"

#define UNIT  (64 * KIB)
#define BASE  (1 * GIB)
#define PAGES 64

static uint8_t pages[PAGES][VALLOC_PAGE_SIZE] __attribute__((aligned(64)));
static unsigned pages_out, pages_next, pages_max;

static void *page(void)
{
    if (pages_next == pages_max)
        return NULL;
    pages_out++;
    return pages[pages_next++];
}

static void page_free(void *p UNUSED)
{
    pages_out--;
}

static void start(struct valloc *a, uint64_t bytes, unsigned max)
{
    int err;
    pages_out = pages_next = 0;
    pages_max = max;
    err = valloc_init(a, BASE, BASE + bytes, UNIT, page, NULL, 0);
    assert(!err);
}

TEST(valloc_rounds_and_keeps_ranges_apart)
{
    struct valloc a;
    uint64_t x, y, z;
    start(&a, 16 * UNIT, PAGES);
    x = valloc_alloc(&a, 1);
    y = valloc_alloc(&a, 2 * UNIT + 1);
    z = valloc_alloc(&a, UNIT);
    CHECK(x == BASE && y == x + UNIT && z == y + 3 * UNIT);
    valloc_free(&a, x, 1);
    valloc_free(&a, z, UNIT);
    valloc_free(&a, y, 2 * UNIT + 1);
    CHECK(a.taken == 0 && valloc_alloc(&a, 16 * UNIT) == BASE); /* joined again */
    valloc_free(&a, BASE, 16 * UNIT);
    valloc_fini(&a, page_free);
    CHECK(pages_out == 0);
}

TEST(valloc_refuses_what_does_not_fit)
{
    struct valloc a;
    start(&a, 4 * UNIT, PAGES);
    CHECK(valloc_alloc(&a, 0) == 0);
    CHECK(valloc_alloc(&a, 5 * UNIT) == 0);
    CHECK(valloc_alloc(&a, UINT64_MAX) == 0);
    CHECK(valloc_alloc(&a, UINT64_MAX - UNIT) == 0);
    CHECK(valloc_alloc(&a, 4 * UNIT) == BASE);
    CHECK(valloc_alloc(&a, 1) == 0);
    valloc_free(&a, BASE, 4 * UNIT);
    valloc_fini(&a, page_free);
}

TEST(valloc_survives_want_of_nodes)
{
    struct valloc a;
    uint64_t base[256];
    unsigned n = 0;
    start(&a, 4096 * UNIT, 1);
    while (n < ARRAY_LEN(base) && (base[n] = valloc_alloc(&a, UNIT)) != 0)
        n++;
    CHECK(n > 50 && n < ARRAY_LEN(base)); /* one page of nodes */
    for (unsigned i = 0; i < n; i++)
        valloc_free(&a, base[i], UNIT);
    CHECK(valloc_alloc(&a, 4096 * UNIT) == BASE);
    valloc_fini(&a, page_free);
    CHECK(pages_out == 0);
}

/* Random allocations and releases against a map of granules. */
TEST(valloc_against_a_map)
{
    enum { GRANULES = 2048, LIVE = 200 };
    static uint8_t owner[GRANULES];
    struct {
        uint64_t base, len;
    } live[LIVE] = {{0, 0}};
    uint64_t seed = 12345, wrong = 0;
    struct valloc a;
    start(&a, GRANULES * UNIT, PAGES);
    for (unsigned step = 0; step < 5000; step++) {
        seed = seed * 6364136223846793005ull + 1442695040888963407ull;
        unsigned i = (unsigned)(seed >> 33) % LIVE;
        uint64_t granules = (seed >> 20) % 7 == 0 ? (seed >> 48) % 90 + 1 : (seed >> 48) % 4 + 1;
        uint64_t first = (live[i].base - BASE) / UNIT;
        for (uint64_t k = 0; live[i].base && k < live[i].len; k++)
            owner[first + k] = 0;
        if (live[i].base)
            valloc_free(&a, live[i].base, live[i].len * UNIT);
        live[i].len = granules;
        live[i].base = valloc_alloc(&a, granules * UNIT);
        first = (live[i].base - BASE) / UNIT;
        for (uint64_t k = 0; live[i].base && k < granules; k++)
            wrong += first + k >= GRANULES || owner[first + k]++ != 0;
    }
    CHECK(wrong == 0);
    for (unsigned i = 0; i < LIVE; i++)
        if (live[i].base)
            valloc_free(&a, live[i].base, live[i].len * UNIT);
    for (unsigned i = 0; i < GRANULES; i++)
        owner[i] = 0;
    CHECK(a.taken == 0 && valloc_alloc(&a, GRANULES * UNIT) == BASE);
    valloc_fini(&a, page_free);
    CHECK(pages_out == 0);
}
