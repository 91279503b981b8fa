/* Exceptions on the Linux host: through frames of every kind, between instances and host functions,
 * and how long their objects live. */
#include "base/test.h"
#include "wasm/rt/instance.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum {
    STACK_BYTES = 16 * 1024 * 1024,
    ROUNDS = 50000, /* of throwing and catching in a loop */
    DEEP = 100000,  /* frames between throw and catch */
    CHAINED = 2000,
    WIDE = 12,        /* parameters: more than the registers hold */
    ALIVE_MAX = 1000, /* objects at once in the loops */
};

/* Types of both modules. */
enum { I_I, WIDE_I, VALUES, EXN, NOTHING, TO_VALUES, TO_VALUES_EXN, TO_EXN };

/* Functions of the first module; all take an i32 x, or WIDE of them, and return an i32. Tag 0
 * carries (i32 i64), tag 1 an exnref. */
enum func {
    HOST,       /* imported: what x says */
    HOST_WIDE,  /* imported, WIDE: throws the last */
    THROW,      /* throws tag 0 with x */
    CATCH,      /* what THROW throws, + 1 */
    LOOP,       /* throws and catches x times */
    LOOP_REF,   /* the same, caught with a reference */
    LOOP_OLD,   /* the same by the first version's instructions, thrown again once */
    DOWN,       /* x deep, then throws 7 */
    CATCH_DOWN, /* what DOWN throws */
    MORE,       /* tail call of WIDE_THROW, which has more parameters */
    WIDE_THROW, /* WIDE: throws the last */
    LESS,       /* WIDE: tail call of THROW, which has fewer */
    MORE_HOST,  /* tail call of HOST_WIDE */
    CATCH_MORE, /* what MORE throws + x */
    CATCH_LESS, /* the same of LESS */
    CATCH_MORE_HOST,
    CATCH_HOST,  /* HOST(x), or what it throws + 5000 */
    KEEP,        /* x: what THROW throws is in global 0 and in table 0 afterwards */
    AGAIN,       /* throws global 0: its value */
    CHAIN,       /* x exceptions, each with the one before: global 0 */
    UNCHAIN,     /* takes x of them off; 1 if none is left */
    TRAPS,       /* unreachable, where everything is caught */
    CATCH_TABLE, /* what entry 0 of table 1 throws at x, + global 1 */
    FUNCS
};

static struct linux_owner owner;
static struct test_module bytes, second;
static struct wasm_thread *thread;
static int host_status;

/* ---- the host ---- */

enum { H_CALL = 1, H_PASS_ON, H_CREATE, H_SWALLOW };

static NORETURN void host_throw(struct wasm_instance *i, uint32_t x)
{
    const union wasm_value values[2] = {{.i32 = x}, {.i64 = x}};
    uint32_t exception;
    if (wasm_exception_create(i, 0, values, &exception))
        wasm_trap(i, WASM_TRAP_OUT_OF_MEMORY);
    wasm_throw(i, exception);
}

static int32_t host(struct wasm_instance *i, uint32_t x)
{
    union wasm_value arg = {.i32 = 33}, out = {0};
    if (x == H_CREATE)
        host_throw(i, 44);
    host_status = wasm_call(thread, i, x == H_CALL ? CATCH : THROW, &arg, &out);
    if (x == H_PASS_ON)
        wasm_throw(i, wasm_thread_exception(thread));
    return x == H_CALL ? (int32_t)out.i32 : -1;
}

static int32_t host_wide(struct wasm_instance *i, uint32_t a UNUSED, uint32_t b UNUSED,
                         uint32_t c UNUSED, uint32_t d UNUSED, uint32_t e UNUSED, uint32_t f UNUSED,
                         uint32_t g UNUSED, uint32_t h UNUSED, uint32_t j UNUSED, uint32_t k UNUSED,
                         uint32_t l UNUSED, uint32_t last)
{
    host_throw(i, last);
}

/* ---- the modules ---- */

static void types(struct test_module *t)
{
    tm_section(t, 1);
    TM(t, 8);
    tm_functype(t, "i:i");
    tm_functype(t, "iiiiiiiiiiii:i");
    tm_functype(t, "iI:");
    tm_functype(t, "n:");
    tm_functype(t, ":");
    tm_functype(t, ":iI");
    tm_functype(t, ":iIn");
    tm_functype(t, ":n");
    tm_section_end(t);
}

/* block { try_table (a clause of `kind`) { local `x`, WIDE - 1 more if `wide`, call; drop } } : the
 * clause's values */
static void catching(struct test_module *t, unsigned kind, unsigned x, bool wide, unsigned callee)
{
    TM(t, 0x02, kind ? TO_VALUES_EXN : TO_VALUES, 0x1f, 0x40, 1, kind, 0, 0);
    for (unsigned i = 1; wide && i < WIDE; i++)
        TM(t, 0x41, i);
    TM(t, 0x20, x, 0x10, callee, 0x1a, 0x0b, 0x00, 0x0b);
}

/* Local 1 from 0 to local 0: `t` is at the loop's body afterwards, which loop_end closes. */
static void loop_begin(struct test_module *t)
{
    TM(t, 0x03, 0x40, 0x20, 1, 0x20, 0, 0x49, 0x04, 0x40);
}

static void loop_end(struct test_module *t)
{
    TM(t, 0x20, 1, 0x41, 1, 0x6a, 0x21, 1, 0x0c, 1, 0x0b, 0x0b);
}

static void wide_arguments(struct test_module *t, unsigned x)
{
    for (unsigned i = 1; i < WIDE; i++)
        TM(t, 0x41, i);
    TM(t, 0x20, x);
}

static void body_loop(struct test_module *t, enum func f)
{
    loop_begin(t);
    if (f == LOOP_OLD) /* try { try { throw } catch 0 { drop drop; rethrow } } catch_all { } */
        TM(t, 0x06, 0x40, 0x06, 0x40, 0x20, 1, 0x10, THROW, 0x1a, 0x07, 0, 0x1a, 0x1a, 0x09, 0,
           0x0b, 0x19, 0x0b);
    else
        catching(t, f == LOOP_REF, 1, false, THROW);
    if (f == LOOP_REF)
        TM(t, 0x1a);
    if (f != LOOP_OLD)
        TM(t, 0x1a, 0x1a);
    loop_end(t);
    TM(t, 0x20, 1);
}

static void body_references(struct test_module *t, enum func f)
{
    switch (f) {
    case KEEP:
        catching(t, 1, 0, false, THROW);
        TM(t, 0x24, 0, 0x1a, 0x41, 0, 0x23, 0, 0x26, 0);
        return;
    case AGAIN:
        TM(t, 0x02, TO_VALUES, 0x1f, 0x40, 1, 0, 0, 0, 0x23, 0, 0x0a, 0x0b, 0x00, 0x0b, 0x1a);
        return;
    case CHAIN: /* block { try_table (catch_all_ref 0) { global.get 0; throw 1 } }; global.set 0 */
        loop_begin(t);
        TM(t, 0x02, TO_EXN, 0x1f, 0x40, 1, 3, 0, 0x23, 0, 0x08, 1, 0x0b, 0x00, 0x0b, 0x24, 0);
        loop_end(t);
        TM(t, 0x20, 1);
        return;
    default: /* the same with (catch 1 0) { global.get 0; throw_ref } */
        loop_begin(t);
        TM(t, 0x02, TO_EXN, 0x1f, 0x40, 1, 0, 1, 0, 0x23, 0, 0x0a, 0x0b, 0x00, 0x0b, 0x24, 0);
        loop_end(t);
        TM(t, 0x23, 0, 0xd1);
        return;
    }
}

static void body(struct test_module *t, enum func f)
{
    switch (f) {
    case THROW:
        TM(t, 0x20, 0, 0x20, 0, 0xad, 0x08, 0);
        return;
    case CATCH:
        catching(t, 0, 0, false, THROW);
        TM(t, 0x1a, 0x41, 1, 0x6a);
        return;
    case DOWN:
        TM(t, 0x20, 0, 0x45, 0x04, 0x7f, 0x41, 7, 0x10, THROW, 0x05);
        TM(t, 0x20, 0, 0x41, 1, 0x6b, 0x10, DOWN, 0x41, 1, 0x6a, 0x0b);
        return;
    case CATCH_DOWN:
        catching(t, 0, 0, false, DOWN);
        TM(t, 0x1a);
        return;
    case MORE:
    case MORE_HOST:
        wide_arguments(t, 0);
        TM(t, 0x12, f == MORE ? WIDE_THROW : HOST_WIDE);
        return;
    case WIDE_THROW:
        TM(t, 0x20, WIDE - 1, 0x10, THROW);
        return;
    case LESS:
        TM(t, 0x20, WIDE - 1, 0x12, THROW);
        return;
    case CATCH_MORE:
    case CATCH_LESS:
    case CATCH_MORE_HOST:
        catching(t, 0, 0, f == CATCH_LESS,
                 f == CATCH_MORE   ? MORE
                 : f == CATCH_LESS ? LESS
                                   : MORE_HOST);
        TM(t, 0x1a, 0x20, 0, 0x6a);
        return;
    case CATCH_HOST:
        TM(t, 0x02, TO_VALUES, 0x1f, 0x40, 1, 0, 0, 0, 0x20, 0, 0x10, HOST, 0x0f, 0x0b, 0x00, 0x0b);
        TM(t, 0x1a, 0x41, 0x88, 0x27, 0x6a);
        return;
    case TRAPS:
        TM(t, 0x02, 0x40, 0x1f, 0x40, 1, 2, 0, 0x00, 0x0b, 0x0b, 0x41, 1);
        return;
    case CATCH_TABLE:
        TM(t, 0x02, TO_VALUES, 0x1f, 0x40, 1, 0, 0, 0);
        TM(t, 0x20, 0, 0x41, 0, 0x11, I_I, 1, 0x1a, 0x0b, 0x00, 0x0b, 0x1a, 0x23, 1, 0x6a);
        return;
    default:
        if (f == LOOP || f == LOOP_REF || f == LOOP_OLD)
            body_loop(t, f);
        else
            body_references(t, f);
    }
}

static void build_first(struct test_module *t)
{
    tm_init(t);
    types(t);
    tm_section(t, 2);
    TM(t, 2, 1, 'e', 1, 'h', 0, I_I, 1, 'e', 1, 'w', 0, WIDE_I);
    tm_section_end(t);
    tm_section(t, 3);
    tm_u32(t, FUNCS - THROW);
    for (unsigned f = THROW; f < FUNCS; f++)
        TM(t, f == WIDE_THROW || f == LESS ? WIDE_I : I_I);
    tm_section_end(t);
    tm_section(t, 4);
    TM(t, 2, 0x69, 0, 1, 0x70, 0, 1);
    tm_section_end(t);
    tm_section(t, 13);
    TM(t, 2, 0, VALUES, 0, EXN);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 2, 0x69, 1, 0xd0, 0x69, 0x0b, 0x7f, 0, 0x41, 5, 0x0b);
    tm_section_end(t);
    tm_section(t, 7);
    TM(t, 3, 1, 'g', 4, 0, 1, 'f', 0, THROW, 1, 't', 1, 1);
    tm_section_end(t);
    tm_section(t, 10);
    tm_u32(t, FUNCS - THROW);
    for (enum func f = THROW; f < FUNCS; f++) {
        tm_body(t);
        TM(t, 1, 1, 0x7f);
        body(t, f);
        TM(t, 0x0b);
        tm_body_end(t);
    }
    tm_section_end(t);
}

/* Imports the first one's tag and throw; has an equal tag (1) of its own, and puts its own function
 * that throws into the first one's table. */
enum second_func { IMPORTED, OWN_THROW, OTHER_TAG, OWN_CATCH };

static void build_second(struct test_module *t)
{
    tm_init(t);
    types(t);
    tm_section(t, 2);
    TM(t, 3, 1, 'f', 1, 'f', 0, I_I, 1, 'f', 1, 'g', 4, 0, VALUES, 1, 'f', 1, 't', 1, 0x70, 0, 1);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 3, I_I, I_I, I_I);
    tm_section_end(t);
    tm_section(t, 13);
    TM(t, 1, 0, VALUES);
    tm_section_end(t);
    tm_section(t, 6);
    TM(t, 1, 0x7f, 1, 0x41, 0xcd, 0, 0x0b); /* 77 */
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 1, 0, 0x41, 0, 0x0b, 1, OWN_THROW);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 3);
    tm_body(t);
    TM(t, 0, 0x20, 0, 0x20, 0, 0xad, 0x08, 0, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0, 0x02, TO_VALUES, 0x1f, 0x40, 1, 0, 1, 0, 0x20, 0, 0x10, IMPORTED, 0x0f, 0x0b, 0x00,
       0x0b);
    TM(t, 0x1a, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0);
    catching(t, 0, 0, false, IMPORTED);
    TM(t, 0x1a, 0x23, 0, 0x6a, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

/* ---- the world ---- */

struct world {
    struct wasm_module *module, *module2;
    struct wasm_store *store;
    struct wasm_instance *first, *second;
};

static int resolve(void *arg, const struct wasm_import_desc *d, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    struct world *w = arg;
    *out = (struct wasm_extern){.kind = d->kind, .host_type = d->type};
    if (d->module[0] == 'e') {
        out->host_func = d->name[0] == 'h' ? (void (*)(void))host : (void (*)(void))host_wide;
        return 0;
    }
    out->instance = w->first;
    return wasm_instance_export(w->first, d->name, d->name_len, d->kind, &out->index);
}

static int world_create(struct world *w)
{
    struct wasm_error err;
    *w = (struct world){0};
    build_first(&bytes);
    build_second(&second);
    linux_host_catch_faults();
    int e = wasm_store_create(&linux_host, &owner, &w->store);
    e = e ? e : wasm_thread_create(w->store, STACK_BYTES, &thread);
    e = e ? e : wasm_module_create(&linux_host, &owner, bytes.bytes, bytes.len, &w->module, &err);
    e = e ? e
          : wasm_module_create(&linux_host, &owner, second.bytes, second.len, &w->module2, &err);
    e = e ? e : wasm_instance_create(w->store, w->module, resolve, w, NULL, &w->first, &err);
    e = e ? e : wasm_instance_create(w->store, w->module2, resolve, w, NULL, &w->second, &err);
    linux_host_set_thread(thread);
    return e;
}

static void world_destroy(struct world *w)
{
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
    wasm_module_destroy(w->module2);
    wasm_module_destroy(w->module);
}

/* The result, or wasm_call's status. */
static int64_t call(struct wasm_instance *i, uint32_t func, uint32_t x)
{
    union wasm_value args[WIDE] = {{.i32 = x}}, out = {0};
    int r = wasm_call(thread, i, func, args, &out);
    return r ? (int64_t)r : (int64_t)out.i32;
}

/* ---- tests ---- */

TEST(exception_passes_every_kind_of_frame)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, CATCH, 10) == 11);
    CHECK(call(w.first, CATCH_DOWN, 0) == 7);
    CHECK(call(w.first, CATCH_DOWN, 9) == 7);
    CHECK(call(w.first, CATCH_MORE, 10) == 20);
    CHECK(call(w.first, CATCH_LESS, 10) == 20);
    CHECK(call(w.first, CATCH_MORE_HOST, 10) == 20);
    CHECK(call(w.first, TRAPS, 0) == WASM_TRAPPED);
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_UNREACHABLE);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_leaves_a_call)
{
    const struct wasm_functype *type;
    const union wasm_value *values;
    const struct wasm_trap_info *trap;
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, DOWN, 3) == WASM_THROWN);
    uint32_t exception = wasm_thread_exception(thread);
    CHECK(exception && wasm_exception_has_tag(w.first, exception, 0));
    CHECK(!wasm_exception_has_tag(w.first, exception, 1));
    CHECK(!wasm_exception_has_tag(w.first, exception, 2)); /* no such tag */
    values = wasm_exception_values(w.store, exception, &type);
    CHECK(type->nparams == 2 && values[0].i32 == 7 && values[1].i64 == 7);
    trap = wasm_thread_trap(thread);
    CHECK(trap->kind == WASM_TRAP_UNCAUGHT_EXCEPTION && trap->nframes == 5);
    CHECK(trap->frames[0].func == THROW && trap->frames[4].func == DOWN);
    CHECK(call(w.first, CATCH, 1) == 2 && !wasm_thread_exception(thread));
    CHECK(call(w.first, AGAIN, 0) == WASM_TRAPPED); /* null */
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_NULL_REFERENCE);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_crosses_host_functions)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, CATCH_HOST, H_CALL) == 34 && host_status == 0);
    CHECK(call(w.first, CATCH_HOST, H_SWALLOW) == (uint32_t)-1 && host_status == WASM_THROWN);
    CHECK(call(w.first, CATCH_HOST, H_PASS_ON) == 5033 && host_status == WASM_THROWN);
    CHECK(call(w.first, CATCH_HOST, H_CREATE) == 5044);
    CHECK(call(w.first, HOST, H_CREATE) == WASM_THROWN); /* no compiled code at all */
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_crosses_instances)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.second, OWN_CATCH, 5) == 82);
    CHECK(call(w.second, OTHER_TAG, 5) == WASM_THROWN);
    CHECK(wasm_exception_has_tag(w.second, wasm_thread_exception(thread), 0));
    CHECK(!wasm_exception_has_tag(w.second, wasm_thread_exception(thread), 1));
    CHECK(call(w.first, CATCH_TABLE, 5) == 10);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_objects_do_not_pile_up)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, LOOP, ROUNDS) == ROUNDS && w.store->exceptions.live == 0);
    CHECK(call(w.first, LOOP_REF, ROUNDS) == ROUNDS && w.store->exceptions.live < ALIVE_MAX);
    CHECK(call(w.first, LOOP_OLD, ROUNDS) == ROUNDS && w.store->exceptions.live < ALIVE_MAX);
    for (unsigned n = 0; n < ALIVE_MAX; n++)
        CHECK(call(w.first, THROW, n) == WASM_THROWN);
    CHECK(w.store->exceptions.live < ALIVE_MAX);
    CHECK(w.store->exceptions.count < 2 * ALIVE_MAX);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_references_keep_alive)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, KEEP, 99) == 99);
    CHECK(call(w.first, LOOP_REF, ROUNDS) == ROUNDS);
    CHECK(call(w.first, AGAIN, 0) == 99);
    CHECK(call(w.first, CHAIN, CHAINED) == CHAINED); /* on top of that one, which table 0 has too */
    CHECK(call(w.first, LOOP_REF, ROUNDS) == ROUNDS);
    CHECK(w.store->exceptions.live > CHAINED);
    CHECK(call(w.first, UNCHAIN, CHAINED) == 0);
    CHECK(call(w.first, AGAIN, 0) == 99);
    CHECK(call(w.first, CATCH_DOWN, 100) == 7); /* old references on the stack are overwritten */
    CHECK(call(w.first, LOOP_REF, ROUNDS) == ROUNDS);
    CHECK(w.store->exceptions.live < ALIVE_MAX);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(exception_passes_deep_stacks)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, CATCH_DOWN, DEEP) == 7);
    CHECK(call(w.first, CATCH_DOWN, 100 * DEEP) == WASM_TRAPPED);
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_STACK_OVERFLOW);
    CHECK(call(w.first, CATCH_DOWN, DEEP) == 7);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

/* As many as a store may have, each held by the next. */
TEST(exception_limit_is_a_trap)
{
    struct world w;
    CHECK(world_create(&w) == 0);
    CHECK(call(w.first, CHAIN, WASM_EXCEPTIONS_MAX + 1) == WASM_TRAPPED);
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_OUT_OF_MEMORY);
    CHECK(w.store->exceptions.live == WASM_EXCEPTIONS_MAX);
    CHECK(call(w.first, UNCHAIN, 10) == 0);
    CHECK(call(w.first, CATCH, 1) == 2); /* there is room again */
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

/* Every request to the host fails once. */
TEST(exception_survives_every_failure)
{
    unsigned n = 0;
    bool failed;
    do {
        struct world w;
        owner.fail_after = ++n;
        int e = world_create(&w);
        failed = e;
        CHECK(!e || e == -ENOMEM);
        for (enum func f = HOST; f < FUNCS && !e; f++) {
            int64_t r = call(w.first, f, f == HOST ? H_CALL : f == CHAIN ? 100 : 1);
            failed |=
                r == WASM_TRAPPED && wasm_thread_trap(thread)->kind == WASM_TRAP_OUT_OF_MEMORY;
        }
        owner.fail_after = 0;
        world_destroy(&w);
        CHECK(linux_owner_clean(&owner));
    } while (failed && n < 1000);
    CHECK(!failed && n > 30);
}
