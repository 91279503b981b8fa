/* Typed references: sub types, null and not null, locals without a default value. */
#include "base/test.h"
#include "wasm/decode/decode.h"
#include "wasm/rt/instance.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"
#include "wasm/validate/subtype.h"
#include "wasm/validate/validate.h"

static struct test_module t;
static struct wasm_module m;
static struct wasm_error error;

/* Decodes and validates t into m, which keeps until drop(). */
static int validate(void)
{
    int e;

    m = (struct wasm_module){
        .host = &test_host, .owner = &test_pool, .bytes = t.bytes, .len_bytes = t.len};
    error = (struct wasm_error){.op = -1};
    arena_init(&m.arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    e = wasm_decode(&m, &error);
    e = e ? e : types_intern(&m);
    return e ? e : wasm_validate(&m, &error);
}

static void drop(void)
{
    types_release(&m);
    arena_fini(&m.arena);
    assert(!test_pool.live);
}

static bool said(const char *end)
{
    size_t all = strlen(error.what), n = strlen(end);
    return all >= n && !strcmp(error.what + all - n, end);
}

enum type {
    NONE,      /* [] -> [] */
    OPEN,      /* open: [i32] -> [funcref] */
    BELOW,     /* sub OPEN: [i32] -> [(ref 1)] */
    SAME,      /* equal to OPEN */
    BODY_TYPE, /* of the function under test */
    TYPES
};

/* Functions: 0 of type BELOW, exported; 1 under test, of the type in `sig` (its bytes behind 0x60)
 * with the locals and code in `code`. Tables: 0 of funcref, 1 of (ref null 1). */
static int body(const uint8_t *sig, size_t sig_len, const uint8_t *code, size_t n)
{
    int e;

    tm_init(&t);
    tm_section(&t, 1);
    TM(&t, TYPES, 0x60, 0, 0, 0x50, 0, 0x60, 1, 0x7f, 1, 0x70);
    TM(&t, 0x50, 1, 1, 0x60, 1, 0x7f, 1, 0x64, 1, 0x50, 0, 0x60, 1, 0x7f, 1, 0x70, 0x60);
    tm_bytes(&t, sig, sig_len);
    tm_section_end(&t);
    tm_section(&t, 3);
    TM(&t, 2, BELOW, BODY_TYPE);
    tm_section_end(&t);
    tm_section(&t, 4);
    TM(&t, 2, 0x70, 0, 1, 0x63, 1, 0, 1);
    tm_section_end(&t);
    tm_section(&t, 7);
    TM(&t, 1, 1, 'f', 0, 0);
    tm_section_end(&t);
    tm_section(&t, 10);
    TM(&t, 2, 3, 0, 0x00, 0x0b);
    tm_body(&t);
    tm_bytes(&t, code, n);
    TM(&t, 0x0b);
    tm_body_end(&t);
    tm_section_end(&t);
    e = validate();
    drop();
    return e;
}
#define SIG(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})
#define BODY(sig, ...)                                                                             \
    body(sig, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
#define NOTHING SIG(0, 0)

TEST(refs_calls)
{
    CHECK(!BODY(SIG(1, 0x63, 1, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x14, 1));
    CHECK(!BODY(SIG(1, 0x63, 2, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x14, 1)); /* a sub type */
    CHECK(!BODY(SIG(1, 0x63, 3, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x14, 1)); /* an equal type */
    CHECK(BODY(SIG(1, 0x63, 1, 1, 0x64, 1), 0, 0x41, 1, 0x20, 0, 0x14, 2) == -EINVAL);
    CHECK(BODY(SIG(1, 0x70, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x14, 1) == -EINVAL); /* any function */
    CHECK(!BODY(SIG(1, 0x73, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x14, 1));           /* none */
    CHECK(BODY(SIG(1, 0x63, 1, 1, 0x70), 0, 0x20, 0, 0x14, 1) == -EINVAL);       /* no argument */
    CHECK(BODY(NOTHING, 0, 0x00, 0x14, 5) == -EINVAL);                           /* no such type */
    CHECK(
        !BODY(SIG(1, 0x63, 2, 1, 0x70), 0, 0x41, 1, 0x20, 0, 0x15, 2)); /* results of a sub type */
    CHECK(BODY(SIG(1, 0x63, 1, 1, 0x64, 1), 0, 0x41, 1, 0x20, 0, 0x15, 1) == -EINVAL);
    CHECK(!BODY(NOTHING, 0, 0x41, 1, 0x41, 0, 0x11, 1, 1, 0x1a)); /* call_indirect, typed table */
    CHECK(!BODY(SIG(0, 1, 0x64, 2), 0, 0xd2, 0));                 /* ref.func is precise */
    CHECK(!BODY(SIG(0, 1, 0x64, 3), 0, 0xd2, 0));
    CHECK(BODY(SIG(0, 1, 0x64, 0), 0, 0xd2, 0) == -EINVAL);
}

TEST(refs_null_and_not_null)
{
    CHECK(!BODY(SIG(1, 0x63, 1, 1, 0x64, 1), 0, 0x20, 0, 0xd4));
    CHECK(BODY(SIG(1, 0x63, 1, 1, 0x64, 1), 0, 0x20, 0) == -EINVAL);
    CHECK(said("(ref 1) expected, (ref null 1) found"));
    CHECK(!BODY(SIG(0, 1, 0x63, 1), 0, 0xd0, 1));
    CHECK(!BODY(SIG(0, 1, 0x63, 1), 0, 0xd0, 0x73)); /* null of no function is null of each */
    CHECK(BODY(SIG(0, 1, 0x63, 1), 0, 0xd0, 0x70) == -EINVAL);
    CHECK(BODY(SIG(0, 1, 0x63, 1), 0, 0xd0, 5) == -EINVAL);
    CHECK(BODY(SIG(1, 0x7f, 0), 0, 0x20, 0, 0xd4, 0x1a) == -EINVAL);
    /* br_on_null: falls through with the reference */
    CHECK(!BODY(SIG(1, 0x6f, 1, 0x64, 0x6f), 0, 0x02, 0x40, 0x20, 0, 0xd5, 0, 0x0f, 0x0b, 0x00));
    CHECK(BODY(SIG(1, 0x6f, 1, 0x64, 0x6f), 0, 0x20, 0, 0xd5, 0) == -EINVAL);
    /* br_on_non_null: branches with it */
    CHECK(!BODY(SIG(1, 0x6f, 1, 0x64, 0x6f), 0, 0x20, 0, 0xd6, 0, 0x00));
    CHECK(BODY(SIG(1, 0x6f, 0), 0, 0x20, 0, 0xd6, 0) == -EINVAL);
    CHECK(BODY(SIG(1, 0x6f, 1, 0x7f), 0, 0x20, 0, 0xd6, 0, 0x00) == -EINVAL);
    CHECK(BODY(SIG(1, 0x70, 1, 0x64, 0x6f), 0, 0x20, 0, 0xd6, 0, 0x00) == -EINVAL);
    CHECK(BODY(NOTHING, 0, 0x00, 0xd5, 9) == -EINVAL);
    CHECK(BODY(NOTHING, 0, 0x00, 0xd6, 9) == -EINVAL);
}

TEST(refs_in_unreachable_code)
{
    CHECK(!BODY(SIG(0, 1, 0x64, 1), 0, 0x00, 0xd4));
    CHECK(BODY(SIG(0, 1, 0x7f), 0, 0x00, 0xd4) == -EINVAL); /* a reference all the same */
    CHECK(BODY(NOTHING, 0, 0x00, 0xd4, 0x41, 0, 0x1b, 0x1a) == -EINVAL);
    CHECK(!BODY(SIG(0, 1, 0x7f), 0, 0x00, 0xd1));
    CHECK(!BODY(SIG(0, 1, 0x70), 0, 0x00, 0x14, 1));
}

TEST(refs_blocks_and_select)
{
    CHECK(!BODY(SIG(1, 0x64, 2, 1, 0x70), 0, 0x02, 0x63, 1, 0x20, 0, 0x0b));
    CHECK(BODY(SIG(1, 0x64, 1, 1, 0x70), 0, 0x02, 0x63, 2, 0x20, 0, 0x0b) == -EINVAL);
    CHECK(BODY(NOTHING, 0, 0x02, 0x63, 5, 0xd0, 0x73, 0x0b, 0x1a) == -EINVAL);
    CHECK(!BODY(SIG(2, 0x64, 1, 0x64, 2, 1, 0x64, 1), 0, 0x20, 0, 0x20, 1, 0x41, 0, 0x1c, 1, 0x64,
                1));
    CHECK(BODY(SIG(1, 0x70, 0), 0, 0x20, 0, 0x20, 0, 0x41, 0, 0x1c, 1, 0x63, 5, 0x1a) == -EINVAL);
    /* br_if leaves what the label says, not what was there */
    CHECK(!BODY(SIG(1, 0x64, 2, 0), 1, 1, 0x63, 2, 0x02, 0x63, 2, 0x20, 0, 0x41, 0, 0x0d, 0, 0x22,
                1, 0x0b, 0x1a));
    CHECK(BODY(SIG(1, 0x64, 2, 0), 1, 1, 0x63, 2, 0x02, 0x70, 0x20, 0, 0x41, 0, 0x0d, 0, 0x22, 1,
               0x0b, 0x1a) == -EINVAL);
}

TEST(refs_locals_without_default)
{
    CHECK(!body(NOTHING, SIG(1, 1, 0x64, 2)));
    CHECK(body(NOTHING, SIG(1, 1, 0x64, 2, 0x20, 0, 0x1a)) == -EINVAL);
    CHECK(said("uninitialized local 0"));
    CHECK(!body(NOTHING, SIG(1, 1, 0x64, 2, 0xd2, 0, 0x21, 0, 0x20, 0, 0x1a)));
    CHECK(!body(NOTHING, SIG(1, 1, 0x64, 2, 0xd2, 0, 0x22, 0, 0x1a, 0x20, 0, 0x1a)));
    /* what is set before a block is set in it; what is set in it is forgotten behind */
    CHECK(!body(NOTHING, SIG(1, 1, 0x64, 2, 0xd2, 0, 0x21, 0, 0x02, 0x40, 0x20, 0, 0x1a, 0x0b)));
    CHECK(body(NOTHING, SIG(1, 1, 0x64, 2, 0x02, 0x40, 0xd2, 0, 0x21, 0, 0x0b, 0x20, 0, 0x1a)) ==
          -EINVAL);
    CHECK(body(NOTHING, SIG(1, 1, 0x64, 2, 0x41, 0, 0x04, 0x40, 0xd2, 0, 0x21, 0, 0x05, 0x20, 0,
                            0x1a, 0x0b)) == -EINVAL);
    CHECK(body(NOTHING, SIG(1, 1, 0x64, 5)) == -EINVAL); /* no such type */
}

/* Global and table sections: non-null references need a value from the beginning. */
static int with_section(unsigned id, const uint8_t *bytes, size_t n)
{
    int e;

    tm_init(&t);
    tm_section(&t, 1);
    TM(&t, 2, 0x60, 0, 0, 0x50, 0, 0x60, 0, 0);
    tm_section_end(&t);
    tm_section(&t, 3);
    TM(&t, 1, 0);
    tm_section_end(&t);
    tm_section(&t, id);
    tm_bytes(&t, bytes, n);
    tm_section_end(&t);
    tm_section(&t, 10);
    TM(&t, 1, 2, 0, 0x0b);
    tm_section_end(&t);
    e = validate();
    drop();
    return e;
}

TEST(refs_tables_and_globals)
{
    CHECK(!with_section(4, SIG(1, 0x63, 0, 0, 1)));
    CHECK(with_section(4, SIG(1, 0x64, 0, 0, 1)) == -EINVAL);
    CHECK(!with_section(4, SIG(1, 0x40, 0, 0x64, 0, 0, 1, 0xd2, 0, 0x0b)));
    CHECK(with_section(4, SIG(1, 0x40, 0, 0x64, 1, 0, 1, 0xd2, 0, 0x0b)) == -EINVAL);
    CHECK(with_section(4, SIG(1, 0x63, 2, 0, 1)) == -EINVAL);
    CHECK(!with_section(6, SIG(2, 0x64, 0, 0, 0xd2, 0, 0x0b, 0x63, 0, 0, 0x23, 0, 0x0b)));
    CHECK(with_section(6, SIG(2, 0x63, 0, 0, 0xd2, 0, 0x0b, 0x64, 0, 0, 0x23, 0, 0x0b)) == -EINVAL);
    CHECK(with_section(6, SIG(1, 0x63, 2, 0, 0xd0, 2, 0x0b)) == -EINVAL);
    CHECK(with_section(6, SIG(1, 0x70, 0, 0xd0, 2, 0x0b)) == -EINVAL);
}

static int types(const uint8_t *bytes, size_t n)
{
    int e;

    tm_init(&t);
    tm_section(&t, 1);
    tm_bytes(&t, bytes, n);
    tm_section_end(&t);
    e = validate();
    drop();
    return e;
}

TEST(refs_declared_sub_types)
{
    CHECK(types(SIG(2, 0x60, 0, 0, 0x50, 1, 0, 0x60, 0, 0)) == -EINVAL); /* of a final type */
    CHECK(!types(SIG(2, 0x50, 0, 0x60, 0, 0, 0x50, 1, 0, 0x60, 0, 0)));
    CHECK(types(SIG(2, 0x50, 0, 0x60, 0, 0, 0x50, 1, 0, 0x60, 0, 1, 0x7f)) == -EINVAL);
    /* parameters the other way round than results */
    CHECK(!types(SIG(2, 0x50, 0, 0x60, 1, 0x73, 1, 0x70, 0x50, 1, 0, 0x60, 1, 0x70, 1, 0x73)));
    CHECK(types(SIG(2, 0x50, 0, 0x60, 1, 0x70, 0, 0x50, 1, 0, 0x60, 1, 0x73, 0)) == -EINVAL);
    CHECK(types(SIG(2, 0x50, 0, 0x60, 0, 1, 0x73, 0x50, 1, 0, 0x60, 0, 1, 0x70)) == -EINVAL);
}

/* All abstract types against each other: who is below whom (3.3.3), by hand. */
TEST(refs_abstract_heap_types)
{
    static const struct {
        wasm_valtype_t type;
        const char *above; /* first letters: a any, q eq, i i31, s struct, r array, f func, e
                              extern, x exn */
    } rows[] = {
        {WASM_ANYREF, "a"},
        {WASM_EQREF, "qa"},
        {WASM_I31REF, "iqa"},
        {WASM_STRUCTREF, "sqa"},
        {WASM_ARRAYREF, "rqa"},
        {WASM_NONEREF, "isrqa"},
        {WASM_FUNCREF, "f"},
        {WASM_NOFUNCREF, "f"},
        {WASM_EXTERNREF, "e"},
        {WASM_NOEXTERNREF, "e"},
        {WASM_EXNREF, "x"},
        {WASM_NOEXNREF, "x"},
        {WASM_REF_BOTTOM, "aqisrfex"},
    };
    static const struct {
        char letter;
        wasm_valtype_t type;
    } tops[] = {{'a', WASM_ANYREF},    {'q', WASM_EQREF},    {'i', WASM_I31REF},
                {'s', WASM_STRUCTREF}, {'r', WASM_ARRAYREF}, {'f', WASM_FUNCREF},
                {'e', WASM_EXTERNREF}, {'x', WASM_EXNREF}};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (size_t k = 0; k < ARRAY_LEN(tops); k++) {
            bool below = strchr(rows[i].above, tops[k].letter);
            wasm_valtype_t nonnull = rows[i].type | WASM_REF_NONNULL;
            CHECK(wasm_valtype_matches(&m, rows[i].type, &m, tops[k].type) == below);
            CHECK(wasm_valtype_matches(&m, nonnull, &m, tops[k].type) == below);
            CHECK(wasm_valtype_matches(&m, nonnull, &m, tops[k].type | WASM_REF_NONNULL) == below);
        }
    CHECK(!wasm_valtype_matches(&m, WASM_FUNCREF, &m, WASM_FUNCREF | WASM_REF_NONNULL));
    CHECK(!wasm_valtype_matches(&m, WASM_I32, &m, WASM_ANYREF));
    CHECK(!wasm_valtype_matches(&m, WASM_NONEREF, &m, WASM_I32));
    CHECK(wasm_valtype_matches(&m, WASM_BOTTOM, &m, WASM_I32));
}
