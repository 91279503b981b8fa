/* The engine's door out: memory of the kernel heap, of the process's address space, and for machine
 * code. */
#include "kernel/mm/frame.h"
#include "kernel/mm/heap.h"
#include "kernel/run/exec.h"

static struct space *space_of(void *owner)
{
    return ((struct running *)owner)->program.process->space;
}

static void *host_alloc(void *owner, size_t bytes)
{
    return run__help_may_take(owner, bytes) ? kalloc(bytes) : NULL;
}
static void host_free(void *owner UNUSED, void *p, size_t bytes)
{
    kfree(p, bytes);
}

static void *host_reserve(void *owner, size_t bytes)
{
    return (void *)space_reserve(space_of(owner), bytes);
}

static int host_commit(void *owner, void *p, size_t bytes)
{
    if (bytes / PAGE_SIZE > frame_spare())
        return -ENOMEM;
    return space_commit(space_of(owner), (uintptr_t)p, bytes) ? -ENOMEM : 0;
}

static void host_release(void *owner, void *p, size_t bytes UNUSED)
{
    space_release(space_of(owner), (uintptr_t)p);
}

static int host_code_reserve(void *owner UNUSED, size_t bytes, struct wasm_code_range *out)
{
    struct code_area *a = KNEW(struct code_area);
    if (!a)
        return -ENOMEM;
    if (code_area_create(bytes, a)) {
        kfree(a, sizeof(*a));
        return -ENOMEM;
    }
    *out = (struct wasm_code_range){a->exec, a->write, bytes, a};
    return 0;
}

static int host_code_commit(void *owner, struct wasm_code_range *r, size_t offset, size_t bytes)
{
    if (!run__help_may_take(owner, bytes))
        return -ENOMEM;
    return code_area_commit(r->host_private, offset, bytes) ? -ENOMEM : 0;
}

static void host_code_release(void *owner UNUSED, struct wasm_code_range *r)
{
    code_area_destroy(r->host_private);
    kfree(r->host_private, sizeof(struct code_area));
    *r = (struct wasm_code_range){0};
}

static void host_lock(void *owner, bool take)
{
    struct running *r = owner;
    if (take) {
        mutex_lock(&r->compile);
        r->compile_ns = thread_cpu_ns();
        return;
    }
    run__code_count(r, r->compile_ns);
    run__code_note(r);
    mutex_unlock(&r->compile);
}

const struct wasm_host run__host = {
    .alloc = host_alloc,
    .free = host_free,
    .reserve = host_reserve,
    .commit = host_commit,
    .release = host_release,
    .code_reserve = host_code_reserve,
    .code_commit = host_code_commit,
    .code_release = host_code_release,
    .lock = host_lock,
    .wait = run__wait,
    .notify = run__notify,
    .help = run__help,
};
