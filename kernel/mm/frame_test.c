#include "kernel/mm/frame.h"

#include "base/string.h"
#include "base/test.h"

enum { BLOCKS = 64 };

static struct frame_stats before;

static bool unchanged(void)
{
    struct frame_stats now;

    frame_stats(&now);
    return now.total == before.total && now.free == before.free &&
           now.committed == before.committed;
}

TEST(frames_are_aligned_and_apart)
{
    paddr_t blocks[BLOCKS];
    unsigned n = 0, wrong = 0;

    frame_stats(&before);
    for (unsigned i = 0; i < BLOCKS; i++) {
        unsigned order = i % (FRAME_ORDER_MAX - 3);
        blocks[n] = frame_alloc(order);
        if (blocks[n] == PADDR_NONE)
            break;
        CHECK(blocks[n] % (PAGE_SIZE << order) == 0);
        memset(arch_direct(blocks[n]), (int)(i + 1), PAGE_SIZE << order);
        n++;
    }
    for (unsigned i = 0; i < n; i++) {
        unsigned order = i % (FRAME_ORDER_MAX - 3);
        const unsigned char *bytes = arch_direct(blocks[i]);
        wrong += bytes[0] != i + 1 || bytes[(PAGE_SIZE << order) - 1] != i + 1;
        frame_free(blocks[i], order);
    }
    CHECK(!wrong && unchanged());
}

TEST(frames_merge_again)
{
    paddr_t large = frame_alloc(FRAME_ORDER_MAX - 1), small[1 << 4];

    CHECK(large != PADDR_NONE);
    frame_free(large, FRAME_ORDER_MAX - 1);
    frame_stats(&before);
    for (unsigned i = 0; i < ARRAY_LEN(small); i++)
        small[i] = frame_alloc(0);
    for (unsigned i = 0; i < ARRAY_LEN(small); i++)
        frame_free(small[i ^ 5], 0);
    large = frame_alloc(FRAME_ORDER_MAX - 1);
    CHECK(large != PADDR_NONE);
    frame_free(large, FRAME_ORDER_MAX - 1);
    CHECK(unchanged());
}

TEST(frame_commitments_cannot_be_exceeded)
{
    uint64_t room;
    paddr_t p;

    frame_stats(&before);
    room = before.total - before.committed;
    CHECK(frame_commit(room + 1) == -ENOMEM);
    CHECK(frame_commit(UINT64_MAX) == -ENOMEM);
    CHECK(!frame_commit(room));
    CHECK(frame_alloc(0) == PADDR_NONE); /* all is promised */
    p = frame_alloc_committed(0);
    CHECK(p != PADDR_NONE);
    frame_free_committed(p, 0);
    frame_uncommit(room);
    CHECK(unchanged());
}

TEST(frame_runs_of_any_length)
{
    frame_stats(&before);
    for (uint64_t pages = 1; pages <= 1 << FRAME_ORDER_MAX; pages += 61) {
        struct frame_stats now;
        paddr_t p = frame_alloc_run(pages);
        if (p == PADDR_NONE)
            continue;
        frame_stats(&now);
        CHECK(before.free - now.free == pages && now.committed - before.committed == pages);
        frame_free_run(p + PAGE_SIZE, pages - 1, false); /* in two pieces */
        frame_free_run(p, 1, false);
    }
    CHECK(frame_alloc_run((1 << FRAME_ORDER_MAX) + 1) == PADDR_NONE &&
          frame_alloc_run(0) == PADDR_NONE);
    CHECK(unchanged());
}
