#include "kernel/mm/space.h"

#include "base/string.h"
#include "base/test.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

static struct frame_stats frames_before;
static struct heap_stats heap_before;

static void note(void)
{
    kstack_cache_drop();
    frame_stats(&frames_before);
    heap_stats(&heap_before);
}

static bool unchanged(void)
{
    struct frame_stats frames;
    struct heap_stats heap;

    kstack_cache_drop();
    frame_stats(&frames);
    heap_stats(&heap);
    return frames.free == frames_before.free && frames.committed == frames_before.committed &&
           heap.bytes == heap_before.bytes && heap.blocks == heap_before.blocks;
}

TEST(space_commits_only_what_was_reserved)
{
    struct space *s;
    uintptr_t va;

    note();
    CHECK(!space_create(&s));
    va = space_reserve(s, 8 * GIB);
    CHECK(va && va % (64 * KIB) == 0);
    CHECK(space_commit(s, va, 64 * KIB) == 0);
    CHECK(space_commit(s, va + 32 * KIB, 64 * KIB) == -EINVAL); /* committed already */
    CHECK(space_commit(s, va + 64 * KIB, 100) == -EINVAL);
    CHECK(space_commit(s, va + 8 * GIB - 4 * KIB, 8 * KIB) == -EINVAL);
    CHECK(space_commit(s, va + 64 * KIB, 0) == 0);
    CHECK(space_commit(s, va + 128 * KIB, 64 * KIB) == 0); /* a gap … */
    CHECK(space_commit(s, va + 64 * KIB, 64 * KIB) == 0);  /* … filled */
    CHECK(space_committed(s) == 192 * KIB);
    CHECK(space_fault(s, va) == 0 && space_fault(s, va + 192 * KIB - 1) == 0);
    CHECK(space_fault(s, va) == 0); /* there already */
    CHECK(space_fault(s, va + 192 * KIB) == -EFAULT && space_fault(s, va - 1) == -EFAULT);
    CHECK(space_fault(s, 0) == -EFAULT && space_fault(s, UINTPTR_MAX) == -EFAULT);
    space_release(s, va);
    CHECK(space_committed(s) == 0 && space_fault(s, va) == -EFAULT);
    CHECK(!space_reserve(s, 0) && !space_reserve(s, UINT64_MAX));
    space_destroy(s);
    CHECK(unchanged());
}

TEST(space_limits)
{
    struct frame_stats frames;
    struct space *s;
    uintptr_t va;

    note();
    CHECK(!space_create(&s));
    va = space_reserve(s, 8 * GIB);
    space_limit_set(s, 1 * MIB);
    CHECK(space_commit(s, va, 1 * MIB + 4 * KIB) == -ENOMEM);
    CHECK(space_commit(s, va, 1 * MIB) == 0);
    CHECK(space_commit(s, va + 1 * MIB, 4 * KIB) == -ENOMEM);
    space_limit_set(s, UINT64_MAX);
    frame_stats(&frames);
    CHECK(space_commit(s, va + 1 * MIB, align_down((frames.total + 1) * PAGE_SIZE, PAGE_SIZE)) ==
          -ENOMEM);
    CHECK(space_commit(s, va + 1 * MIB, 4 * KIB) == 0);
    space_destroy(s); /* with everything still reserved */
    CHECK(unchanged());
}

TEST(space_scattered_commits_and_faults)
{
    struct space *s;
    uintptr_t va;
    unsigned wrong = 0;

    note();
    CHECK(!space_create(&s));
    va = space_reserve(s, 64 * MIB);
    for (unsigned i = 0; i < 1024; i += 2) { /* every other page of 8 MiB, from both ends */
        unsigned at = i & 2 ? 1024 - i : i;
        wrong += space_commit(s, va + (uint64_t)at * 8 * KIB, 4 * KIB) != 0;
    }
    for (unsigned i = 0; i < 1024; i += 2) {
        wrong += space_fault(s, va + (uint64_t)i * 8 * KIB) != 0;
        wrong += space_fault(s, va + (uint64_t)i * 8 * KIB + 4 * KIB) != -EFAULT;
    }
    CHECK(!wrong);
    space_destroy(s);
    CHECK(unchanged());
}

TEST(kernel_stacks_and_code_areas_come_back)
{
    struct code_area a;
    void *stacks[8];

    note();
    for (unsigned i = 0; i < ARRAY_LEN(stacks); i++) {
        stacks[i] = kstack_alloc();
        CHECK(stacks[i]);
        memset(stacks[i], (int)i, KSTACK_SIZE);
    }
    for (unsigned i = 0; i < ARRAY_LEN(stacks); i++)
        kstack_free(stacks[i]);
    CHECK(!code_area_create(1 * MIB, &a));
    CHECK(!code_area_commit(&a, 64 * KIB, 20 * KIB) && !code_area_commit(&a, 0, 4 * KIB));
    CHECK(a.committed_bytes == 24 * KIB);
    CHECK(code_area_commit(&a, 1 * MIB, 4 * KIB) == -EINVAL &&
          code_area_commit(&a, 1, 4 * KIB) == -EINVAL);
    a.write[64 * KIB] = 0xb8; /* mov eax, 42; ret */
    a.write[64 * KIB + 1] = 42;
    memset(a.write + 64 * KIB + 2, 0, 3);
    a.write[64 * KIB + 5] = 0xc3;
    CHECK(a.exec[64 * KIB + 1] == 42 && a.exec[64 * KIB + 6] == 0xcc);
    CHECK(((int (*)(void))(uintptr_t)(a.exec + 64 * KIB))() == 42);
    code_area_destroy(&a);
    CHECK(unchanged());
}
