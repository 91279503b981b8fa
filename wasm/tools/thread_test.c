/* One shared memory and one module, several threads, each with a store of its own. */
#include "base/test.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 64 * 1024, THREADS = 4, ROUNDS = 5000, GROWS = 8, MAX_PAGES = 40 };

static struct linux_owner owner;
static struct test_module bytes;

static void code(const uint8_t *at, size_t n)
{
    tm_body(&bytes);
    tm_byte(&bytes, 0); /* no locals */
    tm_bytes(&bytes, at, n);
    tm_byte(&bytes, 0x0b);
    tm_body_end(&bytes);
}
#define CODE(...) code((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* Imports "e" "m" with these limits; functions: add(n) at address 0, grow() by a page, wait(),
 * which is until address 8 is notified, and wake(). */
enum func { ADD, GROW, WAIT, WAKE, FUNCS };

static void build(const uint8_t limits[3])
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 2);
    tm_functype(&bytes, "i:i");
    tm_functype(&bytes, ":i");
    tm_section_end(&bytes);
    tm_section(&bytes, 2);
    TM(&bytes, 1, 1, 'e', 1, 'm', 2);
    tm_bytes(&bytes, limits, 3);
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    TM(&bytes, FUNCS, 0, 1, 1, 1);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, FUNCS);
    CODE(0x41, 0, 0x20, 0, 0xfe, 0x1e, 2, 0);
    CODE(0x41, 1, 0x40, 0);
    CODE(0x41, 8, 0x41, 0, 0x42, 0x7f, 0xfe, 1, 2, 0);
    CODE(0x41, 0, 0x41, 0x7f, 0xfe, 0, 2, 8);
    tm_section_end(&bytes);
}

static int resolve(void *arg, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    *out = (struct wasm_extern){.kind = import->kind, .memory = arg};
    return 0;
}

struct worker {
    struct wasm_module *module;
    struct ctx_memory *memory;
    struct linux_thread *thread;
    struct wasm_store *store;
    struct wasm_thread *stack;
    struct wasm_instance *instance;
    int err, grown;
    bool done;
};

static uint32_t call(struct worker *w, enum func func, uint32_t argument)
{
    union wasm_value arg = {.i32 = argument}, result = {0};

    w->err = w->err ? w->err : wasm_call(w->stack, w->instance, func, &arg, &result);
    return result.i32;
}

static int worker_create(struct worker *w)
{
    int e = wasm_store_create(&linux_host, &owner, &w->store);

    e = e ? e : wasm_thread_create(w->store, STACK_BYTES, &w->stack);
    return e ? e
             : wasm_instance_create(w->store, w->module, resolve, w->memory, NULL, &w->instance,
                                    NULL);
}

static void work(void *arg)
{
    struct worker *w = arg;

    w->err = worker_create(w);
    linux_host_set_thread(w->stack);
    for (unsigned i = 0; i < ROUNDS && !w->err; i++) {
        call(w, ADD, 1);
        if (i % (ROUNDS / GROWS) == 0)
            w->grown += (int32_t)call(w, GROW, 0) >= 0;
        call(w, WAKE, 0);
    }
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
}

static void sleep_once(void *arg)
{
    struct worker *w = arg;

    w->err = worker_create(w);
    linux_host_set_thread(w->stack);
    if (call(w, WAIT, 0) != 0)
        w->err = w->err ? w->err : -EINVAL;
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
    __atomic_store_n(&w->done, true, __ATOMIC_RELEASE);
}

static struct wasm_module *module_create(const uint8_t limits[3])
{
    struct wasm_module *m = NULL;
    int e;

    build(limits);
    e = wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &m, NULL);
    assert(!e);
    return m;
}

TEST(threads_share_a_memory_and_code)
{
    struct wasm_module *m = module_create((const uint8_t[]){3, 1, MAX_PAGES});
    struct worker workers[THREADS + 1] = {{0}};
    struct ctx_memory *memory;
    int grown = 0;

    linux_host_catch_faults();
    CHECK(!wasm_shared_memory_create(&linux_host, &owner, 1, MAX_PAGES, &memory));
    for (unsigned i = 0; i <= THREADS; i++) {
        workers[i].module = m;
        workers[i].memory = memory;
        workers[i].thread = linux_thread_start(i < THREADS ? work : sleep_once, &workers[i]);
        CHECK(workers[i].thread);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        linux_thread_join(workers[i].thread);
        CHECK(!workers[i].err);
        grown += workers[i].grown;
    }
    struct worker w = {.module = m, .memory = memory};
    CHECK(!worker_create(&w));
    while (!__atomic_load_n(&workers[THREADS].done, __ATOMIC_ACQUIRE)) /* it may come late */
        call(&w, WAKE, 0);
    linux_thread_join(workers[THREADS].thread);
    CHECK(call(&w, ADD, 0) == THREADS * ROUNDS);
    CHECK(wasm_memory_size(w.instance, 0) == (1 + (uint64_t)grown) * 65536);
    CHECK(grown == (THREADS * GROWS < MAX_PAGES - 1 ? THREADS * GROWS : MAX_PAGES - 1));
    wasm_store_destroy(w.store);
    CHECK(!workers[THREADS].err);
    wasm_module_destroy(m);
    wasm_shared_memory_put(memory);
    CHECK(linux_owner_clean(&owner));
}

static int import_error(const uint8_t limits[3])
{
    struct worker w = {.module = module_create(limits)};
    int e;

    e = wasm_shared_memory_create(&linux_host, &owner, 2, 5, &w.memory);
    assert(!e);
    e = worker_create(&w);
    wasm_store_destroy(w.store);
    wasm_module_destroy(w.module);
    wasm_shared_memory_put(w.memory);
    return linux_owner_clean(&owner) ? e : -EIO;
}

TEST(threads_import_what_fits)
{
    CHECK(import_error((const uint8_t[]){3, 2, 5}) == 0);
    CHECK(import_error((const uint8_t[]){3, 1, 9}) == 0);
    CHECK(import_error((const uint8_t[]){3, 3, 9}) == -EINVAL); /* too small */
    CHECK(import_error((const uint8_t[]){3, 2, 4}) == -EINVAL); /* may grow too far */
    CHECK(import_error((const uint8_t[]){1, 2, 5}) == -EINVAL); /* not shared */
}

TEST(threads_memory_failing_at_each_allocation)
{
    struct ctx_memory *memory = NULL;
    unsigned n = 1;

    for (;; n++) {
        owner.fail_after = n;
        int e = wasm_shared_memory_create(&linux_host, &owner, 1, 2, &memory);
        owner.fail_after = 0;
        if (!e)
            break;
        CHECK(e == -ENOMEM && linux_owner_clean(&owner));
    }
    CHECK(n > 3);
    wasm_shared_memory_put(memory);
    CHECK(linux_owner_clean(&owner));
}
