/* Compiling ahead, with a thread that helps: programs must not notice, whatever it is in the middle
 * of when they end, and whatever it fails at. */
#include "base/test.h"
#include "wasm/jit/code.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 256 * 1024, FUNCS = 300, FILL = 24, ROUNDS = 60, PATIENCE = 20000000 };

static struct linux_owner owner;
static struct test_module bytes;
static struct wasm_module *module;
static struct wasm_store *store;
static struct wasm_thread *thread;
static struct wasm_instance *instance;

/* f(x) = x ? next(x - 1) + 1 : 0, with much in between that comes to nothing: a chain of functions,
 * the last one without a next; all of them in a table. */
static void body(uint32_t n)
{
    tm_body(&bytes);
    TM(&bytes, 0, 0x20, 0, 0x45, 0x04, 0x7f, 0x41, 0); /* no locals; x == 0? 0 */
    for (unsigned i = 0; i < FILL; i++)
        TM(&bytes, 0x20, 0, 0x73, 0x20, 0, 0x73);
    TM(&bytes, 0x05);
    if (n + 1 < FUNCS) {
        TM(&bytes, 0x20, 0, 0x41, 1, 0x6b, 0x10);
        tm_u32(&bytes, n + 1);
    } else {
        TM(&bytes, 0x41, 0);
    }
    TM(&bytes, 0x41, 1, 0x6a, 0x0b, 0x0b);
    tm_body_end(&bytes);
}

static void build(void)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, 1);
    tm_functype(&bytes, "i:i");
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    tm_u32(&bytes, FUNCS);
    for (uint32_t i = 0; i < FUNCS; i++)
        tm_byte(&bytes, 0);
    tm_section_end(&bytes);
    tm_section(&bytes, 4);
    TM(&bytes, 1, 0x70, 0);
    tm_u32(&bytes, FUNCS);
    tm_section_end(&bytes);
    tm_section(&bytes, 9);
    TM(&bytes, 1, 0, 0x41, 0, 0x0b);
    tm_u32(&bytes, FUNCS);
    for (uint32_t i = 0; i < FUNCS; i++)
        tm_u32(&bytes, i);
    tm_section_end(&bytes);
    tm_section(&bytes, 10);
    tm_u32(&bytes, FUNCS);
    for (uint32_t i = 0; i < FUNCS; i++)
        body(i);
    tm_section_end(&bytes);
}

static int begin(void)
{
    if (!bytes.len)
        build();
    linux_host_catch_faults();
    int e = wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &module, NULL);
    e = e ? e : wasm_store_create(&linux_host, &owner, &store);
    e = e ? e : wasm_thread_create(store, STACK_BYTES, &thread);
    e = e ? e : wasm_instance_create(store, module, NULL, NULL, NULL, &instance, NULL);
    linux_host_set_thread(thread);
    return e;
}

static void end(void)
{
    linux_host_set_thread(NULL);
    wasm_store_destroy(store);
    wasm_module_destroy(module);
}

static uint32_t call(uint32_t func, uint32_t x)
{
    union wasm_value arg = {.i32 = x}, result = {0};
    int e = wasm_call(thread, instance, func, &arg, &result);
    return e ? UINT32_MAX : result.i32;
}

static uint32_t compiled(void)
{
    struct wasm_code_stats stats;
    wasm_module_code_stats(module, &stats);
    return stats.compiled;
}

TEST(ahead_compiles_without_being_called)
{
    CHECK(linux_helper_start(&owner));
    CHECK(!begin());
    CHECK(call(0, 1) == 1);
    for (unsigned i = 0; i < PATIENCE && compiled() < FUNCS; i++)
        if (i % 1024 == 0)
            CHECK(call(FUNCS - 1, 1) == 1); /* nothing new: may not disturb */
    CHECK(compiled() == FUNCS);
    CHECK(call(0, FUNCS) == FUNCS);
    CHECK(compiled() == FUNCS);
    end();
    linux_helper_stop(&owner);
    CHECK(linux_owner_clean(&owner));
}

TEST(ahead_and_callers_meet)
{
    CHECK(linux_helper_start(&owner));
    for (unsigned round = 0; round < ROUNDS; round++) {
        CHECK(!begin());
        CHECK(call(0, FUNCS) == FUNCS);
        CHECK(compiled() == FUNCS);
        struct wasm_compiled_seen seen = {{0}};
        struct wasm_compiled c;
        uint32_t n = 0;
        while (wasm_module_compiled(module, &seen, &c)) {
            CHECK(c.func < FUNCS && wasm_pc_is_code(thread, (uint64_t)(uintptr_t)c.code));
            n++;
        }
        CHECK(n >= FUNCS);
        for (uint32_t i = 0; i < FUNCS; i++)
            CHECK(code_body_of(module, i)->func == i);
        end();
    }
    linux_helper_stop(&owner);
    CHECK(linux_owner_clean(&owner));
}

TEST(ahead_stops_with_the_module)
{
    CHECK(linux_helper_start(&owner));
    for (unsigned round = 0; round < ROUNDS; round++) {
        CHECK(!begin());
        CHECK(call(round % FUNCS, round % 7) == round % 7);
        end();
        CHECK(linux_owner_clean(&owner));
    }
    linux_helper_stop(&owner);
}

TEST(ahead_fails_in_silence)
{
    CHECK(linux_helper_start(&owner));
    for (unsigned round = 0; round < ROUNDS; round++) {
        CHECK(!begin());
        __atomic_store_n(&owner.helper_fails, round % 2 == 0, __ATOMIC_RELAXED);
        CHECK(call(0, round) == round);
        __atomic_store_n(&owner.helper_fails, true, __ATOMIC_RELAXED);
        CHECK(call(0, FUNCS) == FUNCS);
        end();
        CHECK(linux_owner_clean(&owner));
        __atomic_store_n(&owner.helper_fails, false, __ATOMIC_RELAXED);
    }
    linux_helper_stop(&owner);
}

TEST(ahead_serves_compile_all)
{
    CHECK(linux_helper_start(&owner));
    CHECK(!begin());
    CHECK(!wasm_module_compile_all(module));
    CHECK(compiled() == FUNCS && call(0, FUNCS) == FUNCS);
    end();
    linux_helper_stop(&owner);
    CHECK(linux_owner_clean(&owner));
}
