#include "kernel/mm/heap.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/mm/frame.h"

enum { SLOTS = 300, STEPS = 20000 };

struct slot {
    unsigned char *p;
    size_t bytes;
    unsigned char mark;
};

static struct slot slots[SLOTS];

static bool filled_with(const unsigned char *p, size_t bytes, unsigned char c)
{
    for (size_t i = 0; i < bytes; i++)
        if (p[i] != c)
            return false;
    return true;
}

TEST(heap_blocks_are_zeroed_aligned_apart_and_all_come_back)
{
    struct heap_stats before, after;
    struct frame_stats frames_before, frames_after;
    uint32_t seed = 3;
    unsigned wrong = 0;

    heap_stats(&before);
    frame_stats(&frames_before);
    for (unsigned step = 0; step < STEPS; step++) {
        struct slot *s;
        seed = seed * 1664525u + 1013904223u;
        s = &slots[(seed >> 8) % SLOTS];
        if (s->p) {
            wrong += !filled_with(s->p, s->bytes, s->mark);
            kfree(s->p, s->bytes);
            s->p = NULL;
            continue;
        }
        s->bytes = (seed >> 16) % (step % 50 ? 600 : 9000) + 1;
        s->p = kalloc(s->bytes);
        wrong += !s->p || (uintptr_t)s->p % (s->bytes >= PAGE_SIZE ? PAGE_SIZE : 16) ||
                 !filled_with(s->p, s->bytes, 0);
        s->mark = (unsigned char)step;
        memset(s->p, s->mark, s->bytes);
    }
    for (unsigned i = 0; i < SLOTS; i++) {
        kfree(slots[i].p, slots[i].bytes);
        slots[i].p = NULL;
    }
    heap_stats(&after);
    frame_stats(&frames_after);
    CHECK(!wrong);
    CHECK(before.bytes == after.bytes && before.blocks == after.blocks);
    CHECK(frames_before.free == frames_after.free &&
          frames_before.committed == frames_after.committed);
}

TEST(heap_blocks_beyond_the_largest_run_of_frames)
{
    struct frame_stats before, after;
    size_t bytes = 5 * MIB + 123;
    unsigned char *p;

    frame_stats(&before);
    p = kalloc(bytes);
    CHECK(p && (uintptr_t)p % PAGE_SIZE == 0);
    if (!p)
        return;
    CHECK(!p[0] && !p[bytes / 2] && !p[bytes - 1]);
    memset(p, 0x77, bytes);
    kfree(p, bytes);
    frame_stats(&after);
    CHECK(before.free == after.free && before.committed == after.committed);
}

TEST(heap_refuses_the_absurd)
{
    CHECK(!kalloc(SIZE_MAX) && !kalloc(SIZE_MAX / 2) && !kalloc(1ull << 50));
    kfree(NULL, 10);
    kfree(kalloc(0), 0);
}
