#include "kernel/arch/x86_64/memmap.h"

#include "base/string.h"
#include "base/test.h"

static struct memmap m;

static void reset(void)
{
    memset(&m, 0, sizeof(m));
}

static bool is(unsigned i, uint64_t base, uint64_t len)
{
    return i < m.n && m.range[i].base == base && m.range[i].len == len;
}

TEST(memmap_merges_overlapping_and_adjacent)
{
    reset();
    memmap_add(&m, 100, 50);
    memmap_add(&m, 300, 50);
    memmap_add(&m, 150, 10);
    CHECK(m.n == 2 && is(0, 100, 60) && is(1, 300, 50));
    memmap_add(&m, 90, 400);
    CHECK(m.n == 1 && is(0, 90, 400));
    memmap_add(&m, 5, 0);
    CHECK(m.n == 1);
}

TEST(memmap_removes_middle_ends_and_all)
{
    reset();
    memmap_add(&m, 0, 100);
    memmap_remove(&m, 40, 20);
    CHECK(m.n == 2 && is(0, 0, 40) && is(1, 60, 40));
    memmap_remove(&m, 30, 40);
    CHECK(m.n == 2 && is(0, 0, 30) && is(1, 70, 30));
    memmap_remove(&m, 0, 10);
    CHECK(is(0, 10, 20));
    memmap_remove(&m, 0, UINT64_MAX);
    CHECK(m.n == 0);
}

TEST(memmap_cuts_at_the_end_of_the_address_space)
{
    reset();
    memmap_add(&m, UINT64_MAX - 10000, UINT64_MAX);
    CHECK(is(0, UINT64_MAX - 10000, 10000));
    memmap_to_pages(&m);
    CHECK(m.n == 1 && m.range[0].base % PAGE_SIZE == 0 && m.range[0].len % PAGE_SIZE == 0);
    CHECK(!memmap_contains(&m, 10, UINT64_MAX));
}

TEST(memmap_shrinks_to_pages)
{
    reset();
    memmap_add(&m, 100, 5000);
    memmap_add(&m, 10000, 100);
    memmap_add(&m, 4 * PAGE_SIZE + 1, 3 * PAGE_SIZE);
    memmap_to_pages(&m);
    CHECK(m.n == 1 && is(0, 5 * PAGE_SIZE, 2 * PAGE_SIZE));
    CHECK(memmap_contains(&m, 5 * PAGE_SIZE, 2 * PAGE_SIZE));
    CHECK(!memmap_contains(&m, 5 * PAGE_SIZE, 2 * PAGE_SIZE + 1));
}

TEST(memmap_drops_what_has_no_room)
{
    reset();
    for (uint64_t i = 0; i < MEMMAP_RANGES_MAX + 10; i++)
        memmap_add(&m, i * 100, 10);
    CHECK(m.n == MEMMAP_RANGES_MAX && m.dropped == 10);
    memmap_remove(&m, 5, 2); /* no room for the second half: memory is lost, not invented */
    CHECK(!memmap_contains(&m, 5, 1) && memmap_contains(&m, 0, 5));
}
