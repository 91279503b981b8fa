/* Machine code: the same frames mapped twice, executable in one place and writable in another. */
#include "base/string.h"
#include "kernel/mm/frame.h"
#include "kernel/mm/space.h"

enum { RESERVE_ALIGN = 64 * 1024 };

int code_area_create(uint64_t bytes, struct code_area *out)
{
    *out = (struct code_area){.len = align_up(bytes, RESERVE_ALIGN)};
    if (!bytes || out->len < bytes)
        return -EINVAL;
    out->exec = (uint8_t *)arch_reserve_code(out->len);
    if (!out->exec)
        return -ENOMEM;
    out->write = (uint8_t *)arch_reserve(NULL, out->len);
    if (!out->write) {
        arch_unreserve(NULL, (uintptr_t)out->exec, out->len);
        return -ENOMEM;
    }
    return 0;
}

static void keep_frames(void *arg UNUSED, paddr_t p UNUSED, uint64_t bytes UNUSED) {}

static void free_frames(void *arg UNUSED, paddr_t p, uint64_t bytes)
{
    frame_free_run(p, bytes / PAGE_SIZE, false);
}

/* Gaps are fine. The executable view goes first: no frame is free while it can be executed. */
static void unmap(struct code_area *a, uint64_t offset, uint64_t bytes)
{
    arch_unmap(NULL, (uintptr_t)a->exec + offset, bytes, keep_frames, NULL);
    arch_unmap(NULL, (uintptr_t)a->write + offset, bytes, free_frames, NULL);
}

static int map_both(struct code_area *a, uint64_t offset, paddr_t p, uint64_t bytes)
{
    int err;

    memset(arch_direct(p), 0xcc, bytes); /* int3: a stray jump is an invalid opcode, not a slide */
    err = arch_map(NULL, (uintptr_t)a->write + offset, p, bytes, ARCH_READ | ARCH_WRITE);
    if (err)
        return err;
    err = arch_map(NULL, (uintptr_t)a->exec + offset, p, bytes, ARCH_READ | ARCH_EXEC);
    if (err)
        arch_unmap(NULL, (uintptr_t)a->write + offset, bytes, keep_frames, NULL);
    return err;
}

/* The largest block of frames that starts at `offset`, stays naturally aligned and below `end`. */
static unsigned block_order(uint64_t offset, uint64_t end)
{
    unsigned order = 0;

    while (order < FRAME_ORDER_MAX && !(offset & (PAGE_SIZE << order)) &&
           offset + (PAGE_SIZE << (order + 1)) <= end)
        order++;
    return order;
}

int code_area_commit(struct code_area *a, uint64_t offset, uint64_t bytes)
{
    uint64_t at = offset, end = offset + bytes;
    int err = -ENOMEM;

    if (offset % PAGE_SIZE || bytes % PAGE_SIZE || offset > a->len || bytes > a->len - offset)
        return -EINVAL;
    while (at < end) {
        unsigned order = block_order(at, end);
        paddr_t p = frame_alloc(order);
        while (p == PADDR_NONE && order)
            p = frame_alloc(--order);
        if (p == PADDR_NONE)
            goto fail;
        err = map_both(a, at, p, PAGE_SIZE << order);
        if (err) {
            frame_free(p, order);
            goto fail;
        }
        at += PAGE_SIZE << order;
    }
    a->committed_bytes += bytes;
    return 0;
fail:
    unmap(a, offset, at - offset);
    return err;
}

void code_area_destroy(struct code_area *a)
{
    unmap(a, 0, a->len);
    arch_unreserve(NULL, (uintptr_t)a->write, a->len);
    arch_unreserve(NULL, (uintptr_t)a->exec, a->len);
    *a = (struct code_area){0};
}
