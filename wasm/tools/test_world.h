/* One instance of one module, with all that it needs to run, for tests on Linux. */
#pragma once

#include "wasm/module.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { WORLD_STACK_BYTES = 256 * 1024 };

/* Type, function, memory (a page) and code section of `count` functions of one type; `put` makes
 * the body of each. */
static inline void world_functions(struct test_module *bytes, const char *type, uint32_t count,
                                   void (*put)(uint32_t n))
{
    tm_init(bytes);
    tm_section(bytes, 1);
    tm_u32(bytes, 1);
    tm_functype(bytes, type);
    tm_section_end(bytes);
    tm_section(bytes, 3);
    tm_u32(bytes, count);
    for (uint32_t n = 0; n < count; n++)
        tm_u32(bytes, 0);
    tm_section_end(bytes);
    tm_section(bytes, 5);
    TM(bytes, 1, 0, 1);
    tm_section_end(bytes);
    tm_section(bytes, 10);
    tm_u32(bytes, count);
    for (uint32_t n = 0; n < count; n++)
        put(n);
    tm_section_end(bytes);
}

struct world {
    struct wasm_module *module;
    struct wasm_store *store;
    struct wasm_thread *thread;
    struct wasm_instance *instance;
};

/* Of the module in `bytes`, compiled with the switches of jit/options.def that `switches` has as
 * bits; its imports come from `resolve`. 0 or the error; world_destroy in any case. */
static inline int world_create(struct world *w, struct linux_owner *owner,
                               const struct test_module *bytes, uint64_t switches,
                               wasm_resolve_fn resolve)
{
    struct wasm_error err;

    *w = (struct world){0};
    linux_host_catch_faults();
    int e = wasm_module_create(&linux_host, owner, bytes->bytes, bytes->len, &w->module, &err);
    if (!e)
        w->module->jit.set |= switches;
    e = e ? e : wasm_store_create(&linux_host, owner, &w->store);
    e = e ? e : wasm_thread_create(w->store, WORLD_STACK_BYTES, &w->thread);
    e = e ? e : wasm_instance_create(w->store, w->module, resolve, NULL, NULL, &w->instance, &err);
    linux_host_set_thread(w->thread);
    return e;
}

static inline void world_destroy(struct world *w)
{
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
    wasm_module_destroy(w->module);
}
