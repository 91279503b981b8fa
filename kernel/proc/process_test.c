#include "kernel/proc/process.h"

#include "base/test.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"

enum { MS = 1000 * 1000 };

/* The test's own root of the process tree. */
static struct process *root_create(void)
{
    struct process *p;
    int err = process_create(NULL, "root", &p);

    assert(!err);
    return p;
}

static struct process *child_create(struct process *parent, void (*fn)(void *), void *arg)
{
    struct process *p;
    struct thread *t;
    int err = process_create(parent, "child", &p);

    assert(!err);
    t = thread_create(p, "child", fn, arg);
    assert(t);
    return p;
}

static void exit_with(void *arg)
{
    process_exited(process_current(), (int)(uintptr_t)arg);
}

TEST(process_wait_reaps_children)
{
    struct process *root = root_create(), *a, *b;
    int status = -1, pid_a, pid_b;
    unsigned before = process_count();

    CHECK(process_wait(root, -1, false, &status) == -ECHILD);
    a = child_create(root, exit_with, (void *)(uintptr_t)7);
    pid_a = a->pid;
    CHECK(process_wait(root, pid_a + 1, false, &status) == -ECHILD);
    CHECK(process_wait(root, pid_a, false, &status) == pid_a && status == 7);
    CHECK(process_kill(pid_a, 0) == -ESRCH);
    b = child_create(root, exit_with, (void *)(uintptr_t)255);
    pid_b = b->pid;
    CHECK(pid_b != pid_a);
    CHECK(process_wait(root, -1, false, &status) == pid_b && status == 255);
    CHECK(process_count() == before);
    CHECK(process_kill(0, 0) == -ESRCH && process_kill(-5, 0) == -ESRCH &&
          process_kill(1 << 30, 0) == -ESRCH);
    process_discard(root);
}

static void sleep_until_killed(void *arg)
{
    int *result = arg;

    *result = thread_sleep_until(UINT64_MAX - 1);
    process_exited(process_current(), STATUS_KILLED);
}

TEST(process_kill_and_nohang)
{
    struct process *root = root_create(), *p;
    int result = 0, status = 0, pid;

    p = child_create(root, sleep_until_killed, &result);
    pid = p->pid;
    CHECK(process_wait(root, -1, true, &status) == -EAGAIN);
    CHECK(!process_kill(pid, 3));
    CHECK(process_wait(root, pid, false, &status) == pid && status == STATUS_KILLED);
    CHECK(result == -EINTR);
    process_discard(root);
}

TEST(process_time_limit)
{
    struct process *root = root_create(), *p;
    int result = 0, status = 0;
    uint64_t start_ns = arch_clock_ns();

    p = child_create(root, sleep_until_killed, &result);
    process_limit_time(p, 20 * MS, 3);
    CHECK(process_wait(root, -1, false, &status) > 0 && status == STATUS_KILLED);
    CHECK(arch_clock_ns() - start_ns >= 20 * MS && result == -EINTR);
    process_discard(root);
}

/* A thread that another one's end is to kill, while the process's time is up, too. */
static void be_revived(void *arg)
{
    int *pending = arg;
    struct thread *self = thread_current();

    thread_kill(self, 1);
    process_revive();
    __atomic_store_n(&pending[0], self->kill_pending, __ATOMIC_RELEASE);
    thread_kill(self, 1);
    while (!__atomic_load_n(&self->process->killed, __ATOMIC_RELAXED))
        thread_yield();
    process_revive();
    pending[1] = self->kill_pending;
    process_exited(process_current(), 0);
}

TEST(process_time_limit_while_another_thread_ends_it)
{
    struct process *root = root_create(), *p;
    int pending[2] = {-1, -1}, status = -1;

    p = child_create(root, be_revived, pending);
    while (__atomic_load_n(&pending[0], __ATOMIC_ACQUIRE) < 0)
        thread_yield();
    process_limit_time(p, 20 * MS, 3);
    CHECK(process_wait(root, -1, false, &status) > 0 && !status);
    CHECK(pending[0] == 0 && pending[1] == 1 + 3);
    process_discard(root);
}

/* ---- memory as a program sees it ---- */

struct touch {
    uint64_t bytes;
    bool ok;
};

static void touch_memory(void *arg)
{
    struct touch *t = arg;
    struct process *p = process_current();
    uintptr_t va = space_reserve(p->space, 8 * GIB);
    volatile uint8_t *m = (volatile uint8_t *)va;

    t->ok = va && !space_commit(p->space, va, t->bytes);
    for (uint64_t i = 0; t->ok && i < t->bytes; i += PAGE_SIZE) {
        t->ok = m[i] == 0 && m[i + PAGE_SIZE - 1] == 0;
        m[i] = (uint8_t)(i >> PAGE_SHIFT);
    }
    for (uint64_t i = 0; t->ok && i < t->bytes; i += PAGE_SIZE)
        t->ok = m[i] == (uint8_t)(i >> PAGE_SHIFT);
    process_exited(p, !t->ok);
}

TEST(process_memory_is_zero_filled_on_demand)
{
    struct process *root = root_create();
    struct touch small = {64 * KIB, false}, large = {7 * MIB, false};
    int status = -1;

    child_create(root, touch_memory, &large);
    CHECK(process_wait(root, -1, false, &status) > 0 && !status && large.ok);
    child_create(root, touch_memory,
                 &small); /* gets the other's frames, and must not see what was in them */
    CHECK(process_wait(root, -1, false, &status) > 0 && !status && small.ok);
    process_discard(root);
}

/* ---- orphans ---- */

static void be_parent(void *arg UNUSED)
{
    struct process *me = process_current();

    child_create(me, exit_with, NULL); /* maybe a zombie when we leave, maybe not yet */
    process_exited(me, 0);
}

TEST(process_orphans_are_reaped)
{
    unsigned before = process_count();
    struct process *root = root_create();
    int status;

    for (int i = 0; i < 50; i++) {
        child_create(root, be_parent, NULL);
        while (process_wait(root, -1, true, &status) != -ECHILD)
            thread_yield();
    }
    process_exited(root, 0); /* nobody waits for it: it frees itself */
    for (int i = 0; i < 1000 && process_count() > before; i++)
        thread_sleep_until(arch_clock_ns() + 1 * MS);
    CHECK(process_count() == before);
}

/* ---- nothing is lost ---- */

enum { PROCESSES = 1000 };

TEST(process_thousand_lives_lose_no_memory)
{
    struct process *root = root_create();
    struct frame_stats frames_before, frames_after;
    struct heap_stats heap_before, heap_after;
    struct touch t = {192 * KIB, false};
    unsigned wrong = 0;
    int status;

    heap_stats(&heap_before);
    kstack_cache_drop();
    frame_stats(&frames_before);
    for (unsigned i = 0; i < PROCESSES; i++) {
        child_create(root, i % 2 ? touch_memory : exit_with, i % 2 ? (void *)&t : NULL);
        wrong += process_wait(root, -1, false, &status) < 0 || status;
    }
    heap_stats(&heap_after);
    kstack_cache_drop();
    frame_stats(&frames_after);
    CHECK(!wrong);
    CHECK(heap_before.bytes == heap_after.bytes && heap_before.blocks == heap_after.blocks);
    CHECK(frames_before.free == frames_after.free &&
          frames_before.committed == frames_after.committed);
    process_discard(root);
}

TEST(process_foreground_is_the_newest_living_child)
{
    unsigned mode = 99;
    int pid = process_foreground(&mode);

    CHECK(pid == 0 || mode != 99); /* pid 1 may or may not exist here */
}

/* ---- many at once, some of them killed at any moment ---- */

enum { STORM_WIDTH = 48, STORM_ROUNDS = 6 };

static void wait_or_work(void *arg)
{
    uint64_t until = arch_clock_ns() + (uintptr_t)arg % 3 * MS;

    while (arch_clock_ns() < until && !thread_current()->kill_pending)
        thread_yield();
    if ((uintptr_t)arg % 2)
        thread_sleep_until(arch_clock_ns() + 1 * MS);
    process_exited(process_current(), 0);
}

TEST(process_storm_loses_no_memory)
{
    static struct touch t[STORM_WIDTH];
    struct process *root = root_create();
    struct frame_stats frames_before, frames_after;
    struct heap_stats heap_before, heap_after;
    unsigned wrong = 0;
    int status;

    for (unsigned i = 0; i < STORM_WIDTH; i++)
        t[i].bytes = 128 * KIB;
    heap_stats(&heap_before);
    kstack_cache_drop();
    frame_stats(&frames_before);
    for (unsigned round = 0; round < STORM_ROUNDS; round++) {
        for (uintptr_t i = 0; i < STORM_WIDTH; i++) {
            struct process *p = i % 4 ? child_create(root, wait_or_work, (void *)i)
                                      : child_create(root, touch_memory, &t[i]);
            if (i % 5 == 0)
                process_kill(p->pid, 3);
        }
        for (unsigned i = 0; i < STORM_WIDTH; i++)
            wrong += process_wait(root, -1, false, &status) < 0;
    }
    heap_stats(&heap_after);
    kstack_cache_drop();
    frame_stats(&frames_after);
    CHECK(!wrong);
    CHECK(heap_before.bytes == heap_after.bytes && heap_before.blocks == heap_after.blocks);
    CHECK(frames_before.free == frames_after.free &&
          frames_before.committed == frames_after.committed);
    process_discard(root);
}
