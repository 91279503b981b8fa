/* Reads the binary format (core spec 5): numbers, types and whole instructions. The validator and
 * the compiler's builder walk code with the same wasm_read_insn, so they cannot disagree on where
 * an instruction ends. Every read is checked against `end`; nothing is written beyond the reader
 * and the out-parameter. */
#pragma once

#include "base/leb128.h"
#include "wasm/limits.h"
#include "wasm/ops.h"
#include "wasm/wasm.h"

struct wasm_reader {
    const uint8_t *p, *end;
    const uint8_t *base;  /* of the module: offsets in messages count from here */
    const char *what;     /* the first error in words, NULL while there is none */
    const char *proposal; /* with -ENOTSUP: what would be needed */
};

/* Which of the fields are meaningful depends on wasm_op_info(op)->imm: see enum wasm_imm. */
struct wasm_insn {
    uint16_t op; /* enum wasm_op */
    uint8_t lane;
    uint8_t has_index; /* block types: a is a type index; else type is the result, 0 for none */
    uint32_t offset;   /* of the first byte in the module */
    uint32_t a, b;
    wasm_valtype_t type;
    uint64_t value;       /* constants; memory arguments: the static offset */
    const uint8_t *bytes; /* 16 bytes in the module; br_table: the first label (LEB128); try_table:
                             the first clause */
};

/* A clause of try_table (5.4.1: catch), by its first byte. */
enum wasm_catch_kind { WASM_CATCH, WASM_CATCH_REF, WASM_CATCH_ALL, WASM_CATCH_ALL_REF };
struct wasm_catch {
    enum wasm_catch_kind kind;
    uint32_t tag; /* unless it catches all */
    uint32_t label;
};
static inline bool wasm_catch_is_ref(const struct wasm_catch *c)
{
    return c->kind == WASM_CATCH_REF || c->kind == WASM_CATCH_ALL_REF;
}
static inline bool wasm_catch_is_all(const struct wasm_catch *c)
{
    return c->kind == WASM_CATCH_ALL || c->kind == WASM_CATCH_ALL_REF;
}

static inline struct wasm_reader wasm_reader_init(const uint8_t *base, const uint8_t *at,
                                                  size_t len)
{
    return (struct wasm_reader){.p = at, .end = at + len, .base = base};
}

static inline uint32_t wasm_reader_offset(const struct wasm_reader *r)
{
    return (uint32_t)(r->p - r->base);
}

static inline size_t wasm_reader_left(const struct wasm_reader *r)
{
    return (size_t)(r->end - r->p);
}

/* First bytes of value types that go on (5.3.4: reftype); exact ones are of a later proposal. */
enum wasm_type_form { WASM_FORM_EXACT = 0x62, WASM_FORM_REF_NULL = 0x63, WASM_FORM_REF = 0x64 };

/* A quarter of all instructions are `local.get` of one of the first 128 locals: the index if one is
 * next, else -1. It has so many bytes. */
enum { WASM_SHORT_LOCAL_GET_BYTES = 2 };
static inline int wasm_peek_short_local_get(const struct wasm_reader *r)
{
    bool is_short = wasm_reader_left(r) >= WASM_SHORT_LOCAL_GET_BYTES &&
                    wasm_op_of_byte(r->p[0]) == WASM_OP_local_get && r->p[1] < 0x80;
    return is_short ? r->p[1] : -1;
}

/* Notes the first error; returns `err`. `what` is a literal. */
static inline int wasm_reader_fail(struct wasm_reader *r, int err, const char *what)
{
    if (!r->what)
        r->what = what;
    return err;
}

/* A feature of a later proposal. -ENOTSUP. */
static inline int wasm_reader_later(struct wasm_reader *r, const char *proposal)
{
    if (!r->what) {
        r->what = "not supported yet";
        r->proposal = proposal;
    }
    return -ENOTSUP;
}

int wasm_reader_leb_failed(struct wasm_reader *r, int err);

static inline int wasm_read_byte(struct wasm_reader *r, uint8_t *out)
{
    if (UNLIKELY(r->p == r->end))
        return wasm_reader_fail(r, -EINVAL, "unexpected end");
    *out = *r->p++;
    return 0;
}

static inline int wasm_read_u32(struct wasm_reader *r, uint32_t *out)
{
    int err;

    if (LIKELY(r->p < r->end && *r->p < 0x80)) {
        *out = *r->p++;
        return 0;
    }
    err = leb_u32(&r->p, r->end, out);
    return err ? wasm_reader_leb_failed(r, err) : 0;
}

static inline int wasm_read_u64(struct wasm_reader *r, uint64_t *out)
{
    int err = leb_u64(&r->p, r->end, out);
    return err ? wasm_reader_leb_failed(r, err) : 0;
}

/* `n` raw bytes. */
static inline int wasm_read_bytes(struct wasm_reader *r, size_t n, const uint8_t **out)
{
    if (UNLIKELY(wasm_reader_left(r) < n))
        return wasm_reader_fail(r, -EINVAL, "unexpected end");
    *out = r->p;
    r->p += n;
    return 0;
}

/* A value type (5.3.5). -EINVAL; -ENOTSUP for types of later proposals. */
MUSTUSE int wasm_read_valtype(struct wasm_reader *r, wasm_valtype_t *out);
/* A reference type (5.3.4). */
MUSTUSE int wasm_read_reftype(struct wasm_reader *r, wasm_valtype_t *out);
/* A heap type (5.3.3), as the nullable reference type it stands for. What it refers to in the type
 * section is not checked. */
MUSTUSE int wasm_read_heaptype(struct wasm_reader *r, wasm_valtype_t *out);
/* A block type (5.4.1): fills has_index, a and type. */
MUSTUSE int wasm_read_blocktype(struct wasm_reader *r, struct wasm_insn *out);
MUSTUSE int wasm_read_catch(struct wasm_reader *r, struct wasm_catch *out);
/* The immediates that are rare or long; for wasm_read_insn. */
MUSTUSE int wasm_read_imm_slow(struct wasm_reader *r, enum wasm_imm imm, struct wasm_insn *out);
/* An opcode behind a prefix, or one that is not in the table. */
MUSTUSE int wasm_read_prefixed(struct wasm_reader *r, uint8_t prefix, uint16_t *out_op);

/* A memory argument: alignment, memory (bit 6 of the alignment announces it), offset. */
static inline int wasm_read_memarg(struct wasm_reader *r, struct wasm_insn *out)
{
    uint32_t flags;
    int err = wasm_read_u32(r, &flags);

    if (err)
        return err;
    out->a = 0;
    if (UNLIKELY(flags >= 0x40)) {
        if (flags >= 0x80)
            return wasm_reader_fail(r, -EINVAL, "malformed memop flags");
        err = wasm_read_u32(r, &out->a);
        if (err)
            return err;
    }
    out->b = flags & 0x3f;
    if (LIKELY(r->p < r->end && *r->p < 0x80)) {
        out->value = *r->p++;
        return 0;
    }
    return wasm_read_u64(r, &out->value);
}

/* The next instruction with all its immediates. 0; -EINVAL malformed; -ENOTSUP of a later proposal;
 * r->what says why. Indices, alignments and lanes are read, not checked. */
static inline int wasm_read_insn(struct wasm_reader *r, struct wasm_insn *out)
{
    uint8_t byte;
    int err;

    out->offset = wasm_reader_offset(r);
    err = wasm_read_byte(r, &byte);
    if (UNLIKELY(err))
        return err;
    out->op = (uint16_t)wasm_op_of_byte(byte);
    if (UNLIKELY(out->op == WASM_OP_INVALID)) {
        err = wasm_read_prefixed(r, byte, &out->op);
        if (err)
            return err;
    }
    switch ((enum wasm_imm)wasm_ops[out->op].imm) {
    case WASM_IMM_NONE:
        return 0;
    case WASM_IMM_LABEL:
    case WASM_IMM_FUNC:
    case WASM_IMM_LOCAL:
    case WASM_IMM_GLOBAL:
    case WASM_IMM_TABLE:
    case WASM_IMM_ELEM:
    case WASM_IMM_DATA:
    case WASM_IMM_MEMORY:
    case WASM_IMM_TAG:
        return wasm_read_u32(r, &out->a);
    case WASM_IMM_MEM:
        return wasm_read_memarg(r, out);
    case WASM_IMM_BLOCK:
        return wasm_read_blocktype(r, out);
    default:
        return wasm_read_imm_slow(r, (enum wasm_imm)wasm_ops[out->op].imm, out);
    }
}
