#include "kernel/sys/sys.h"

#include "base/string.h"
#include "kernel/mm/heap.h"
#include "kernel/sys/envheap.h"

int (*sys_thread_spawn)(struct program *p, uint32_t argument);

void program_init(struct program *p, struct process *process)
{
    *p = (struct program){.process = process};
    mutex_init(&p->out.lock);
    mutex_init(&p->heap_lock);
    list_init(&p->out.link);
    random_fill(&process->rng_state, sizeof(process->rng_state));
}

void program_attach(struct program *p, struct wasm_instance *i)
{
    uint32_t index;
    p->instance = i;
    p->memory = wasm_instance_export(i, "memory", 6, WASM_MEMORY, &index) == 0 ? index : 0;
    p->initial_bytes = wasm_memory_size(i, p->memory);
}

void program_fini(struct program *p)
{
    program_flush(p);
    putchar_forget(p);
    env_heap_destroy(p->heap);
    p->heap = NULL;
}

void sys_kill_check(struct wasm_instance *i)
{
    int pending = thread_current()->kill_pending;
    if (UNLIKELY(pending))
        wasm_trap(i, (enum wasm_trap)(pending - 1));
}

int32_t sys_result(struct wasm_instance *i, int64_t result)
{
    sys_kill_check(i);
    assert(result > -1000);
    return result < 0 ? (int32_t)-result : 0;
}

int strings_copy(const char *bytes, size_t len, struct string_list *out)
{
    *out = (struct string_list){0};
    if (len > STRINGS_MAX_BYTES)
        return -E2BIG;
    if (!len)
        return 0;
    char *copy = kalloc(len);
    if (!copy)
        return -ENOMEM;
    memcpy(copy, bytes, len);
    uint32_t count = 0;
    for (size_t n = 0; n < len; n++)
        count += !copy[n];
    int err = copy[len - 1] ? -EINVAL : count > STRINGS_MAX_COUNT ? -E2BIG : 0;
    if (err) {
        kfree(copy, len);
        return err;
    }
    *out = (struct string_list){copy, count, (uint32_t)len};
    return 0;
}

void strings_free(struct string_list *l)
{
    kfree(l->bytes, l->len_bytes);
    *l = (struct string_list){0};
}
