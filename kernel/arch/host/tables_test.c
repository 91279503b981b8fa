#include "kernel/arch/host/host.h"

#include "base/test.h"

#define BASE 0x123400000000ull

static uint64_t reported, runs, last_p;

static void report(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    reported += bytes;
    runs++;
    last_p = p;
}

static void clear(uintptr_t va, uint64_t bytes)
{
    reported = runs = 0;
    host_tables_clear(va, bytes, report, NULL);
}

TEST(host_tables_report_what_was_mapped)
{
    uintptr_t start, end;

    host_tables_set(BASE, 16 * MIB, 3 * MIB); /* 2 MiB and 256 pages */
    CHECK(host_tables_mapped(BASE) && host_tables_mapped(BASE + 3 * MIB - 1) &&
          !host_tables_mapped(BASE + 3 * MIB));
    host_tables_set(BASE + 64 * GIB, 64 * MIB, PAGE_SIZE);
    CHECK(host_tables_hull(BASE - 1 * GIB, 100 * GIB, &start, &end));
    CHECK(start == BASE && end == BASE + 64 * GIB + PAGE_SIZE);
    clear(BASE + 1 * MIB, PAGE_SIZE); /* out of the middle of 2 MiB */
    CHECK(reported == PAGE_SIZE && last_p == 17 * MIB);
    clear(BASE, 3 * MIB);
    CHECK(reported == 3 * MIB - PAGE_SIZE && runs == 2);
    clear(BASE - 1 * GIB, 100 * GIB);
    CHECK(reported == PAGE_SIZE && runs == 1 && last_p == 64 * MIB);
    CHECK(!host_tables_hull(BASE - 1 * GIB, 100 * GIB, &start, &end));
    host_tables_set(BASE, 32 * MIB, 2 * MIB); /* again, where tables were freed */
    clear(BASE, 2 * MIB);
    CHECK(reported == 2 * MIB && runs == 1);
}

TEST(host_ranges_join_what_is_given_back)
{
    struct host_range r;
    uintptr_t a[8];

    host_range_init(&r, BASE + 5, 8 * 64 * KIB + 64 * KIB, 64 * KIB);
    for (unsigned i = 0; i < 8; i++) {
        a[i] = host_range_take(&r, 10);
        CHECK(a[i] && a[i] % (64 * KIB) == 0);
    }
    CHECK(!host_range_take(&r, 1));
    for (unsigned i = 0; i < 8; i++)
        host_range_give(&r, a[i * 3 % 8], 10);
    CHECK(host_range_take(&r, 8 * 64 * KIB) == a[0]);
    host_range_give(&r, a[0], 8 * 64 * KIB);
    CHECK(host_range_take(&r, 9 * 64 * KIB) == 0);
    a[1] = host_range_take(&r, 8 * 64 * KIB);
    CHECK(a[1] == a[0]); /* whose last hole is left to the program's end */
}
