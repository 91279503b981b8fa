/* A compiled function in text: its bytes, cut at the places that may trap or call, with their
 * offsets in the module. Any disassembler reads the bytes. */
#include "base/format.h"
#include "wasm/jit/code.h"
#include "wasm/jit/ir.h"
#include "wasm/wasm.h"

#define BYTES_PER_LINE 16u
#define LINE_MAX       128

static const char *site_name(uint32_t kind)
{
    switch (kind) {
    case CODE_SITE_CALL:
        return "call";
    case CODE_SITE_MEMORY:
        return "memory";
    case CODE_SITE_FOLDED:
        return "address may wrap";
    case CODE_SITE_TABLE:
        return "table";
    default:
        break;
    }
    if (kind >= CODE_SITE_DIV32)
        return "divide";
    return wasm_trap_message((enum wasm_trap)(kind - CODE_SITE_UD2));
}

/* Bytes [from, to) of the code range, in lines. */
static void dump_bytes(const struct wasm_module *m, uint32_t from, uint32_t to,
                       void (*say)(const char *line))
{
    while (from < to) {
        char line[LINE_MAX];
        int at = fmt_snprintf(line, sizeof line, "  %6x:", from);
        const uint8_t *bytes = code_bytes(m, from);
        for (uint32_t i = 0; i < BYTES_PER_LINE && from < to; i++, from++)
            at += fmt_snprintf(line + at, sizeof line - (size_t)at, " %02x", bytes[i]);
        say(line);
    }
}

void code_dump(const struct wasm_module *m, uint32_t func, void (*say)(const char *line))
{
    const struct code_body *b = code_body_of(m, func);
    char line[LINE_MAX];
    if (!b) {
        fmt_snprintf(line, sizeof line, "func %u: not compiled", func);
        say(line);
        return;
    }
    fmt_snprintf(line, sizeof line, "func %u: %u bytes, frame %u, prologue %u, %u sites", func,
                 b->len_bytes, b->frame_bytes, b->prologue_bytes, b->nsites);
    say(line);
    uint32_t at = b->start;
    for (uint32_t i = 0; i < b->nsites; i++) {
        const struct code_site *s = &b->sites[i];
        dump_bytes(m, at, s->code_offset, say);
        at = s->code_offset;
        struct ir_place place =
            ir_place(m, func, b->inlines, b->ninlines, b->wasm_offset + (s->offset_kind >> 8));
        fmt_snprintf(line, sizeof line, "  @%x %s", place.offset, site_name(s->offset_kind & 0xff));
        say(line);
    }
    dump_bytes(m, at, b->start + b->len_bytes, say);
}
