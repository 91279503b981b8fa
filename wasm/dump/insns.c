/* A function's instructions. */
#include "wasm/decode/error.h"
#include "wasm/dump/dump.h"
#include "wasm/decode/reader.h"

static void put_labels(struct dump_line *l, const struct wasm_insn *in, const uint8_t *end)
{
    struct wasm_reader r = {.p = in->bytes, .end = end};
    uint32_t depth;

    for (uint64_t i = 0; i <= in->a && wasm_read_u32(&r, &depth) == 0; i++)
        dump_put(l, " %u", depth);
}

static void put_bytes(struct dump_line *l, const uint8_t *bytes)
{
    dump_put(l, " ");
    for (unsigned i = 0; i < 16; i++)
        dump_put(l, "%02x", bytes[i]);
}

static void put_memarg(struct dump_line *l, const struct wasm_insn *in)
{
    if (in->a)
        dump_put(l, " memory %u", in->a);
    dump_put(l, " offset %llu align %llu", (unsigned long long)in->value, 1ull << (in->b & 63));
}

static void put_immediate(struct dump_line *l, const struct wasm_insn *in, const uint8_t *end)
{
    switch ((enum wasm_imm)wasm_op_info(in->op)->imm) {
    case WASM_IMM_NONE:
    case WASM_IMM_ZERO:
        break;
    case WASM_IMM_BLOCK:
        if (in->has_index)
            dump_put(l, " type %u", in->a);
        else if (in->type)
            dump_put(l, " %s", wasm_valtype_text(in->type).s);
        break;
    case WASM_IMM_LABELS:
        put_labels(l, in, end);
        break;
    case WASM_IMM_TYPE_TABLE:
        dump_put(l, " type %u table %u", in->a, in->b);
        break;
    case WASM_IMM_TABLE_TABLE:
    case WASM_IMM_ELEM_TABLE:
    case WASM_IMM_DATA_MEMORY:
    case WASM_IMM_MEMORY_MEMORY:
        dump_put(l, " %u %u", in->a, in->b);
        break;
    case WASM_IMM_MEM:
    case WASM_IMM_ATOMIC:
        put_memarg(l, in);
        break;
    case WASM_IMM_MEM_LANE:
        put_memarg(l, in);
        dump_put(l, " lane %u", in->lane);
        break;
    case WASM_IMM_LANE:
        dump_put(l, " %u", in->lane);
        break;
    case WASM_IMM_SHUFFLE:
    case WASM_IMM_V128:
        put_bytes(l, in->bytes);
        break;
    case WASM_IMM_I32:
        dump_put(l, " %d", (int)in->value);
        break;
    case WASM_IMM_I64:
        dump_put(l, " %lld", (long long)in->value);
        break;
    case WASM_IMM_F32:
    case WASM_IMM_F64:
        dump_put(l, " 0x%llx", (unsigned long long)in->value);
        break;
    case WASM_IMM_HEAP:
    case WASM_IMM_TYPES:
        dump_put(l, " %s", wasm_valtype_text(in->type).s);
        break;
    default:
        dump_put(l, " %u", in->a);
        break;
    }
}

static void locals(struct wasm_reader *r, dump_say_fn say)
{
    uint32_t ngroups, count;
    wasm_valtype_t type;

    if (wasm_read_u32(r, &ngroups))
        return;
    while (ngroups-- && !wasm_read_u32(r, &count) && !wasm_read_valtype(r, &type))
        dump_say(say, "  locals %u %s", count, wasm_valtype_text(type).s);
}

void dump_instructions(const struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    enum { DEPTH_SHOWN = 60 }; /* levels that are indented */
    const struct wasm_func *f = &m->funcs[func];
    struct wasm_reader r;
    struct wasm_insn in;
    int depth = 1;

    dump_function(m, func, say);
    if (f->imported)
        return;
    r = wasm_reader_init(m->bytes, f->body.at, f->body.len);
    locals(&r, say);
    while (r.p < r.end && !wasm_read_insn(&r, &in)) {
        struct dump_line l = {.len = 0};
        bool opens = wasm_op_info(in.op)->imm == WASM_IMM_BLOCK;
        if (in.op == WASM_OP_end || in.op == WASM_OP_else)
            depth--;
        dump_put(&l, "  %6x %*s%s", in.offset, 2 * (depth < DEPTH_SHOWN ? depth : DEPTH_SHOWN), "",
                 wasm_op_info(in.op)->name);
        put_immediate(&l, &in, r.end);
        dump_end(&l, say);
        if (opens || in.op == WASM_OP_else)
            depth++;
    }
}
