/* The calling convention at its edges, on the Linux host: many parameters and results through every
 * kind of call, calls that nest through the host, traps and exits in them, big frames, the end of
 * the stack. */
#include "base/test.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum {
    STACK_BYTES = 256 * 1024,
    PARAMS = 20, /* of "wide": 12 i32, then 8 i64: past the registers of both kinds */
    I32_PARAMS = 12,
    RESULTS = 9, /* of "many": past the result registers */
    TAIL_CALLS = 10000000,
    BIG_FRAME_LOCALS = 1200, /* two pages of slots and more */
};

static struct linux_owner owner;
static struct test_module bytes, second;

enum func {
    HOST_WIDE, /* (12 i32, 8 i64) -> i64, imported */
    HOST_NEST, /* (i32) -> i32, imported: calls back */
    WIDE,      /* the same type: 1 a + 2 b + 3 c … in 64 bits */
    CALL_WIDE, /* (i32) -> i64: wide(x, x + 1, …) */
    CALL_HOST, /* (i32) -> i64: host_wide(x, x + 1, …) */
    MANY,      /* (i32) -> 9 i32: x, x + 1, … */
    SUM_MANY,  /* (i32) -> i32: their weighted sum */
    NEST,      /* (i32) -> i32: 1 + host_nest(x) */
    DIVIDE,    /* (i32) -> i32: 100 / x */
    DEEP,      /* (i32) -> i32: recursion, x levels */
    BIG,       /* (i32) -> i32: the same with a frame of many pages */
    TAIL_WIDE, /* (i32) -> i64: CALL_WIDE as a tail call, after another call */
    TAIL_HOST, /* (i32) -> i64: CALL_HOST as a tail call */
    TAIL_LESS, /* the type of WIDE: tail call of TAIL_WIDE with the first parameter */
    TAIL_MANY, /* WIDE's parameters, MANY's results: tail call of MANY with the first */
    AROUND,    /* (i32) -> i64: x + tail_wide(x) */
    EVEN,      /* (i32) -> i32: x ? odd(x - 1) : 1, tail calls */
    ODD,       /* (i32) -> i32: x ? even(x - 1) : 0 */
    FUNCS
};

static const char wide_sig[] = "iiiiiiiiiiiiIIIIIIII:I";

/* Weighted sum as the code below computes it; host functions must see the same parameters. */
static int64_t host_wide(struct wasm_instance *i UNUSED, uint32_t a, uint32_t b, uint32_t c,
                         uint32_t d, uint32_t e, uint32_t f, uint32_t g, uint32_t h, uint32_t j,
                         uint32_t k, uint32_t l, uint32_t m, uint64_t n, uint64_t o, uint64_t p,
                         uint64_t q, uint64_t r, uint64_t s, uint64_t t, uint64_t u)
{
    const uint64_t all[PARAMS] = {a, b, c, d, e, f, g, h, j, k, l, m, n, o, p, q, r, s, t, u};
    uint64_t sum = 0;
    for (unsigned x = 0; x < PARAMS; x++)
        sum += (x + 1) * all[x];
    return (int64_t)sum;
}

static struct wasm_thread *thread;
static int nested_status;

enum { EXIT_STATUS = 42, DO_EXIT = 1000, DO_TRAP = 1001 };

/* Calls back: x > 1: nest(x - 1); 1: 100 / 0, which traps; 0: 100 / 7. */
static int32_t host_nest(struct wasm_instance *i, int32_t x)
{
    union wasm_value arg = {.i32 = (uint32_t)x - 1}, out = {0};
    if (x == DO_EXIT)
        wasm_exit(i, EXIT_STATUS);
    if (x == DO_TRAP)
        wasm_trap(i, WASM_TRAP_ABORT);
    if (x <= 1) {
        arg.i32 = x ? 0 : 7;
        nested_status = wasm_call(thread, i, DIVIDE, &arg, &out);
    } else {
        nested_status = wasm_call(thread, i, NEST, &arg, &out);
    }
    return nested_status == 0 ? (int32_t)out.i32 : nested_status;
}

/* local.get x, widened for i64 parameters, times its weight, added up. */
static void body_wide(struct test_module *t)
{
    for (unsigned i = 0; i < PARAMS; i++) {
        TM(t, 0x20, i);
        if (i < I32_PARAMS)
            TM(t, 0xad);
        TM(t, 0x42);
        tm_s64(t, i + 1);
        TM(t, 0x7e);
        if (i)
            TM(t, 0x7c);
    }
}

static void body_call_wide(struct test_module *t, unsigned call, unsigned callee)
{
    for (unsigned i = 0; i < PARAMS; i++) {
        TM(t, 0x20, 0, 0x41, i, 0x6a);
        if (i >= I32_PARAMS)
            TM(t, 0xad);
    }
    TM(t, call, callee);
}

static void body_many(struct test_module *t)
{
    for (unsigned i = 0; i < RESULTS; i++)
        TM(t, 0x20, 0, 0x41, i, 0x6a);
}

/* r8 + 2 (r7 + 2 (…)): takes them from the operand stack one by one. */
static void body_sum_many(struct test_module *t)
{
    TM(t, 0x20, 0, 0x10, MANY);
    for (unsigned i = 1; i < RESULTS; i++)
        TM(t, 0x41, 1, 0x74, 0x6a);
}

/* x == 0 ? 0 : 1 + self(x - 1) */
static void body_recurse(struct test_module *t, unsigned self)
{
    TM(t, 0x20, 0, 0x45, 0x04, 0x7f, 0x41, 0, 0x05);
    TM(t, 0x20, 0, 0x41, 1, 0x6b, 0x10, self, 0x41, 1, 0x6a, 0x0b);
}

/* The same, while thousands of loaded values are kept for after the call. */
static void body_big(struct test_module *t)
{
    for (unsigned i = 0; i < BIG_FRAME_LOCALS; i++) {
        TM(t, 0x41, 0, 0x28, 2);
        tm_u32(t, 4 * i);
    }
    body_recurse(t, BIG);
    for (unsigned i = 0; i < BIG_FRAME_LOCALS; i++)
        TM(t, 0x6a);
}

static void body_tail(struct test_module *t, unsigned func)
{
    if (func == TAIL_WIDE)
        TM(t, 0x20, 0, 0x10, DIVIDE, 0x1a);
    if (func == TAIL_WIDE || func == TAIL_HOST)
        body_call_wide(t, 0x12, func == TAIL_WIDE ? WIDE : HOST_WIDE);
    else if (func == TAIL_LESS || func == TAIL_MANY)
        TM(t, 0x20, 0, 0x12, func == TAIL_LESS ? TAIL_WIDE : MANY);
    else if (func == AROUND)
        TM(t, 0x20, 0, 0xad, 0x20, 0, 0x10, TAIL_WIDE, 0x7c);
    else /* local.get 0, if: local.get 0, i32.const 1, i32.sub, return_call */
        TM(t, 0x20, 0, 0x04, 0x7f, 0x20, 0, 0x41, 1, 0x6b, 0x12, func == EVEN ? ODD : EVEN, 0x05,
           0x41, func == EVEN, 0x0b);
}

static void function_body(struct test_module *t, unsigned func)
{
    tm_body(t);
    TM(t, 0);
    if (func == WIDE)
        body_wide(t);
    else if (func == CALL_WIDE || func == CALL_HOST)
        body_call_wide(t, 0x10, func == CALL_WIDE ? WIDE : HOST_WIDE);
    else if (func == MANY)
        body_many(t);
    else if (func == SUM_MANY)
        body_sum_many(t);
    else if (func == NEST)
        TM(t, 0x20, 0, 0x10, HOST_NEST, 0x41, 1, 0x6a);
    else if (func == DIVIDE)
        TM(t, 0x41, 0xe4, 0, 0x20, 0, 0x6d);
    else if (func == DEEP)
        body_recurse(t, DEEP);
    else if (func > BIG)
        body_tail(t, func);
    else
        body_big(t);
    TM(t, 0x0b);
    tm_body_end(t);
}

/* Exports "wide" and "many" for the second module. */
static void build_first(struct test_module *t)
{
    static const uint8_t types[FUNCS] = {0, 1, 0, 2, 2, 3, 1, 1, 1, 1, 1, 2, 2, 0, 4, 2, 1, 1};
    tm_init(t);
    tm_section(t, 1);
    TM(t, 5);
    tm_functype(t, wide_sig);
    tm_functype(t, "i:i");
    tm_functype(t, "i:I");
    tm_functype(t, "i:iiiiiiiii");
    tm_functype(t, "iiiiiiiiiiiiIIIIIIII:iiiiiiiii");
    tm_section_end(t);
    tm_section(t, 2);
    TM(t, 2, 1, 'h', 1, 'w', 0, 0, 1, 'h', 1, 'n', 0, 1);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, FUNCS - WIDE);
    tm_bytes(t, types + WIDE, FUNCS - WIDE);
    tm_section_end(t);
    tm_section(t, 5);
    TM(t, 1, 0, 1);
    tm_section_end(t);
    tm_section(t, 7);
    TM(t, 2, 1, 'w', 0, WIDE, 1, 'm', 0, MANY);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, FUNCS - WIDE);
    for (unsigned f = WIDE; f < FUNCS; f++)
        function_body(t, f);
    tm_section_end(t);
}

/* Imports "wide" and "many" of the first and calls them across instances: functions 2 and 3, and 4
 * by a tail call. */
static void build_second(struct test_module *t)
{
    tm_init(t);
    tm_section(t, 1);
    TM(t, 4);
    tm_functype(t, wide_sig);
    tm_functype(t, "i:i");
    tm_functype(t, "i:I");
    tm_functype(t, "i:iiiiiiiii");
    tm_section_end(t);
    tm_section(t, 2);
    TM(t, 2, 1, 'f', 1, 'w', 0, 0, 1, 'f', 1, 'm', 0, 3);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, 3, 2, 1, 2);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 3);
    tm_body(t);
    TM(t, 0);
    body_call_wide(t, 0x10, 0);
    TM(t, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0, 0x20, 0, 0x10, 1);
    for (unsigned i = 1; i < RESULTS; i++)
        TM(t, 0x41, 1, 0x74, 0x6a);
    TM(t, 0x0b);
    tm_body_end(t);
    tm_body(t);
    TM(t, 0);
    body_call_wide(t, 0x12, 0);
    TM(t, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

struct world {
    struct wasm_module *module, *module2;
    struct wasm_store *store;
    struct wasm_instance *first, *second;
};

static int resolve(void *arg, const struct wasm_import_desc *d, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    struct world *w = arg;
    *out = (struct wasm_extern){.kind = WASM_FUNC};
    if (d->module[0] == 'f') {
        out->instance = w->first;
        out->index = d->name[0] == 'w' ? WIDE : MANY;
        return 0;
    }
    out->host_func = d->name[0] == 'w' ? (void (*)(void))host_wide : (void (*)(void))host_nest;
    out->host_type = d->type;
    return 0;
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

static uint64_t wide_of(uint32_t x)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < PARAMS; i++)
        sum += (i + 1ull) * (x + i);
    return sum;
}

static uint32_t many_of(uint32_t x)
{
    uint32_t sum = x + RESULTS - 1;
    for (uint32_t i = RESULTS - 1; i-- > 0;)
        sum = x + i + 2 * sum;
    return sum;
}

TEST(call_parameters_beyond_the_registers)
{
    struct world w;
    union wasm_value args[PARAMS], out, x = {.i32 = 1000};
    CHECK(world_create(&w) == 0);
    for (unsigned i = 0; i < PARAMS; i++)
        args[i] = (union wasm_value){.i64 = 1000 + i};
    CHECK(wasm_call(thread, w.first, WIDE, args, &out) == 0 && out.i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.first, HOST_WIDE, args, &out) == 0 && out.i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.first, CALL_WIDE, &x, &out) == 0 && out.i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.first, CALL_HOST, &x, &out) == 0 && out.i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.second, 2, &x, &out) == 0 && out.i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.second, 0, args, &out) == 0 && out.i64 == wide_of(1000));
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(call_results_beyond_the_registers)
{
    struct world w;
    union wasm_value out[RESULTS], x = {.i32 = 77};
    CHECK(world_create(&w) == 0);
    for (unsigned via = 0; via < 2; via++) {
        struct wasm_instance *i = via ? w.second : w.first;
        CHECK(wasm_call(thread, i, via ? 1 : MANY, &x, out) == 0);
        for (unsigned k = 0; k < RESULTS; k++)
            CHECK(out[k].i32 == 77 + k);
        CHECK(wasm_call(thread, i, via ? 3 : SUM_MANY, &x, out) == 0);
        CHECK(out[0].i32 == many_of(77));
    }
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(call_in_tail_position)
{
    struct world w;
    union wasm_value args[PARAMS], out[RESULTS], x = {.i32 = 1000};
    CHECK(world_create(&w) == 0);
    for (unsigned i = 0; i < PARAMS; i++)
        args[i] = (union wasm_value){.i64 = 1000 + i};
    static const enum func same[] = {TAIL_WIDE, TAIL_HOST};
    for (unsigned i = 0; i < ARRAY_LEN(same); i++)
        CHECK(wasm_call(thread, w.first, same[i], &x, out) == 0 && out[0].i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.first, TAIL_LESS, args, out) == 0 && out[0].i64 == wide_of(1000));
    CHECK(wasm_call(thread, w.first, AROUND, &x, out) == 0 && out[0].i64 == 1000 + wide_of(1000));
    CHECK(wasm_call(thread, w.first, TAIL_MANY, args, out) == 0);
    for (unsigned k = 0; k < RESULTS; k++)
        CHECK(out[k].i32 == 1000 + k);
    CHECK(wasm_call(thread, w.second, 4, &x, out) == 0 && out[0].i64 == wide_of(1000));
    x.i32 = 0; /* a trap before the tail call */
    CHECK(wasm_call(thread, w.first, AROUND, &x, out) == WASM_TRAPPED);
    CHECK(wasm_thread_trap(thread)->nframes == 3);
    x.i32 = TAIL_CALLS; /* on a stack that would not hold a hundredth of them */
    CHECK(wasm_call(thread, w.first, EVEN, &x, out) == 0 && out[0].i32 == 1);
    CHECK(wasm_call(thread, w.first, ODD, &x, out) == 0 && out[0].i32 == 0);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(call_nests_through_the_host)
{
    struct world w;
    union wasm_value out, x = {.i32 = 0};
    CHECK(world_create(&w) == 0);
    CHECK(wasm_call(thread, w.first, NEST, &x, &out) == 0 && out.i32 == 1 + 100 / 7);
    /* the innermost call traps; each level around it goes on */
    x.i32 = 5;
    CHECK(wasm_call(thread, w.first, NEST, &x, &out) == 0);
    CHECK((int32_t)out.i32 == WASM_TRAPPED + 5);
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_DIVIDE_BY_ZERO);
    CHECK(wasm_thread_trap(thread)->frames[0].func == DIVIDE);
    x.i32 = DO_TRAP;
    CHECK(wasm_call(thread, w.first, NEST, &x, &out) == WASM_TRAPPED);
    CHECK(wasm_thread_trap(thread)->kind == WASM_TRAP_ABORT);
    CHECK(wasm_thread_trap(thread)->nframes == 1 &&
          wasm_thread_trap(thread)->frames[0].func == NEST);
    x.i32 = DO_EXIT;
    CHECK(wasm_call(thread, w.first, NEST, &x, &out) == WASM_EXITED);
    CHECK(wasm_thread_exit_status(thread) == EXIT_STATUS);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(call_stack_ends_in_a_trap)
{
    struct world w;
    union wasm_value out, x;
    CHECK(world_create(&w) == 0);
    static const enum func funcs[] = {DEEP, BIG};
    for (unsigned i = 0; i < ARRAY_LEN(funcs); i++) {
        x.i32 = 3;
        CHECK(wasm_call(thread, w.first, funcs[i], &x, &out) == 0 && out.i32 == 3);
        x.i32 = 100000;
        CHECK(wasm_call(thread, w.first, funcs[i], &x, &out) == WASM_TRAPPED);
        const struct wasm_trap_info *info = wasm_thread_trap(thread);
        CHECK(info->kind == WASM_TRAP_STACK_OVERFLOW && info->nframes == WASM_BACKTRACE_MAX);
        for (unsigned k = 0; k < info->nframes; k++)
            CHECK(info->frames[k].func == funcs[i]);
    }
    /* each level of nesting goes on where the one before it stands, until nothing is left */
    x.i32 = DO_EXIT - 1;
    CHECK(wasm_call(thread, w.first, NEST, &x, &out) == 0);
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(compiled_code_is_counted)
{
    struct world w;
    struct wasm_code_stats stats;
    struct wasm_compiled c;
    struct wasm_compiled_seen seen = {0};
    union wasm_value out, x = {.i32 = 7};
    CHECK(world_create(&w) == 0);
    const struct wasm_module *m = wasm_instance_module(w.first);
    wasm_module_code_stats(m, &stats);
    CHECK(stats.functions == FUNCS - WIDE && stats.compiled == 0 && stats.code_bytes == 0);
    CHECK(!wasm_module_compiled(m, &seen, &c));
    static const enum func calls[] = {DEEP, DIVIDE, DEEP}; /* calls nothing but itself */
    for (unsigned i = 0; i < ARRAY_LEN(calls); i++)
        CHECK(wasm_call(thread, w.first, calls[i], &x, &out) == 0);
    wasm_module_code_stats(m, &stats);
    CHECK(stats.compiled == 2 && stats.code_bytes > 0);
    CHECK(wasm_module_compiled(m, &seen, &c) && c.func == DEEP && c.len_bytes > 0);
    CHECK(wasm_pc_is_code(thread, (uint64_t)(uintptr_t)c.code));
    CHECK(wasm_module_compiled(m, &seen, &c) && c.func == DIVIDE && c.len_bytes < stats.code_bytes);
    CHECK(!wasm_module_compiled(m, &seen, &c));
    world_destroy(&w);
    CHECK(linux_owner_clean(&owner));
}
