#include "wasm/decode/decode.h"

#include "base/string.h"
#include "base/test.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"

static struct test_module t;

/* Decodes t; with keep = NULL the module is dropped at once. Nothing may leak. */
static int decode_into(struct wasm_module *keep, struct wasm_error *err)
{
    static struct wasm_module dropped;
    struct wasm_module *m = keep ? keep : &dropped;
    int e;

    memset(m, 0, sizeof *m);
    *err = (struct wasm_error){.op = -1};
    m->host = &test_host;
    m->owner = &test_pool;
    m->bytes = t.bytes;
    m->len_bytes = t.len;
    arena_init(&m->arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    e = wasm_decode(m, err);
    if (e || !keep)
        arena_fini(&m->arena);
    return e;
}

static int decode(void)
{
    struct wasm_error err;
    int e = decode_into(NULL, &err);

    assert(!e == !err.what[0]);
    assert(!test_pool.live);
    return e;
}

/* One section with the bytes given. */
#define SECTION(id, ...) (tm_section(&t, (id)), TM(&t, __VA_ARGS__), tm_section_end(&t))

/* (func (export "f")) with a table, a memory, a global, segments of each sort and a name section.
 */
static void whole_module(void)
{
    tm_init(&t);
    SECTION(1, 2, 0x60, 0, 0, 0x60, 2, 0x7f, 0x7e, 1, 0x7d);
    SECTION(2, 1, 1, 'm', 1, 'f', 0, 1);
    SECTION(3, 2, 0, 0);
    SECTION(4, 1, 0x70, 1, 2, 9);
    SECTION(5, 1, 0, 1);
    SECTION(6, 1, 0x7f, 1, 0x41, 5, 0x0b);
    SECTION(7, 1, 1, 'f', 0, 1);
    SECTION(8, 1);
    SECTION(9, 3, 0, 0x41, 0, 0x0b, 1, 1, 1, 0, 1, 2, 5, 0x70, 1, 0xd0, 0x70, 0x0b);
    SECTION(12, 2);
    SECTION(10, 2, 2, 0, 0x0b, 4, 1, 3, 0x7f, 0x0b);
    SECTION(11, 2, 0, 0x41, 8, 0x0b, 2, 'h', 'i', 1, 1, '!');
    SECTION(0, 4, 'n', 'a', 'm', 'e', 0, 3, 2, 'm', 'o', 1, 4, 1, 2, 1, 'g');
}

TEST(decode_whole_module)
{
    struct wasm_module m;
    struct wasm_error err;

    whole_module();
    CHECK(!decode_into(&m, &err));
    CHECK(m.ntypes == 2 && m.types[1].nparams == 2 && m.types[1].params[1] == WASM_I64);
    CHECK(m.types[1].nresults == 1 && m.types[1].results[0] == WASM_F32);
    CHECK(m.nimports == 1 && m.imports[0].module.len == 1 && m.nimported_funcs == 1);
    CHECK(m.nfuncs == 3 && m.funcs[0].imported && m.funcs[0].type == 1 && !m.funcs[1].imported);
    CHECK(m.funcs[2].body.len == 4 && m.funcs[2].body.at[3] == 0x0b);
    CHECK(m.tables[0].type.limits.min == 2 && m.tables[0].type.limits.max == 9);
    CHECK(m.memories[0].limits.min == 1 && m.memories[0].limits.max == UINT64_MAX);
    CHECK(m.globals[0].type.mutable_ && m.globals[0].init.code.len == 3);
    CHECK(m.start == 1);
    CHECK(m.nelems == 3 && m.elems[0].mode == WASM_SEGMENT_ACTIVE && m.elems[0].funcs[0] == 1);
    CHECK(m.elems[1].mode == WASM_SEGMENT_PASSIVE && m.elems[1].funcs[0] == 2);
    CHECK(m.elems[2].exprs && m.elems[2].exprs[0].code.len == 3);
    CHECK(m.funcs[1].declared_ref && m.funcs[2].declared_ref && !m.funcs[0].declared_ref);
    CHECK(m.ndatas == 2 && m.datas[0].bytes.len == 2 && m.datas[1].mode == WASM_SEGMENT_PASSIVE);
    CHECK(m.name.len == 2 && m.funcs[1].name.at[0] == 'f' && m.funcs[2].name.at[0] == 'g');
    arena_fini(&m.arena);
    CHECK(!test_pool.live);
}

TEST(decode_every_truncation_is_refused)
{
    uint32_t whole, ok = 0;

    whole_module();
    whole = t.len;
    for (t.len = 0; t.len < whole; t.len++)
        ok += !decode();
    /* Only an empty module, and those that end before the code section has to come. */
    CHECK(ok <= 4);
    t.len = 8;
    CHECK(!decode());
}

TEST(decode_every_byte_changed_is_survived)
{
    uint32_t whole;

    whole_module();
    whole = t.len;
    for (uint32_t at = 0; at < whole; at++)
        for (unsigned value = 0; value < 0x100; value += at % 3 + 1) {
            uint8_t old = t.bytes[at];
            t.bytes[at] = (uint8_t)value;
            (void)decode();
            t.bytes[at] = old;
        }
    CHECK(!decode());
}

TEST(decode_out_of_memory_at_every_allocation)
{
    struct wasm_error err;
    struct wasm_module m;

    whole_module();
    for (unsigned n = 1; n < 100; n++) {
        int e;
        test_pool.fail_after = n;
        e = decode_into(&m, &err);
        test_pool.fail_after = 0;
        if (!e) {
            arena_fini(&m.arena);
            CHECK(n > 1);
            break;
        }
        CHECK(e == -ENOMEM && !test_pool.live);
    }
    CHECK(!test_pool.live);
}

TEST(decode_header)
{
    tm_init(&t);
    CHECK(!decode());
    t.bytes[4] = 2;
    CHECK(decode() == -EINVAL);
    t.bytes[4] = 0x0d;
    t.bytes[6] = 1;
    CHECK(decode() == -ENOTSUP);
    t.bytes[0] = 'x';
    CHECK(decode() == -EINVAL);
}

TEST(decode_section_order)
{
    tm_init(&t);
    SECTION(3, 0);
    SECTION(1, 0);
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(1, 0);
    SECTION(1, 0);
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(14, 0);
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(13, 0);
    SECTION(6, 0);
    CHECK(!decode());
    tm_init(&t);
    SECTION(6, 0);
    SECTION(13, 0);
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(13, 1, 1, 0); /* an attribute other than exception */
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(1, 0, 0); /* a byte too many */
    CHECK(decode() == -EINVAL);
}

TEST(decode_counts_are_checked_before_memory_is_taken)
{
    static const uint8_t ids[] = {1, 2, 3, 4, 6, 7, 9, 10, 11};

    for (size_t i = 0; i < sizeof ids; i++) {
        tm_init(&t);
        SECTION(ids[i], 0xff, 0xff, 0xff, 0xff, 0x0f);
        CHECK(decode() == -EINVAL);
        tm_init(&t);
        SECTION(ids[i], 0x80, 0x80, 0x40); /* a million */
        CHECK(decode() == -EINVAL);
    }
}

TEST(decode_names_never_refuse)
{
    tm_init(&t);
    SECTION(0, 4, 'n', 'a', 'm', 'e', 1, 0xff, 0xff);
    CHECK(!decode());
    tm_init(&t);
    SECTION(0, 4, 'n', 'a', 'm', 'e', 1, 3, 9, 9, 0xff);
    CHECK(!decode());
    tm_init(&t);
    SECTION(0, 1, 0xff); /* but the name of the section itself is part of the format */
    CHECK(decode() == -EINVAL);
}

TEST(decode_export_names_differ)
{
    tm_init(&t);
    SECTION(5, 1, 0, 1);
    SECTION(7, 3, 1, 'a', 2, 0, 1, 'b', 2, 0, 1, 'c', 2, 0);
    CHECK(!decode());
    tm_init(&t);
    SECTION(5, 1, 0, 1);
    SECTION(7, 3, 1, 'a', 2, 0, 1, 'b', 2, 0, 1, 'a', 2, 0);
    CHECK(decode() == -EINVAL);
}

TEST(decode_constant_expressions)
{
    tm_init(&t);
    SECTION(6, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b); /* i32.add: extended-const */
    CHECK(!decode());
    tm_init(&t);
    SECTION(6, 1, 0x7f, 0, 0x41, 1, 0x67, 0x0b); /* i32.clz */
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(6, 1, 0x7f, 0, 0x41, 1); /* no end */
    CHECK(decode() == -EINVAL);
}

static int decode_memories(unsigned n)
{
    tm_init(&t);
    tm_section(&t, 5);
    tm_u32(&t, n);
    for (unsigned i = 0; i < n; i++)
        TM(&t, 0, 1);
    tm_section_end(&t);
    return decode();
}

TEST(decode_several_memories)
{
    CHECK(!decode_memories(2));
    CHECK(!decode_memories(WASM_MEMORIES_MAX));
    CHECK(decode_memories(WASM_MEMORIES_MAX + 1) == -EINVAL);
}

TEST(decode_shared_memories)
{
    tm_init(&t);
    SECTION(5, 2, 3, 1, 1, 7, 0, 1);
    CHECK(!decode());
    tm_init(&t);
    SECTION(4, 1, 0x70, 3, 1, 1);
    CHECK(decode() == -EINVAL); /* a shared table */
}

TEST(decode_later_proposals_by_name)
{
    static const char want[] = "garbage collection is not supported yet";
    struct wasm_error err;
    size_t len;

    tm_init(&t);
    SECTION(1, 1, 0x5f, 0);
    CHECK(decode_into(NULL, &err) == -ENOTSUP);
    len = strlen(err.what);
    CHECK(len > sizeof want && !strcmp(err.what + len + 1 - sizeof want, want));
}

TEST(decode_address_types)
{
    struct wasm_module m;
    struct wasm_error err;

    tm_init(&t);
    SECTION(4, 2, 0x70, 4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0x70, 1, 1, 2);
    SECTION(5, 2, 5, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0, 3); /* 2^48 pages */
    CHECK(!decode_into(&m, &err));
    CHECK(m.tables[0].type.limits.is64 && m.tables[0].type.limits.min == UINT64_MAX);
    CHECK(!m.tables[0].type.limits.has_max && !m.tables[1].type.limits.is64);
    CHECK(m.memories[0].limits.is64 && m.memories[0].limits.max == 1ull << 48);
    CHECK(!m.memories[1].limits.is64 && m.memories[1].limits.min == 3);
    arena_fini(&m.arena);
    tm_init(&t);
    SECTION(5, 1, 0x10, 1); /* no such flag */
    CHECK(decode() == -EINVAL);
    tm_init(&t);
    SECTION(4, 1, 0x70, 6, 1); /* no shared tables */
    CHECK(decode() == -EINVAL);
}
