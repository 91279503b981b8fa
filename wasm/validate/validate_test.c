#include "wasm/validate/validate.h"

#include "base/string.h"
#include "base/test.h"
#include "wasm/decode/decode.h"
#include "wasm/rt/instance.h"
#include "wasm/test_host.h"
#include "wasm/test_module.h"

static struct test_module t;
static struct wasm_error error;
static bool wide;                /* memory and table of body() are 64-bit ones */
static struct wasm_func checked; /* the last function, after validation */

/* Decodes and validates t. */
static int validate(void)
{
    struct wasm_module m;
    int e;

    memset(&m, 0, sizeof m);
    error = (struct wasm_error){.op = -1};
    m.host = &test_host;
    m.owner = &test_pool;
    m.bytes = t.bytes;
    m.len_bytes = t.len;
    arena_init(&m.arena, (struct arena_source){test_host_alloc, test_host_free, &test_pool},
               SIZE_MAX);
    e = wasm_decode(&m, &error);
    e = e ? e : types_intern(&m);
    e = e ? e : wasm_validate(&m, &error);
    if (!e && m.nfuncs)
        checked = m.funcs[m.nfuncs - 1];
    types_release(&m);
    arena_fini(&m.arena);
    assert(!test_pool.live);
    assert(!e == !error.what[0]);
    return e;
}

/* A function "foo" of signature `sig` with a memory, a mutable i32 and an immutable i64 global, a
 * funcref table and a passive data segment; type 1 is [i32] -> [i32 i32]. */
static int body(const char *sig, const uint8_t *code, size_t n)
{
    tm_init(&t);
    tm_section(&t, 1);
    tm_u32(&t, 2);
    tm_functype(&t, sig);
    tm_functype(&t, "i:ii");
    tm_section_end(&t);
    tm_section(&t, 3);
    TM(&t, 1, 0);
    tm_section_end(&t);
    tm_section(&t, 4);
    TM(&t, 1, 0x70, wide ? 4 : 0, 4);
    tm_section_end(&t);
    tm_section(&t, 5);
    TM(&t, 1, wide ? 4 : 0, 1);
    tm_section_end(&t);
    tm_section(&t, 6);
    TM(&t, 2, 0x7f, 1, 0x41, 0, 0x0b, 0x7e, 0, 0x42, 0, 0x0b);
    tm_section_end(&t);
    tm_section(&t, 7);
    TM(&t, 1, 3, 'f', 'o', 'o', 0, 0);
    tm_section_end(&t);
    tm_section(&t, 12);
    TM(&t, 1);
    tm_section_end(&t);
    tm_section(&t, 10);
    TM(&t, 1);
    tm_body(&t);
    TM(&t, 0);
    tm_bytes(&t, code, n);
    tm_byte(&t, 0x0b);
    tm_body_end(&t);
    tm_section_end(&t);
    tm_section(&t, 11);
    TM(&t, 1, 1, 1, 'x');
    tm_section_end(&t);
    return validate();
}

#define BODY(sig, ...)                                                                             \
    body((sig), (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

TEST(validate_operands)
{
    CHECK(!BODY("ii:i", 0x20, 0, 0x20, 1, 0x6a));
    CHECK(BODY("iI:i", 0x20, 0, 0x20, 1, 0x6a) == -EINVAL);
    CHECK(BODY("i:i", 0x20, 0, 0x6a) == -EINVAL);
    CHECK(BODY("i:", 0x20, 0) == -EINVAL); /* one value too many */
    CHECK(BODY(":i", 0x01) == -EINVAL);
    CHECK(!BODY("i:", 0x20, 0, 0x1a));
    CHECK(BODY(":", 0x20, 0, 0x1a) == -EINVAL); /* no such local */
    CHECK(!BODY(":", 0x41, 1, 0x24, 0));
    CHECK(BODY(":", 0x42, 1, 0x24, 1) == -EINVAL); /* immutable */
}

TEST(validate_messages_name_function_place_and_types)
{
    CHECK(BODY("iF:i", 0x20, 0, 0x20, 1, 0x6a) == -EINVAL);
    CHECK(!strncmp(error.what, "function 0 'foo' at 0x", 22));
    CHECK(strlen(error.what) > 24 && !strcmp(strchr(error.what, ':'), ": i32 expected, f64 found"));
    CHECK(error.op == 0x6a && t.bytes[error.offset] == 0x6a);
    CHECK(BODY("i:i", 0xfb, 0) == -ENOTSUP);
    CHECK(!strcmp(strchr(error.what, ':'), ": garbage collection is not supported yet"));
    CHECK(BODY(":", 0xfd, 0x0d) == -EINVAL); /* cut off */
}

TEST(validate_blocks)
{
    CHECK(!BODY(":i", 0x02, 0x7f, 0x41, 1, 0x0b));
    CHECK(BODY(":i", 0x02, 0x7f, 0x42, 1, 0x0b) == -EINVAL);
    CHECK(BODY(":", 0x02, 0x40, 0x41, 1, 0x0b) == -EINVAL);
    CHECK(!BODY("i:i", 0x20, 0, 0x04, 0x7f, 0x41, 1, 0x05, 0x41, 2, 0x0b));
    CHECK(BODY("i:i", 0x20, 0, 0x04, 0x7f, 0x41, 1, 0x0b) == -EINVAL); /* no else */
    CHECK(BODY("i:", 0x05) == -EINVAL);                                /* else without if */
    CHECK(!BODY("i:ii", 0x20, 0, 0x02, 1, 0x20, 0, 0x0b));             /* block with parameters */
    CHECK(BODY("i:ii", 0x02, 1, 0x20, 0, 0x0b) == -EINVAL);
    CHECK(BODY(":", 0x02, 0x40) == -EINVAL);    /* not closed */
    CHECK(BODY(":", 0x0b, 0x01) == -EINVAL);    /* code after the end */
    CHECK(BODY(":", 0x02, 2, 0x0b) == -EINVAL); /* no such type */
}

TEST(validate_branches)
{
    CHECK(!BODY("i:i", 0x02, 0x7f, 0x20, 0, 0x20, 0, 0x0d, 0, 0x0b));
    CHECK(BODY("i:i", 0x02, 0x7f, 0x20, 0, 0x0d, 0, 0x41, 0, 0x0b) == -EINVAL);
    CHECK(BODY(":", 0x0c, 1) == -EINVAL); /* no such label */
    CHECK(!BODY("i:", 0x02, 0x40, 0x03, 0x40, 0x20, 0, 0x0e, 2, 0, 1, 2, 0x0b, 0x0b));
    CHECK(BODY("i:i", 0x02, 0x7f, 0x03, 0x40, 0x41, 0, 0x20, 0, 0x0e, 1, 0, 1, 0x0b, 0x41, 0,
               0x0b) == -EINVAL); /* one label takes a value, the other none */
    CHECK(!BODY(":i", 0x41, 1, 0x0f));
    CHECK(BODY(":i", 0x0f) == -EINVAL);
}

TEST(validate_tail_calls)
{
    CHECK(!BODY("i:i", 0x20, 0, 0x12, 0)); /* of itself */
    CHECK(!BODY("i:i", 0x20, 0, 0x12, 0, 0x6a));
    CHECK(BODY("i:i", 0x12, 0) == -EINVAL);
    CHECK(BODY("i:i", 0x20, 0, 0x12, 9) == -EINVAL);
    CHECK(!BODY("i:i", 0x20, 0, 0x41, 0, 0x13, 0, 0));
    CHECK(BODY("i:i", 0x20, 0, 0x41, 0, 0x13, 1, 0) == -EINVAL); /* other results */
    CHECK(BODY("i:i", 0x20, 0, 0x41, 0, 0x13, 0, 1) == -EINVAL); /* no such table */
    CHECK(BODY("i:i", 0x20, 0, 0x13, 0, 0) == -EINVAL);
}

TEST(validate_unreachable_code_is_polymorphic_but_checked)
{
    CHECK(!BODY(":i", 0x00));
    CHECK(!BODY(":i", 0x00, 0x6a));
    CHECK(!BODY(":i", 0x00, 0x41, 1, 0x6a));
    CHECK(BODY(":i", 0x00, 0x42, 1, 0x6a) == -EINVAL);
    CHECK(!BODY(":i", 0x00, 0x1b)); /* select of nothing known */
    CHECK(BODY(":I", 0x00, 0x41, 1, 0x1b, 0x1a, 0x41, 1) == -EINVAL);
    CHECK(!BODY(":", 0x02, 0x7f, 0x41, 1, 0x0c, 0, 0x0b, 0x1a));
    CHECK(!BODY(":i", 0x02, 0x7f, 0x00, 0x41, 0, 0x0e, 1, 0, 1, 0x0b));
    CHECK(BODY(":", 0x00, 0x20, 9, 0x1a) == -EINVAL); /* indices count even here */
}

TEST(validate_atomics)
{
    CHECK(!BODY("i:i", 0x20, 0, 0xfe, 0x10, 2, 4));
    CHECK(BODY("i:i", 0x20, 0, 0xfe, 0x10, 1, 4) == -EINVAL); /* alignment: exactly that */
    CHECK(BODY("i:i", 0x20, 0, 0xfe, 0x10, 3, 4) == -EINVAL);
    CHECK(BODY("i:i", 0x20, 0, 0xfe, 0x10, 0x42, 1, 4) == -EINVAL); /* memory 1 */
    CHECK(!BODY("iI:I", 0x20, 0, 0x20, 1, 0x20, 1, 0xfe, 0x4e, 2, 0));
    CHECK(BODY("iI:I", 0x20, 0, 0x20, 1, 0x20, 0, 0xfe, 0x4e, 2, 0) == -EINVAL);
    CHECK(!BODY("iI:i", 0x20, 0, 0x20, 1, 0x20, 1, 0xfe, 2, 3, 0));
    CHECK(!BODY(":", 0xfe, 3, 0));
}

TEST(validate_memory_and_table_instructions)
{
    CHECK(!BODY("i:i", 0x20, 0, 0x28, 2, 4));
    CHECK(BODY("i:i", 0x20, 0, 0x28, 3, 4) == -EINVAL);                            /* alignment */
    CHECK(BODY("i:i", 0x20, 0, 0x28, 0x42, 1, 4) == -EINVAL);                      /* memory 1 */
    CHECK(BODY("i:i", 0x20, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10) == -EINVAL); /* offset 2^32 */
    CHECK(!BODY(":", 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 8, 0, 0));                   /* memory.init */
    CHECK(BODY(":", 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 8, 1, 0) == -EINVAL);
    CHECK(!BODY(":", 0xfc, 9, 0));
    CHECK(BODY(":", 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 8, 0, 1) == -EINVAL);
    CHECK(BODY(":", 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0, 1) == -EINVAL);
    CHECK(BODY(":i", 0x3f, 1) == -EINVAL);
    CHECK(!BODY(":x", 0x41, 0, 0x25, 0));
    CHECK(BODY(":e", 0x41, 0, 0x25, 0) == -EINVAL);
    CHECK(!BODY(":i", 0xd0, 0x70, 0x41, 1, 0xfc, 15, 0));
    CHECK(BODY(":i", 0xd0, 0x6f, 0x41, 1, 0xfc, 15, 0) == -EINVAL);
    CHECK(!BODY("i:", 0x20, 0, 0x41, 0, 0x11, 1, 0, 0x1a, 0x1a));
    CHECK(BODY("i:", 0x20, 0, 0x41, 0, 0x11, 2, 0, 0x1a, 0x1a) == -EINVAL);
    CHECK(!BODY(":x", 0xd2, 0)); /* exported, so declared */
    CHECK(!BODY(":i", 0xd0, 0x6f, 0xd1));
    CHECK(BODY(":i", 0x41, 0, 0xd1) == -EINVAL);
    CHECK(BODY("ee:e", 0x20, 0, 0x20, 1, 0x41, 0, 0x1b) == -EINVAL); /* select of references */
    CHECK(!BODY("ee:e", 0x20, 0, 0x20, 1, 0x41, 0, 0x1c, 1, 0x6f));
}

TEST(validate_64_bit_memory_and_table)
{
    wide = true;
    CHECK(!BODY("I:i", 0x20, 0, 0x28, 2, 4));
    CHECK(BODY("i:i", 0x20, 0, 0x28, 2, 4) == -EINVAL);
    CHECK(!BODY("I:i", 0x20, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10)); /* offset 2^32 */
    CHECK(!BODY("I:", 0x20, 0, 0x43, 0, 0, 0, 0, 0x38, 2, 0));
    CHECK(BODY("i:", 0x20, 0, 0x43, 0, 0, 0, 0, 0x38, 2, 0) == -EINVAL);
    CHECK(!BODY("Iv:v", 0x20, 0, 0x20, 1, 0xfd, 0x54, 0, 0, 3));
    CHECK(BODY("iv:v", 0x20, 0, 0x20, 1, 0xfd, 0x54, 0, 0, 3) == -EINVAL);
    CHECK(!BODY(":I", 0x3f, 0) && BODY(":i", 0x3f, 0) == -EINVAL);
    CHECK(!BODY("I:I", 0x20, 0, 0x40, 0) && BODY("I:i", 0x20, 0, 0x40, 0) == -EINVAL);
    CHECK(!BODY("Iii:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 8, 0, 0)); /* memory.init */
    CHECK(BODY("IiI:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 8, 0, 0) == -EINVAL);
    CHECK(!BODY("III:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 10, 0, 0)); /* memory.copy */
    CHECK(BODY("IIi:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 10, 0, 0) == -EINVAL);
    CHECK(!BODY("IiI:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 11, 0)); /* memory.fill */
    CHECK(BODY("Iii:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 11, 0) == -EINVAL);
    CHECK(!BODY("I:x", 0x20, 0, 0x25, 0) && BODY("i:x", 0x20, 0, 0x25, 0) == -EINVAL);
    CHECK(!BODY("I:", 0x20, 0, 0xd0, 0x70, 0x26, 0));
    CHECK(!BODY("I:I", 0xd0, 0x70, 0x20, 0, 0xfc, 15, 0)); /* table.grow */
    CHECK(!BODY(":I", 0xfc, 16, 0) && BODY(":i", 0xfc, 16, 0) == -EINVAL);
    CHECK(!BODY("II:", 0x20, 0, 0xd0, 0x70, 0x20, 1, 0xfc, 17, 0)); /* table.fill */
    CHECK(!BODY("III:", 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 14, 0, 0));
    CHECK(!BODY("iI:", 0x20, 0, 0x20, 1, 0x11, 1, 0, 0x1a, 0x1a)); /* call_indirect */
    CHECK(BODY("ii:", 0x20, 0, 0x20, 1, 0x11, 1, 0, 0x1a, 0x1a) == -EINVAL);
    wide = false;
}

/* Memories and tables of both widths: copies between them. 0 and 1: 64 and 32 bits. */
static int copy(unsigned op, const char *sig, unsigned to, unsigned from)
{
    tm_init(&t);
    tm_section(&t, 1);
    TM(&t, 1);
    tm_functype(&t, sig);
    tm_section_end(&t);
    tm_section(&t, 3);
    TM(&t, 1, 0);
    tm_section_end(&t);
    tm_section(&t, 4);
    TM(&t, 2, 0x70, 4, 1, 0x70, 0, 1);
    tm_section_end(&t);
    tm_section(&t, 5);
    TM(&t, 2, 4, 1, 0, 1);
    tm_section_end(&t);
    tm_section(&t, 10);
    TM(&t, 1, 12, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfc, (uint8_t)op, (uint8_t)to, (uint8_t)from,
       0x0b);
    tm_section_end(&t);
    return validate();
}

TEST(validate_copies_between_address_types)
{
    for (unsigned op = 10; op <= 14; op += 4) { /* memory.copy, table.copy */
        CHECK(!copy(op, "Iii:", 0, 1) && !copy(op, "iIi:", 1, 0) && !copy(op, "iii:", 1, 1));
        CHECK(copy(op, "IiI:", 0, 1) == -EINVAL && copy(op, "iII:", 1, 0) == -EINVAL);
        CHECK(copy(op, "iIi:", 0, 1) == -EINVAL && copy(op, "Iii:", 1, 0) == -EINVAL);
    }
}

TEST(validate_records_sizes)
{
    CHECK(!BODY("ii:i", 0x20, 0, 0x20, 1, 0x20, 0, 0x6a, 0x6a, 0x02, 0x40, 0x0b, 0x03, 0x40, 0x0b));
    CHECK(checked.nlocals == 2 && checked.max_stack == 3 && checked.nblocks == 2);
}

TEST(validate_too_many_locals)
{
    static const uint8_t code[] = {0x0b};

    CHECK(!body(":", code, 0));
    tm_init(&t);
    tm_section(&t, 1);
    TM(&t, 1, 0x60, 0, 0);
    tm_section_end(&t);
    tm_section(&t, 3);
    TM(&t, 1, 0);
    tm_section_end(&t);
    tm_section(&t, 10);
    TM(&t, 1);
    tm_body(&t);
    TM(&t, 2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 2, 0x7f, 0x0b);
    tm_body_end(&t);
    tm_section_end(&t);
    CHECK(validate() == -EINVAL);
}

/* Deeper than any recursion would stand. */
TEST(validate_nested_blocks)
{
    static uint8_t code[12000];

    memset(code, 0, sizeof code);
    for (unsigned i = 0; i < 4000; i++) {
        code[2 * i] = 0x02;
        code[2 * i + 1] = 0x40;
        code[8000 + i] = 0x0b;
    }
    CHECK(!body(":", code, sizeof code));
    CHECK(checked.nblocks == 4000);
}

static int globals(const uint8_t *bytes, size_t n)
{
    tm_init(&t);
    tm_section(&t, 6);
    tm_bytes(&t, bytes, n);
    tm_section_end(&t);
    return validate();
}

#define GLOBALS(...) globals((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

TEST(validate_constant_expressions)
{
    CHECK(!GLOBALS(1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b));
    CHECK(GLOBALS(1, 0x7e, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b) == -EINVAL);
    CHECK(GLOBALS(1, 0x7f, 0, 0x41, 1, 0x6a, 0x0b) == -EINVAL);
    CHECK(GLOBALS(1, 0x7f, 0, 0x0b) == -EINVAL);
    CHECK(GLOBALS(1, 0x7f, 0, 0x41, 1, 0x41, 1, 0x0b) == -EINVAL);
    CHECK(!GLOBALS(2, 0x7f, 0, 0x41, 1, 0x0b, 0x7f, 0, 0x23, 0, 0x0b));
    CHECK(GLOBALS(1, 0x7f, 0, 0x23, 0, 0x0b) == -EINVAL);                         /* itself */
    CHECK(GLOBALS(2, 0x7f, 1, 0x41, 1, 0x0b, 0x7f, 0, 0x23, 0, 0x0b) == -EINVAL); /* mutable */
    CHECK(!GLOBALS(1, 0x70, 0, 0xd0, 0x70, 0x0b));
    CHECK(GLOBALS(1, 0x70, 0, 0xd0, 0x6f, 0x0b) == -EINVAL);
    CHECK(GLOBALS(1, 0x70, 0, 0xd2, 0, 0x0b) == -EINVAL); /* no such function */
}

TEST(validate_limits)
{
    tm_init(&t);
    tm_section(&t, 5);
    TM(&t, 1, 1, 2, 1);
    tm_section_end(&t);
    CHECK(validate() == -EINVAL);
    tm_init(&t);
    tm_section(&t, 5);
    TM(&t, 1, 0, 0x81, 0x80, 0x04); /* 65,537 pages */
    tm_section_end(&t);
    CHECK(validate() == -EINVAL);
    tm_init(&t);
    tm_section(&t, 5);
    TM(&t, 1, 0, 0x80, 0x80, 0x04);
    tm_section_end(&t);
    CHECK(!validate());
    tm_init(&t);
    tm_section(&t, 5);
    TM(&t, 1, 4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40); /* 2^48 pages */
    tm_section_end(&t);
    CHECK(!validate());
    tm_init(&t);
    tm_section(&t, 5);
    TM(&t, 1, 4, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40);
    tm_section_end(&t);
    CHECK(validate() == -EINVAL);
    tm_init(&t);
    tm_section(&t, 4);
    TM(&t, 1, 0x70, 0, 0x80, 0x80, 0x80, 0x80, 0x10); /* 2^32 elements */
    tm_section_end(&t);
    CHECK(validate() == -EINVAL);
}
