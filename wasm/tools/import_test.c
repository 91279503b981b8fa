/* Calls of host functions: directly, where they return to the caller themselves, and through a
 * table. C takes eight integers partly on its stack, a 32-bit result may come with an upper half,
 * and memory 0's base is there again behind each call. */
#include "base/test.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum {
    HOST_EIGHT, /* (8 i32) -> i32, imported */
    HOST_DIRTY, /* () -> i32, imported */
    HOST_FLOAT, /* (f64, i32) -> f64, imported */
    EIGHT,      /* () -> i64: the sum of a call and an indirect call of the first */
    DIRTY,      /* () -> i64: the second's result, extended, directly and through the table */
    FLOAT,      /* () -> f64 */
    FUNCS,
    IMPORTS = EIGHT,
    PARAMS = 8,
    AT = 16,   /* in memory */
    THERE = 7, /* what is in memory at AT */
};

static struct linux_owner owner;
static struct test_module bytes;

static uint32_t host_eight(struct wasm_instance *i UNUSED, uint32_t a, uint32_t b, uint32_t c,
                           uint32_t d, uint32_t e, uint32_t f, uint32_t g, uint32_t h)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

static uint64_t host_dirty(struct wasm_instance *i UNUSED)
{
    return 0xdeadbeef00000000 | AT;
}

static double host_float(struct wasm_instance *i UNUSED, double x, uint32_t y)
{
    return x * y;
}

static int resolve(void *arg UNUSED, const struct wasm_import_desc *d, uint32_t index,
                   struct wasm_extern *out)
{
    static void (*const functions[IMPORTS])(void) = {
        (void (*)(void))host_eight, (void (*)(void))host_dirty, (void (*)(void))host_float};
    *out = (struct wasm_extern){
        .kind = WASM_FUNC, .host_func = functions[index], .host_type = d->type};
    return 0;
}

/* f's parameters, and a call of it: by number or by its place in the table. */
static void body_call(struct test_module *t, unsigned f, bool indirect)
{
    for (unsigned k = 0; f == HOST_EIGHT && k < PARAMS; k++)
        TM(t, 0x41, k + 1);
    if (f == HOST_FLOAT)
        TM(t, 0x41, 3, 0xb7, 0x41, 5);
    if (indirect)
        TM(t, 0x41, f, 0x11, f, 0);
    else
        TM(t, 0x10, f);
}

static void build(struct test_module *t)
{
    tm_init(t);
    tm_section(t, 1);
    TM(t, 5);
    tm_functype(t, "iiiiiiii:i");
    tm_functype(t, ":i");
    tm_functype(t, "Fi:F");
    tm_functype(t, ":I");
    tm_functype(t, ":F");
    tm_section_end(t);
    tm_section(t, 2);
    TM(t, 3, 1, 'h', 1, 'e', 0, 0, 1, 'h', 1, 'd', 0, 1, 1, 'h', 1, 'f', 0, 2);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 3, 3, 3, 4);
    tm_section_end(t);
    tm_section(t, 4);
    TM(t, 1, 0x70, 0, IMPORTS);
    tm_section_end(t);
    tm_section(t, 5);
    TM(t, 1, 0, 1);
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 0, 0x41, 0, 0x0b, IMPORTS, 0, 1, 2);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, FUNCS - IMPORTS);
    for (unsigned f = 0; f < IMPORTS; f++) {
        tm_body(t);
        TM(t, 0, 0x41, AT, 0x41, THERE, 0x36, 2, 0); /* i32.store */
        body_call(t, f, false);
        if (f == HOST_DIRTY)
            TM(t, 0x28, 2, 0); /* i32.load of what it is */
        if (f != HOST_FLOAT)
            TM(t, 0xad);
        body_call(t, f, true);
        if (f != HOST_FLOAT)
            TM(t, 0xad);
        TM(t, f == HOST_FLOAT ? 0xa0 : 0x7c, 0x0b);
        tm_body_end(t);
    }
    tm_section_end(t);
}

TEST(import_calls_of_host_functions)
{
    struct wasm_error err;
    struct wasm_module *m;
    struct wasm_store *s;
    struct wasm_instance *i;
    struct wasm_thread *thread;
    union wasm_value out;
    build(&bytes);
    CHECK(wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &m, &err) == 0);
    CHECK(wasm_store_create(&linux_host, &owner, &s) == 0);
    CHECK(wasm_thread_create(s, 65536, &thread) == 0);
    CHECK(wasm_instance_create(s, m, resolve, NULL, NULL, &i, &err) == 0);
    linux_host_catch_faults();
    linux_host_set_thread(thread);
    CHECK(wasm_call(thread, i, EIGHT, NULL, &out) == 0);
    CHECK(out.i64 == 2 * (1 + 4 + 9 + 16 + 25 + 36 + 49 + 64));
    CHECK(wasm_call(thread, i, DIRTY, NULL, &out) == 0 && out.i64 == THERE + AT);
    CHECK(wasm_call(thread, i, FLOAT, NULL, &out) == 0 && out.f64_bits == 0x403e000000000000);
    linux_host_set_thread(NULL);
    wasm_store_destroy(s);
    wasm_module_destroy(m);
    CHECK(linux_owner_clean(&owner));
}
