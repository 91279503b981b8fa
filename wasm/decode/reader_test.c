#include "wasm/decode/reader.h"

#include "base/string.h"
#include "base/test.h"

static int read_one(const uint8_t *bytes, size_t n, struct wasm_insn *out, struct wasm_reader *r)
{
    *r = wasm_reader_init(bytes, bytes, n);
    return wasm_read_insn(r, out);
}

#define READ(insn, r, ...)                                                                         \
    read_one((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), (insn), (r))

TEST(reader_reads_immediates)
{
    struct wasm_insn i;
    struct wasm_reader r;

    CHECK(!READ(&i, &r, 0x20, 0x85, 0x01) && i.op == WASM_OP_local_get && i.a == 133);
    CHECK(!READ(&i, &r, 0x41, 0x7f) && i.value == 0xffffffff);
    CHECK(!READ(&i, &r, 0x42, 0x7f) && i.value == UINT64_MAX);
    CHECK(!READ(&i, &r, 0x43, 1, 2, 3, 0x84) && i.value == 0x84030201);
    CHECK(!READ(&i, &r, 0x28, 0x02, 0x90, 0x80, 0x00) && i.a == 0 && i.b == 2 && i.value == 16);
    CHECK(!READ(&i, &r, 0x28, 0x42, 0x01, 0x05) && i.a == 1 && i.b == 2 && i.value == 5);
    CHECK(!READ(&i, &r, 0x11, 0x03, 0x01) && i.a == 3 && i.b == 1);
    CHECK(!READ(&i, &r, 0x02, 0x40) && !i.has_index && !i.type);
    CHECK(!READ(&i, &r, 0x02, 0x7e) && !i.has_index && i.type == WASM_I64);
    CHECK(!READ(&i, &r, 0x02, 0xff, 0x00) && i.has_index && i.a == 127);
    CHECK(!READ(&i, &r, 0xfc, 0x8b, 0x00, 0x00) && i.op == WASM_OP_memory_fill && i.a == 0);
    CHECK(!READ(&i, &r, 0xd0, 0x6f) && i.type == WASM_EXTERNREF);
    CHECK(!READ(&i, &r, 0x1c, 0x01, 0x70) && i.a == 1 && i.type == WASM_FUNCREF);
}

TEST(reader_steps_over_labels)
{
    static const uint8_t code[] = {0x0e, 0x02, 0x00, 0x81, 0x00, 0x02, 0x0b};
    struct wasm_reader r = wasm_reader_init(code, code, sizeof code);
    struct wasm_insn i;

    CHECK(!wasm_read_insn(&r, &i) && i.op == WASM_OP_br_table && i.a == 2 && i.bytes == code + 2);
    CHECK(r.p == code + 6);
    CHECK(!wasm_read_insn(&r, &i) && i.op == WASM_OP_end && i.offset == 6);
    CHECK(wasm_read_insn(&r, &i) == -EINVAL && r.what);
}

TEST(reader_refuses_what_is_malformed)
{
    struct wasm_insn i;
    struct wasm_reader r;

    CHECK(READ(&i, &r, 0x20) == -EINVAL);
    CHECK(READ(&i, &r, 0x20, 0x80) == -EINVAL);
    CHECK(READ(&i, &r, 0x41, 0xff, 0xff, 0xff, 0xff, 0x4f) == -EINVAL); /* unused bits disagree */
    CHECK(READ(&i, &r, 0x20, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00) == -EINVAL);
    CHECK(READ(&i, &r, 0x43, 1, 2, 3) == -EINVAL);
    CHECK(READ(&i, &r, 0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x00) == -EINVAL);
    CHECK(READ(&i, &r, 0x28, 0x80, 0x01, 0x00) == -EINVAL);
    CHECK(READ(&i, &r, 0x02, 0x7f + 0x80, 0x7f) == -EINVAL); /* negative type index */
    CHECK(READ(&i, &r, 0x27) == -EINVAL && !strcmp(r.what, "illegal opcode"));
    CHECK(READ(&i, &r, 0xfc, 0x7f) == -EINVAL);
    CHECK(READ(&i, &r, 0xd0, 0x7f) == -EINVAL);
    CHECK(READ(&i, &r, 0xfe, 0x03, 0x01) == -EINVAL && !strcmp(r.what, "zero byte expected"));
    CHECK(READ(&i, &r, 0xfe, 0x04, 0x00) == -EINVAL && !strcmp(r.what, "illegal opcode"));
}

TEST(reader_reads_atomics)
{
    struct wasm_insn i;
    struct wasm_reader r;

    CHECK(!READ(&i, &r, 0xfe, 0x03, 0x00) && i.op == WASM_OP_atomic_fence);
    CHECK(!READ(&i, &r, 0xfe, 0x4e, 0x42, 0x01, 0x07));
    CHECK(i.op == WASM_OP_i64_atomic_rmw32_cmpxchg_u && i.b == 2 && i.a == 1 && i.value == 7);
}

TEST(reader_names_later_proposals)
{
    struct wasm_insn i;
    struct wasm_reader r;

    CHECK(READ(&i, &r, 0xfb, 0x00) == -ENOTSUP && !strcmp(r.proposal, "garbage collection"));
    CHECK(READ(&i, &r, 0xfd, 0x94, 0x02) == -EINVAL && !strcmp(r.what, "illegal opcode"));
}
