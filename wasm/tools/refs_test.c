/* References to functions, run on the Linux host: called within an instance, into another and into
 * the host, with parameters beyond the registers; null; tail calls; call_indirect of open types;
 * import matching by sub types. */
#include "base/test.h"
#include "wasm/test_module.h"
#include "wasm/tools/linux_host.h"

enum {
    STACK_BYTES = 256 * 1024,
    I32S =
        12, /* parameters of "wide": these, then i64, then f64: past the registers of both kinds */
    I64S = 4,
    F64S = 10,
    PARAMS = I32S + I64S + F64S,
    LOOPS = 3000000,
};
static const char wide_sig[] = "iiiiiiiiiiiiIIIIFFFFFFFFFF:I";

enum type {
    OPEN,
    BELOW,
    FROM_I32,
    LOOP,
    TYPES
}; /* OPEN, BELOW: wide_sig; LOOP: (i32 (ref LOOP)) -> i32 */

static struct linux_owner owner;
static struct test_module bytes[2];
static struct wasm_thread *thread;

static void types(struct test_module *t)
{
    tm_section(t, 1);
    TM(t, TYPES, 0x50, 0);
    tm_functype(t, wide_sig);
    TM(t, 0x50, 1, OPEN);
    tm_functype(t, wide_sig);
    tm_functype(t, "i:I");
    TM(t, 0x60, 2, 0x7f, 0x64, LOOP, 1, 0x7f);
    tm_section_end(t);
}

/* The sum of all parameters, each as i64 and times its number. */
static void body_wide(struct test_module *t)
{
    tm_body(t);
    TM(t, 0, 0x42, 0);
    for (unsigned i = 0; i < PARAMS; i++) {
        TM(t, 0x20, i);
        if (i < I32S)
            TM(t, 0xad);
        if (i >= I32S + I64S)
            TM(t, 0xb0);
        TM(t, 0x42);
        tm_s64(t, i + 1);
        TM(t, 0x7e, 0x7c);
    }
    TM(t, 0x0b);
    tm_body_end(t);
}

/* x, x + 1, … as parameters of "wide"; x is local 0. */
static void push_wide(struct test_module *t)
{
    for (unsigned i = 0; i < PARAMS; i++) {
        TM(t, 0x20, 0, 0x41, i, 0x6a);
        if (i >= I32S)
            TM(t, 0xad);
        if (i >= I32S + I64S)
            TM(t, 0xb9);
    }
}

static uint64_t wide_of(uint32_t x)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < PARAMS; i++)
        sum += (i + 1ull) * (x + i);
    return sum;
}

/* Exports "wide" of type BELOW. */
static void build_definer(struct test_module *t)
{
    tm_init(t);
    types(t);
    tm_section(t, 3);
    TM(t, 1, BELOW);
    tm_section_end(t);
    tm_section(t, 7);
    TM(t, 1, 4, 'w', 'i', 'd', 'e', 0, 0);
    tm_section_end(t);
    tm_section(t, 10);
    TM(t, 1);
    body_wide(t);
    tm_section_end(t);
}

enum func {
    IMPORTED,     /* as OPEN, though it is BELOW */
    HOST,         /* (i32) -> i64 */
    OWN,          /* BELOW */
    REF_IMPORTED, /* (i32) -> i64, as all until CALL_LOOP: by call_ref */
    REF_OWN,
    REF_HOST,
    REF_NULL,
    TAIL_IMPORTED,
    TAIL_OWN,
    TAIL_HOST,
    TAIL_NULL,
    INDIRECT_NULL, /* by call_indirect of type OPEN, the table's entries: */
    INDIRECT_IMPORTED,
    INDIRECT_OWN,
    INDIRECT_HOST, /* another type */
    INDIRECT_END,  /* behind the end */
    CALL_LOOP,
    LOOP_FUNC,
    FUNCS
};
enum { NULL_ENTRY, IMPORTED_ENTRY, OWN_ENTRY, HOST_ENTRY, ENTRIES };

static void body_ref(struct test_module *t, unsigned callee, bool tail)
{
    unsigned type = callee == HOST ? FROM_I32 : OPEN;
    tm_body(t);
    TM(t, 0);
    if (callee == HOST)
        TM(t, 0x20, 0);
    else
        push_wide(t);
    if (callee == FUNCS)
        TM(t, 0xd0, OPEN);
    else
        TM(t, 0xd2, callee);
    TM(t, tail ? 0x15 : 0x14, type, 0x0b);
    tm_body_end(t);
}

static void body_indirect(struct test_module *t, unsigned entry)
{
    tm_body(t);
    TM(t, 0);
    push_wide(t);
    TM(t, 0x41, entry, 0x11, OPEN, 0, 0x0b);
    tm_body_end(t);
}

static void code(struct test_module *t)
{
    static const uint8_t callees[] = {IMPORTED, OWN, HOST, FUNCS};
    tm_section(t, 10);
    TM(t, FUNCS - OWN);
    body_wide(t);
    for (unsigned tail = 0; tail < 2; tail++)
        for (unsigned i = 0; i < ARRAY_LEN(callees); i++)
            body_ref(t, callees[i], tail);
    for (unsigned entry = 0; entry <= ENTRIES; entry++)
        body_indirect(t, entry);
    tm_body(t); /* loop(x, loop) as i64 */
    TM(t, 0, 0x20, 0, 0xd2, LOOP_FUNC, 0x10, LOOP_FUNC, 0xad, 0x0b);
    tm_body_end(t);
    tm_body(t); /* (n, f): n ? f(n - 1, f) : 7 */
    TM(t, 0, 0x20, 0, 0x45, 0x04, 0x40, 0x41, 7, 0x0f, 0x0b, 0x20, 0, 0x41, 1, 0x6b, 0x20, 1, 0x20,
       1);
    TM(t, 0x15, LOOP, 0x0b);
    tm_body_end(t);
    tm_section_end(t);
}

/* want: the type that "wide" is imported as. */
static void build_user(struct test_module *t, enum type want)
{
    tm_init(t);
    types(t);
    tm_section(t, 2);
    TM(t, 2, 1, 'd', 4, 'w', 'i', 'd', 'e', 0, want, 1, 'h', 1, 'f', 0, FROM_I32);
    tm_section_end(t);
    tm_section(t, 3);
    TM(t, FUNCS - OWN, BELOW);
    for (unsigned i = REF_IMPORTED; i <= CALL_LOOP; i++)
        TM(t, FROM_I32);
    TM(t, LOOP);
    tm_section_end(t);
    tm_section(t, 4);
    TM(t, 1, 0x70, 0, ENTRIES);
    tm_section_end(t);
    tm_section(t, 9);
    TM(t, 2, 0, 0x41, IMPORTED_ENTRY, 0x0b, ENTRIES - 1, IMPORTED, OWN, HOST);
    TM(t, 3, 0, 1, LOOP_FUNC); /* declared */
    tm_section_end(t);
    code(t);
}

static int64_t host(struct wasm_instance *i UNUSED, int32_t x)
{
    return 3 * (int64_t)x;
}

static int resolve(void *arg, const struct wasm_import_desc *d, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    *out = (struct wasm_extern){.kind = WASM_FUNC, .instance = arg};
    if (d->module[0] == 'h')
        *out = (struct wasm_extern){
            .kind = WASM_FUNC, .host_func = (void (*)(void))host, .host_type = d->type};
    return 0;
}

struct world {
    struct wasm_module *modules[2];
    struct wasm_store *store;
    struct wasm_instance *definer, *user;
};

static int create(struct world *w, enum type want)
{
    struct wasm_error err;
    *w = (struct world){0};
    build_definer(&bytes[0]);
    build_user(&bytes[1], want);
    linux_host_catch_faults();
    int e = wasm_store_create(&linux_host, &owner, &w->store);
    e = e ? e : wasm_thread_create(w->store, STACK_BYTES, &thread);
    for (int i = 0; i < 2; i++)
        e = e ? e
              : wasm_module_create(&linux_host, &owner, bytes[i].bytes, bytes[i].len,
                                   &w->modules[i], &err);
    e = e ? e : wasm_instance_create(w->store, w->modules[0], NULL, NULL, NULL, &w->definer, &err);
    e = e ? e
          : wasm_instance_create(w->store, w->modules[1], resolve, w->definer, NULL, &w->user,
                                 &err);
    linux_host_set_thread(thread);
    return e;
}

static void destroy(struct world *w)
{
    linux_host_set_thread(NULL);
    wasm_store_destroy(w->store);
    for (int i = 0; i < 2; i++)
        wasm_module_destroy(w->modules[i]);
}

TEST(refs_call_everything_with_everything)
{
    static const enum func wide[] = {REF_IMPORTED, REF_OWN,           TAIL_IMPORTED,
                                     TAIL_OWN,     INDIRECT_IMPORTED, INDIRECT_OWN};
    static const enum func hosts[] = {REF_HOST, TAIL_HOST};
    union wasm_value x = {.i32 = 1000}, out;
    struct world w;

    CHECK(!create(&w, OPEN));
    for (unsigned i = 0; i < ARRAY_LEN(wide); i++)
        CHECK(!wasm_call(thread, w.user, wide[i], &x, &out) && out.i64 == wide_of(1000));
    for (unsigned i = 0; i < ARRAY_LEN(hosts); i++)
        CHECK(!wasm_call(thread, w.user, hosts[i], &x, &out) && out.i64 == 3000);
    x.i32 = LOOPS;
    CHECK(!wasm_call(thread, w.user, CALL_LOOP, &x, &out) && out.i64 == 7);
    destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

TEST(refs_calls_that_trap)
{
    static const struct {
        enum func func;
        enum wasm_trap kind;
    } traps[] = {
        {REF_NULL, WASM_TRAP_NULL_FUNCTION},
        {TAIL_NULL, WASM_TRAP_NULL_FUNCTION},
        {INDIRECT_NULL, WASM_TRAP_UNINITIALIZED_ELEMENT},
        {INDIRECT_HOST, WASM_TRAP_INDIRECT_TYPE},
        {INDIRECT_END, WASM_TRAP_UNDEFINED_ELEMENT},
    };
    union wasm_value x = {.i32 = 1000}, out;
    struct world w;

    CHECK(!create(&w, OPEN));
    for (unsigned i = 0; i < ARRAY_LEN(traps); i++) {
        const struct wasm_trap_info *info = wasm_thread_trap(thread);
        CHECK(wasm_call(thread, w.user, traps[i].func, &x, &out) == WASM_TRAPPED);
        CHECK(info->kind == traps[i].kind && info->nframes == 1);
        CHECK(info->frames[0].func == traps[i].func && info->frames[0].offset);
    }
    CHECK(!wasm_call(thread, w.user, REF_OWN, &x, &out) && out.i64 == wide_of(1000));
    destroy(&w);
    CHECK(linux_owner_clean(&owner));
}

/* What is imported may be of a sub type of what is wanted, and of nothing else. */
TEST(refs_imports_match_by_sub_types)
{
    struct world w;

    CHECK(!create(&w, BELOW));
    destroy(&w);
    CHECK(create(&w, FROM_I32) == -EINVAL);
    destroy(&w);
    CHECK(linux_owner_clean(&owner));
}
