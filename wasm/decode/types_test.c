#include "base/test.h"
#include "wasm/decode/decode.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"

static struct test_module t;
static struct wasm_module m;
static struct wasm_error error;

/* Decodes t into m, which keeps until drop(). */
static int decode(void)
{
    m = (struct wasm_module){
        .host = &test_host, .owner = &test_pool, .bytes = t.bytes, .len_bytes = t.len};
    error = (struct wasm_error){.op = -1};
    arena_init(&m.arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    return wasm_decode(&m, &error);
}

static void drop(void)
{
    arena_fini(&m.arena);
    assert(!test_pool.live);
}

/* What decoding says of a type section. */
static int section(const uint8_t *bytes, size_t n)
{
    int e;

    tm_init(&t);
    tm_section(&t, 1);
    tm_bytes(&t, bytes, n);
    tm_section_end(&t);
    e = decode();
    drop();
    return e;
}
#define TYPES(...) section((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

TEST(decode_types_groups_and_sub_types)
{
    tm_init(&t);
    tm_section(&t, 1);
    TM(&t, 4);                                                    /* groups */
    TM(&t, 0x60, 0, 1, 0x70);                                     /* 0 */
    TM(&t, 0x4e, 2, 0x50, 0, 0x60, 1, 0x64, 2, 0);                /* 1: open, takes (ref 2) */
    TM(&t, 0x4f, 1, 1, 0x60, 1, 0x63, 0x01, 0);                   /* 2: final, below 1 */
    TM(&t, 0x4e, 0);                                              /* nothing */
    TM(&t, 0x50, 1, 1, 0x60, 2, 0x64, 0x6e, 0x63, 0x73, 1, 0x7f); /* 3 */
    tm_section_end(&t);
    CHECK(!decode());
    CHECK(m.ntypes == 4 && m.ngroups == 3);
    CHECK(m.subtypes[0].group == 0 && m.subtypes[0].ngroup == 1 && m.subtypes[0].final);
    CHECK(m.subtypes[0].super == WASM_NO_SUPER && m.subtypes[0].depth == 0);
    CHECK(m.subtypes[1].group == 1 && m.subtypes[1].ngroup == 2 && !m.subtypes[1].final);
    CHECK(m.types[1].params[0] == (wasm_valtype_ref(2) | WASM_REF_NONNULL));
    CHECK(m.subtypes[2].group == 1 && m.subtypes[2].super == 1 && m.subtypes[2].final);
    CHECK(m.subtypes[2].depth == 1 && m.types[2].params[0] == wasm_valtype_ref(1));
    CHECK(m.subtypes[3].group == 3 && m.subtypes[3].super == 1);
    CHECK(m.types[3].params[0] == (WASM_ANYREF | WASM_REF_NONNULL));
    CHECK(m.types[3].params[1] == WASM_NOFUNCREF && m.types[3].results[0] == WASM_I32);
    drop();
}

TEST(decode_types_that_are_refused)
{
    CHECK(TYPES(1, 0x5f, 0) == -ENOTSUP && strlen(error.what) > 39 &&
          !strcmp(error.what + strlen(error.what) - 39, "garbage collection is not supported yet"));
    CHECK(TYPES(1, 0x5e, 0x78, 0) == -ENOTSUP);
    CHECK(TYPES(1, 0x4e, 2, 0x60, 0, 0, 0x50, 0, 0x5f, 0) == -ENOTSUP);
    CHECK(TYPES(1, 0x60, 1, 0x64, 1, 0) == -EINVAL); /* no such type */
    CHECK(TYPES(1, 0x60, 1, 0x64, 0xff, 0xff, 0x7f, 0) == -EINVAL);
    CHECK(TYPES(2, 0x60, 1, 0x64, 1, 0, 0x60, 0, 0) == -EINVAL); /* of a later group */
    CHECK(TYPES(1, 0x60, 1, 0x64, 0x7f, 0) == -EINVAL);          /* no heap type */
    CHECK(TYPES(1, 0x60, 1, 0x64, 0x68, 0) == -EINVAL);
    CHECK(TYPES(1, 0x50, 1, 0, 0x60, 0, 0) == -EINVAL); /* below itself */
    CHECK(TYPES(2, 0x50, 0, 0x60, 0, 0, 0x50, 2, 0, 0, 0x60, 0, 0) == -EINVAL);
    CHECK(TYPES(1, 0x4e, 1, 0x4e, 1, 0x60, 0, 0) == -EINVAL); /* a group in a group */
    CHECK(TYPES(1, 0x50, 0, 0x50, 0, 0x60, 0, 0) == -EINVAL);
    CHECK(TYPES(1, 0x4e, 2, 0x60, 0, 0) == -EINVAL);
    CHECK(TYPES(1, 0x61, 0, 0) == -EINVAL);
}

/* Counts that promise more than there is, or than there may be. */
TEST(decode_types_absurd_counts)
{
    CHECK(TYPES(0xff, 0xff, 0xff, 0xff, 0x0f) == -EINVAL);
    CHECK(TYPES(1, 0x4e, 0xff, 0xff, 0xff, 0xff, 0x0f) == -EINVAL);
    CHECK(TYPES(1, 0x50, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x60, 0, 0) == -EINVAL);
    CHECK(TYPES(1, 0x60, 0xff, 0xff, 0xff, 0xff, 0x0f) == -EINVAL);
}

/* 63 supertypes are allowed, one more is not. */
TEST(decode_types_depth_of_sub_types)
{
    for (uint32_t n = WASM_SUBTYPE_DEPTH_MAX; n <= WASM_SUBTYPE_DEPTH_MAX + 1; n++) {
        tm_init(&t);
        tm_section(&t, 1);
        tm_u32(&t, n + 1);
        TM(&t, 0x50, 0, 0x60, 0, 0);
        for (uint32_t i = 0; i < n; i++)
            TM(&t, 0x50, 1, i, 0x60, 0, 0);
        tm_section_end(&t);
        CHECK(decode() == (n > WASM_SUBTYPE_DEPTH_MAX ? -EINVAL : 0));
        drop();
    }
}
