/* Compiled code on the Linux host: calls in and out, traps with their place, exits, interrupts,
 * memory that runs out at any moment. What instructions compute is the specification's scripts'
 * business (spec.c). */
#include "base/test.h"
#include "wasm/tools/test_world.h"

enum { INTERRUPT_MS = 20 };

static struct linux_owner owner;
static struct test_module bytes;

/* The functions of the module, in the order of their indices; 0 and 1 are imported. */
enum func {
    HOST_ADD,   /* (i32, i64, f64, f32) -> i64 */
    HOST_LEAVE, /* (i32) -> (): exits with the status, or traps if it is negative */
    CALL_HOST,  /* () -> i64 */
    LEAVE,      /* (i32) -> () */
    DIVIDE,     /* (i32, i32) -> i32 */
    LOAD,       /* (i32) -> i32 */
    INDIRECT,   /* (i32) -> i32: calls element, of type () -> i32 */
    FOREVER,    /* () -> () */
    RECURSE,    /* () -> () */
    GROW,       /* (i32) -> i32 */
    GROW_TABLE, /* (i32) -> i32 */
    SEVEN,      /* () -> i32; element 1 */
    NOTHING,    /* () -> (); element 2 */
    NESTED,     /* (i32, i32) -> i32: calls DIVIDE */
    FUNCS
};

static const char *const signatures[FUNCS] = {
    [HOST_ADD] = "iIFf:I", [HOST_LEAVE] = "i:", [CALL_HOST] = ":I",   [LEAVE] = "i:",
    [DIVIDE] = "ii:i",     [LOAD] = "i:i",      [INDIRECT] = "i:i",   [FOREVER] = ":",
    [RECURSE] = ":",       [GROW] = "i:i",      [GROW_TABLE] = "i:i", [SEVEN] = ":i",
    [NOTHING] = ":",       [NESTED] = "ii:i",
};

static void code(const uint8_t *at, size_t n)
{
    tm_body(&bytes);
    tm_byte(&bytes, 0); /* no locals */
    tm_bytes(&bytes, at, n);
    tm_byte(&bytes, 0x0b);
    tm_body_end(&bytes);
}

#define CODE(...) code((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static void build_code(void)
{
    tm_section(&bytes, 10);
    tm_u32(&bytes, FUNCS - CALL_HOST);
    CODE(0x41, 0x7f, 0x42, 5, 0x44, 0, 0, 0, 0, 0, 0, 0x24, 0x40, /* f64 10 */
         0x43, 0, 0, 0x80, 0x3f, 0x10, HOST_ADD);                 /* f32 1 */
    CODE(0x20, 0, 0x10, HOST_LEAVE);
    CODE(0x20, 0, 0x20, 1, 0x6d);
    CODE(0x20, 0, 0x28, 2, 0);
    CODE(0x20, 0, 0x11, SEVEN, 0);
    CODE(0x03, 0x40, 0x0c, 0, 0x0b);
    CODE(0x10, RECURSE);
    CODE(0x20, 0, 0x40, 0);
    CODE(0xd0, 0x70, 0x20, 0, 0xfc, 15, 0);
    CODE(0x41, 7);
    CODE(0x01);
    CODE(0x20, 0, 0x20, 1, 0x10, DIVIDE);
    tm_section_end(&bytes);
}

static void build(void)
{
    tm_init(&bytes);
    tm_section(&bytes, 1);
    tm_u32(&bytes, FUNCS);
    for (unsigned f = 0; f < FUNCS; f++)
        tm_functype(&bytes, signatures[f]);
    tm_section_end(&bytes);
    tm_section(&bytes, 2);
    TM(&bytes, 2, 1, 'h', 3, 'a', 'd', 'd', 0, HOST_ADD, 1, 'h', 5, 'l', 'e', 'a', 'v', 'e', 0,
       HOST_LEAVE);
    tm_section_end(&bytes);
    tm_section(&bytes, 3);
    tm_u32(&bytes, FUNCS - CALL_HOST);
    for (unsigned f = CALL_HOST; f < FUNCS; f++)
        tm_u32(&bytes, f);
    tm_section_end(&bytes);
    tm_section(&bytes, 4);
    TM(&bytes, 1, 0x70, 1, 4, 100);
    tm_section_end(&bytes);
    tm_section(&bytes, 5);
    TM(&bytes, 1, 1, 1, 10);
    tm_section_end(&bytes);
    tm_section(&bytes, 9);
    TM(&bytes, 1, 0, 0x41, 1, 0x0b, 2, SEVEN, NOTHING);
    tm_section_end(&bytes);
    build_code();
}

static int64_t host_add(struct wasm_instance *i UNUSED, int32_t a, int64_t b, double c, float d)
{
    return a + b + (int64_t)c + (int64_t)d;
}

static void host_leave(struct wasm_instance *i, int32_t status)
{
    if (status < 0)
        wasm_trap(i, WASM_TRAP_ABORT);
    wasm_exit(i, status);
}

static int resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index,
                   struct wasm_extern *out)
{
    out->kind = WASM_FUNC;
    out->host_func = index == HOST_ADD ? (void (*)(void))host_add : (void (*)(void))host_leave;
    out->host_type = import->type;
    return 0;
}

static int call(struct world *w, enum func f, uint32_t a, uint32_t b, union wasm_value *out)
{
    union wasm_value args[2] = {{.i32 = a}, {.i32 = b}};

    *out = (union wasm_value){.v128 = {0, 0}};
    return wasm_call(w->thread, w->instance, f, args, out);
}

/* The call must trap in function `where` with this kind. */
static bool traps(struct world *w, enum func f, uint32_t a, uint32_t b, enum wasm_trap kind,
                  enum func where)
{
    union wasm_value out;
    const struct wasm_trap_info *info = wasm_thread_trap(w->thread);

    return call(w, f, a, b, &out) == WASM_TRAPPED && info->kind == kind && info->nframes &&
           info->frames[0].func == where && info->frames[0].module == w->module;
}

TEST(exec_calls_in_and_out)
{
    union wasm_value v;
    struct world w;

    build();
    CHECK(!world_create(&w, &owner, &bytes, 0, resolve));
    CHECK(!call(&w, DIVIDE, (uint32_t)-20, 3, &v) && v.i32 == (uint32_t)-6);
    CHECK(!call(&w, CALL_HOST, 0, 0, &v) && v.i64 == 15); /* -1 + 5 + 10 + 1 */
    CHECK(!call(&w, INDIRECT, 1, 0, &v) && v.i32 == 7);
    CHECK(call(&w, LEAVE, 42, 0, &v) == WASM_EXITED && wasm_thread_exit_status(w.thread) == 42);
    CHECK(!call(&w, NESTED, 9, 3, &v) && v.i32 == 3); /* and life goes on */
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exec_traps_say_what_and_where)
{
    union wasm_value v;
    struct world w;

    build();
    CHECK(!world_create(&w, &owner, &bytes, 0, resolve));
    for (int round = 0; round < 3; round++) {
        CHECK(traps(&w, DIVIDE, 1, 0, WASM_TRAP_DIVIDE_BY_ZERO, DIVIDE));
        CHECK(traps(&w, DIVIDE, 0x80000000, UINT32_MAX, WASM_TRAP_INTEGER_OVERFLOW, DIVIDE));
        CHECK(traps(&w, LOAD, 65533, 0, WASM_TRAP_MEMORY_BOUNDS, LOAD));
        CHECK(traps(&w, LOAD, UINT32_MAX, 0, WASM_TRAP_MEMORY_BOUNDS, LOAD));
        CHECK(traps(&w, INDIRECT, 0, 0, WASM_TRAP_UNINITIALIZED_ELEMENT, INDIRECT));
        CHECK(traps(&w, INDIRECT, 2, 0, WASM_TRAP_INDIRECT_TYPE, INDIRECT));
        CHECK(traps(&w, INDIRECT, 4, 0, WASM_TRAP_UNDEFINED_ELEMENT, INDIRECT));
        CHECK(traps(&w, INDIRECT, UINT32_MAX, 0, WASM_TRAP_UNDEFINED_ELEMENT, INDIRECT));
        CHECK(traps(&w, RECURSE, 0, 0, WASM_TRAP_STACK_OVERFLOW, RECURSE));
        CHECK(traps(&w, LEAVE, UINT32_MAX, 0, WASM_TRAP_ABORT, LEAVE));
        CHECK(traps(&w, NESTED, 1, 0, WASM_TRAP_DIVIDE_BY_ZERO, DIVIDE));
        CHECK(wasm_thread_trap(w.thread)->nframes == 2);
        CHECK(wasm_thread_trap(w.thread)->frames[1].func == NESTED);
        CHECK(bytes.bytes[wasm_thread_trap(w.thread)->frames[0].offset] == 0x6d);
        CHECK(bytes.bytes[wasm_thread_trap(w.thread)->frames[1].offset] == 0x10);
        CHECK(!call(&w, DIVIDE, 6, 2, &v) && v.i32 == 3);
    }
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exec_interrupts_end_a_loop)
{
    union wasm_value v;
    struct world w;

    build();
    CHECK(!world_create(&w, &owner, &bytes, 0, resolve));
    linux_host_interrupt_after(INTERRUPT_MS, WASM_TRAP_INTERRUPTED);
    CHECK(traps(&w, FOREVER, 0, 0, WASM_TRAP_INTERRUPTED, FOREVER));
    linux_host_interrupt_after(0, WASM_TRAP_INTERRUPTED);
    CHECK(!call(&w, DIVIDE, 6, 2, &v) && v.i32 == 3);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exec_growth_that_is_refused_changes_nothing)
{
    union wasm_value v;
    struct world w;

    build();
    CHECK(!world_create(&w, &owner, &bytes, 0, resolve));
    CHECK(!call(&w, GROW, 0, 0, &v) && v.i32 == 1); /* compiled now */
    CHECK(!call(&w, GROW_TABLE, 0, 0, &v) && v.i32 == 4);
    owner.fail_after = 1;
    CHECK(!call(&w, GROW, 1, 0, &v) && v.i32 == UINT32_MAX);
    CHECK(!call(&w, GROW_TABLE, 90, 0, &v) && v.i32 == 4); /* within the page it has */
    owner.fail_after = 0;
    CHECK(!call(&w, GROW_TABLE, 7, 0, &v) && v.i32 == UINT32_MAX);
    CHECK(!call(&w, GROW, 10, 0, &v) && v.i32 == UINT32_MAX);
    CHECK(!call(&w, GROW, 9, 0, &v) && v.i32 == 1);
    CHECK(!call(&w, LOAD, 655356, 0, &v));
    CHECK(traps(&w, LOAD, 655357, 0, WASM_TRAP_MEMORY_BOUNDS, LOAD));
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

/* Every request to the host fails once while modules are made, functions compiled and called. */
TEST(exec_survives_every_failure)
{
    unsigned n = 0;
    bool failed;

    build();
    do {
        union wasm_value v;
        struct world w;
        int e;
        owner.fail_after = ++n;
        e = world_create(&w, &owner, &bytes, 0, resolve);
        failed = e;
        CHECK(!e || e == -ENOMEM);
        for (enum func f = CALL_HOST; f < FUNCS && !e; f++) {
            int r = f == FOREVER || f == RECURSE ? 0 : call(&w, f, 1, 1, &v);
            CHECK(!r || r == WASM_TRAPPED || r == WASM_EXITED);
            failed |=
                r == WASM_TRAPPED && wasm_thread_trap(w.thread)->kind == WASM_TRAP_OUT_OF_MEMORY;
        }
        failed |= owner.fail_after == 1;
        owner.fail_after = 0;
        world_destroy(&w);
        CHECK(linux_owner_clean(&owner));
    } while (failed && n < 1000);
    CHECK(!failed && n > 30);
}
