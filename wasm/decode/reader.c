#include "wasm/decode/reader.h"

int wasm_reader_leb_failed(struct wasm_reader *r, int err)
{
    if (err == -EOVERFLOW)
        return wasm_reader_fail(r, -EINVAL, "unexpected end");
    return wasm_reader_fail(r, -EINVAL, "malformed integer: too long or too large");
}

/* What is no value type: says why. */
static int not_a_type(struct wasm_reader *r, uint8_t byte, bool refs_only)
{
    bool packed = byte == 0x77 || byte == 0x78;

    if (packed && !refs_only)
        return wasm_reader_later(r, "packed types");
    return wasm_reader_fail(r, -EINVAL,
                            refs_only ? "malformed reference type" : "malformed value type");
}

static bool is_abstract(uint8_t byte)
{
    return byte >= WASM_EXNREF && byte <= WASM_NOEXNREF;
}

/* The first byte has been read. */
static int type_of_byte(struct wasm_reader *r, uint8_t byte, bool refs_only, wasm_valtype_t *out)
{
    int err;

    *out = byte;
    if (byte >= WASM_V128 && byte <= WASM_I32 && !refs_only)
        return byte != WASM_V128 || WASM_SIMD_SUPPORTED ? 0 : wasm_reader_later(r, "SIMD");
    if (is_abstract(byte))
        return 0;
    if (byte != WASM_FORM_REF && byte != WASM_FORM_REF_NULL)
        return not_a_type(r, byte, refs_only);
    err = wasm_read_heaptype(r, out);
    if (!err && byte == WASM_FORM_REF)
        *out |= WASM_REF_NONNULL;
    return err;
}

int wasm_read_valtype(struct wasm_reader *r, wasm_valtype_t *out)
{
    uint8_t byte;
    int err = wasm_read_byte(r, &byte);

    return err ? err : type_of_byte(r, byte, false, out);
}

int wasm_read_reftype(struct wasm_reader *r, wasm_valtype_t *out)
{
    uint8_t byte;
    int err = wasm_read_byte(r, &byte);

    return err ? err : type_of_byte(r, byte, true, out);
}

int wasm_read_heaptype(struct wasm_reader *r, wasm_valtype_t *out)
{
    int64_t index;
    int err;

    if (r->p < r->end && is_abstract(*r->p)) {
        *out = *r->p++;
        return 0;
    }
    if (r->p < r->end && *r->p == WASM_FORM_EXACT)
        return wasm_reader_later(r, "custom descriptors");
    err = leb_s33(&r->p, r->end, &index);
    if (err)
        return wasm_reader_leb_failed(r, err);
    if (index < 0)
        return wasm_reader_fail(r, -EINVAL, "malformed heap type");
    if (index >= WASM_TYPES_MAX)
        return wasm_reader_fail(r, -EINVAL, "unknown type");
    *out = wasm_valtype_ref((uint32_t)index);
    return 0;
}

int wasm_read_blocktype(struct wasm_reader *r, struct wasm_insn *out)
{
    int64_t index;
    int err;

    if (UNLIKELY(r->p == r->end))
        return wasm_reader_fail(r, -EINVAL, "unexpected end");
    if (LIKELY(*r->p == 0x40)) { /* no parameters, no results */
        r->p++;
        out->has_index = false;
        out->type = 0;
        return 0;
    }
    if (*r->p > 0x40 && *r->p < 0x80) {
        out->has_index = false;
        return wasm_read_valtype(r, &out->type);
    }
    err = leb_s33(&r->p, r->end, &index);
    if (err)
        return wasm_reader_leb_failed(r, err);
    if (index < 0)
        return wasm_reader_fail(r, -EINVAL, "malformed block type");
    out->has_index = true;
    out->a = (uint32_t)index;
    out->type = 0;
    return 0;
}

int wasm_read_prefixed(struct wasm_reader *r, uint8_t prefix, uint16_t *out_op)
{
    const char *proposal = wasm_op_proposal(0, prefix);
    uint32_t code;
    int err;

    if (proposal)
        return wasm_reader_later(r, proposal);
    if (prefix < WASM_PREFIX_FC || prefix > WASM_PREFIX_FE)
        return wasm_reader_fail(r, -EINVAL, "illegal opcode");
    err = wasm_read_u32(r, &code);
    if (err)
        return err;
    *out_op = (uint16_t)wasm_op_of_prefixed(prefix, code);
    if (*out_op != WASM_OP_INVALID)
        return 0;
    proposal = wasm_op_proposal(prefix, code);
    return proposal ? wasm_reader_later(r, proposal)
                    : wasm_reader_fail(r, -EINVAL, "illegal opcode");
}

static int read_u32_pair(struct wasm_reader *r, struct wasm_insn *out)
{
    int err = wasm_read_u32(r, &out->a);
    return err ? err : wasm_read_u32(r, &out->b);
}

/* Constants. Signed LEB128 for integers, little-endian bits for floats. */
static int read_const(struct wasm_reader *r, enum wasm_imm imm, struct wasm_insn *out)
{
    const uint8_t *raw;
    int32_t i32;
    int64_t i64;
    int err;

    if (imm == WASM_IMM_I32) {
        if (LIKELY(r->p < r->end && *r->p < 0x80)) {
            out->value = (uint32_t)((int32_t)((uint32_t)*r->p++ << 25) >> 25);
            return 0;
        }
        err = leb_s32(&r->p, r->end, &i32);
        out->value = err ? 0 : (uint32_t)i32;
        return err ? wasm_reader_leb_failed(r, err) : 0;
    }
    if (imm == WASM_IMM_I64) {
        err = leb_s64(&r->p, r->end, &i64);
        out->value = err ? 0 : (uint64_t)i64;
        return err ? wasm_reader_leb_failed(r, err) : 0;
    }
    err = wasm_read_bytes(r, imm == WASM_IMM_F32 ? 4 : 8, &raw);
    if (err)
        return err;
    out->value = 0;
    for (unsigned i = imm == WASM_IMM_F32 ? 4 : 8; i-- > 0;)
        out->value = out->value << 8 | raw[i];
    return 0;
}

/* br_table: the labels stay where they are; here they are only stepped over. */
static int read_labels(struct wasm_reader *r, struct wasm_insn *out)
{
    uint32_t ignored;
    int err = wasm_read_u32(r, &out->a);

    if (err)
        return err;
    if (out->a >= wasm_reader_left(r))
        return wasm_reader_fail(r, -EINVAL, "unexpected end: more labels than bytes");
    out->bytes = r->p;
    for (uint32_t i = 0; i <= out->a && !err; i++)
        err = wasm_read_u32(r, &ignored);
    return err;
}

int wasm_read_catch(struct wasm_reader *r, struct wasm_catch *out)
{
    uint8_t kind;
    int err = wasm_read_byte(r, &kind);

    if (err)
        return err;
    if (kind > WASM_CATCH_ALL_REF)
        return wasm_reader_fail(r, -EINVAL, "malformed catch clause");
    *out = (struct wasm_catch){.kind = (enum wasm_catch_kind)kind};
    if (kind == WASM_CATCH || kind == WASM_CATCH_REF)
        err = wasm_read_u32(r, &out->tag);
    return err ? err : wasm_read_u32(r, &out->label);
}

/* try_table: a block type; the clauses stay where they are, as br_table's labels do. */
static int read_try_table(struct wasm_reader *r, struct wasm_insn *out)
{
    struct wasm_catch ignored;
    int err = wasm_read_blocktype(r, out);

    err = err ? err : wasm_read_u32(r, &out->b);
    if (err)
        return err;
    if (out->b > wasm_reader_left(r))
        return wasm_reader_fail(r, -EINVAL, "unexpected end: more clauses than bytes");
    out->bytes = r->p;
    for (uint32_t i = 0; i < out->b && !err; i++)
        err = wasm_read_catch(r, &ignored);
    return err;
}

/* The vector of types after select (5.4.3). */
static int read_types(struct wasm_reader *r, struct wasm_insn *out)
{
    wasm_valtype_t type;
    int err = wasm_read_u32(r, &out->a);

    if (err)
        return err;
    if (out->a > wasm_reader_left(r))
        return wasm_reader_fail(r, -EINVAL, "unexpected end: more types than bytes");
    out->type = 0;
    for (uint32_t i = 0; i < out->a && !err; i++) {
        err = wasm_read_valtype(r, &type);
        if (i == 0)
            out->type = type;
    }
    return err;
}

int wasm_read_imm_slow(struct wasm_reader *r, enum wasm_imm imm, struct wasm_insn *out)
{
    uint8_t zero;
    int err;

    switch (imm) {
    case WASM_IMM_I32:
    case WASM_IMM_I64:
    case WASM_IMM_F32:
    case WASM_IMM_F64:
        return read_const(r, imm, out);
    case WASM_IMM_LABELS:
        return read_labels(r, out);
    case WASM_IMM_TYPE:
        return wasm_read_u32(r, &out->a);
    case WASM_IMM_TRY_TABLE:
        return read_try_table(r, out);
    case WASM_IMM_TYPE_TABLE:
    case WASM_IMM_TABLE_TABLE:
    case WASM_IMM_ELEM_TABLE:
    case WASM_IMM_DATA_MEMORY:
    case WASM_IMM_MEMORY_MEMORY:
        return read_u32_pair(r, out);
    case WASM_IMM_HEAP:
        return wasm_read_heaptype(r, &out->type);
    case WASM_IMM_TYPES:
        return read_types(r, out);
    case WASM_IMM_LANE:
        return wasm_read_byte(r, &out->lane);
    case WASM_IMM_MEM_LANE:
        err = wasm_read_memarg(r, out);
        return err ? err : wasm_read_byte(r, &out->lane);
    case WASM_IMM_ATOMIC:
        return wasm_read_memarg(r, out);
    case WASM_IMM_ZERO:
        err = wasm_read_byte(r, &zero);
        return err || !zero ? err : wasm_reader_fail(r, -EINVAL, "zero byte expected");
    case WASM_IMM_SHUFFLE:
    case WASM_IMM_V128:
        return wasm_read_bytes(r, 16, &out->bytes);
    default:
        assert(!"an immediate that wasm_read_insn reads itself");
        return -EINVAL;
    }
}
