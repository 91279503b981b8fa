/* Builds small modules byte by byte, for tests and tools: sections get sizes of five bytes, filled
 * in when the section ends. A module that would not fit fails an assertion. */
#pragma once

#include "base/base.h"
#include "base/string.h"

enum { TEST_MODULE_BYTES_MAX = 64 * 1024 };

struct test_module {
    uint8_t bytes[TEST_MODULE_BYTES_MAX];
    uint32_t len;
    uint32_t section, body; /* where their five bytes of size are */
};

static inline void tm_byte(struct test_module *t, unsigned byte)
{
    assert(t->len < TEST_MODULE_BYTES_MAX);
    t->bytes[t->len++] = (uint8_t)byte;
}

static inline void tm_bytes(struct test_module *t, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        tm_byte(t, ((const uint8_t *)bytes)[i]);
}

/* Bytes given as arguments: TM(&t, 0x41, 0x00, 0x0b). */
#define TM(t, ...)                                                                                 \
    tm_bytes((t), (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static inline void tm_u32(struct test_module *t, uint32_t v)
{
    for (; v >= 0x80; v >>= 7)
        tm_byte(t, (v & 0x7f) | 0x80);
    tm_byte(t, v);
}

static inline void tm_s64(struct test_module *t, int64_t v)
{
    for (; v < -64 || v > 63; v >>= 7)
        tm_byte(t, (v & 0x7f) | 0x80);
    tm_byte(t, v & 0x7f);
}

static inline void tm_name(struct test_module *t, const char *name)
{
    tm_u32(t, (uint32_t)strlen(name));
    tm_bytes(t, name, strlen(name));
}

static inline uint32_t tm__size_begin(struct test_module *t)
{
    uint32_t at = t->len;
    TM(t, 0x80, 0x80, 0x80, 0x80, 0x00);
    return at;
}

static inline void tm__size_end(struct test_module *t, uint32_t at)
{
    uint32_t size = t->len - at - 5;
    for (unsigned i = 0; i < 5; i++, size >>= 7)
        t->bytes[at + i] = (uint8_t)((size & 0x7f) | (i < 4 ? 0x80 : 0));
}

/* Magic and version. */
static inline void tm_init(struct test_module *t)
{
    t->len = 0;
    TM(t, 0, 'a', 's', 'm', 1, 0, 0, 0);
}

static inline void tm_section(struct test_module *t, unsigned id)
{
    tm_byte(t, id);
    t->section = tm__size_begin(t);
}

static inline void tm_section_end(struct test_module *t)
{
    tm__size_end(t, t->section);
}

/* A function body of the code section; locals and code follow, `end` included. */
static inline void tm_body(struct test_module *t)
{
    t->body = tm__size_begin(t);
}

static inline void tm_body_end(struct test_module *t)
{
    tm__size_end(t, t->body);
}

/* A function type as ops.def writes signatures: "iI:f". */
static inline void tm_functype(struct test_module *t, const char *sig)
{
    static const char letters[] = "iIfFvxen";
    static const uint8_t types[] = {0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f, 0x69};
    const char *colon = strchr(sig, ':');

    tm_byte(t, 0x60);
    tm_u32(t, (uint32_t)(colon - sig));
    for (const char *p = sig; *p; p++) {
        const char *at = strchr(letters, *p);
        if (p == colon) {
            tm_u32(t, (uint32_t)strlen(p + 1));
            continue;
        }
        assert(at);
        tm_byte(t, types[at - letters]);
    }
}
