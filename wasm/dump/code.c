/* A compiled function: each node of its IR, with its offset in the module, above the bytes it
 * became; between those, the places that may trap or call. Any disassembler reads the bytes. */
#include "base/string.h"
#include "wasm/dump/dump.h"
#include "wasm/jit/code.h"
#include "wasm/jit/driver.h"
#include "wasm/jit/watch.h"

#define BYTES_PER_LINE 16u

/* The nodes' texts are kept until the code is complete: its prologue is written last. */
struct note {
    uint32_t code_offset;
    const char *text;
};

struct listing {
    struct arena arena;
    const struct ir_func *f;
    ir_block_t block; /* of the last node */
    struct note *notes;
    uint32_t nnotes, cap;
    bool full; /* out of memory: the rest of the notes is missing */
};

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

/* ---- while it is compiled ---- */

static void note(struct listing *s, uint32_t code_offset, const struct dump_line *l)
{
    size_t bytes = l->len + 1;
    char *text = arena_alloc(&s->arena, bytes);

    if (s->nnotes == s->cap) {
        uint32_t cap = s->cap ? 2 * s->cap : 256;
        struct note *notes = ARENA_ARRAY(&s->arena, struct note, cap);
        if (notes && s->nnotes)
            memcpy(notes, s->notes, s->nnotes * sizeof *notes);
        s->notes = notes ? notes : s->notes;
        s->cap = notes ? cap : s->cap;
    }
    if (!text || s->nnotes == s->cap) {
        s->full = true;
        return;
    }
    memcpy(text, l->text, bytes);
    s->notes[s->nnotes++] = (struct note){code_offset, text};
}

static void on_pass(void *arg, const char *name, const struct ir_func *f,
                    const struct cg *cg UNUSED)
{
    struct listing *s = arg;
    s->f = f;
    if (!strcmp(name, "begin")) { /* maybe again: with longer jumps */
        s->block = 0;
        s->nnotes = 0;
    }
}

static void on_node(void *arg, ir_ref_t n, uint32_t code_offset)
{
    struct listing *s = arg;
    struct dump_line l = {.len = 0};

    if (!n) {
        dump_put(&l, "epilogue, cold code, constants:");
        note(s, code_offset, &l);
        return;
    }
    while (!s->block || n >= s->f->blocks[s->block].end) {
        dump_block(&l, s->f, ++s->block);
        note(s, code_offset, &l);
        l.len = 0;
    }
    dump_put(&l, "%6x ", dump_offset(s->f, n));
    dump_node(&l, s->f, n, &s->f->blocks[s->block]);
    note(s, code_offset, &l);
}

/* ---- afterwards ---- */

/* Bytes [from, to) of the code range, in lines. */
static void dump_bytes(const struct wasm_module *m, uint32_t from, uint32_t to, dump_say_fn say)
{
    while (from < to) {
        struct dump_line l = {.len = 0};
        const uint8_t *bytes = code_bytes(m, from);
        dump_put(&l, "  %6x:", from);
        for (uint32_t i = 0; i < BYTES_PER_LINE && from < to; i++, from++)
            dump_put(&l, " %02x", bytes[i]);
        dump_end(&l, say);
    }
}

/* Bytes up to `to`, cut at the sites; *site goes on. */
static void dump_sites(const struct wasm_module *m, const struct code_body *b, uint32_t *at,
                       uint32_t to, uint32_t *site, dump_say_fn say)
{
    for (; *site < b->nsites && b->sites[*site].code_offset < to; ++*site) {
        const struct code_site *s = &b->sites[*site];
        uint32_t kind = s->offset_kind & 0xff;
        uint32_t cut = s->code_offset + (kind == CODE_SITE_CALL); /* a call's is its last byte */
        dump_bytes(m, *at, cut, say);
        *at = cut;
        uint32_t place = b->wasm_offset + (s->offset_kind >> 8);
        place = ir_place(m, b->func, b->inlines, b->ninlines, place).offset;
        dump_say(say, "  @%x %s", place, site_name(kind));
    }
    dump_bytes(m, *at, to, say);
    *at = to;
}

static void print(const struct wasm_module *m, uint32_t func, const struct listing *s,
                  dump_say_fn say)
{
    const struct code_body *b = code_body_of(m, func);
    uint32_t at = b->start, site = 0;

    dump_say(say, "func %u: %u bytes, frame %u, prologue %u, %u sites", func, b->len_bytes,
             b->frame_bytes, b->prologue_bytes, b->nsites);
    for (uint32_t i = 0; i < s->nnotes; i++) {
        if (s->notes[i].code_offset > at)
            dump_sites(m, b, &at, s->notes[i].code_offset, &site, say);
        say(s->notes[i].text);
    }
    dump_sites(m, b, &at, b->start + b->len_bytes, &site, say);
    if (s->full)
        say("(not all nodes: out of memory)");
}

int dump_code(struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    struct listing s = {.block = 0};
    const struct jit_watch watch = {.arg = &s, .pass = on_pass, .node = on_node};
    int err;

    arena_init(&s.arena, (struct arena_source){m->host->alloc, m->host->free, m->owner}, SIZE_MAX);
    m->watch = &watch;
    err = code_compile(m, func);
    m->watch = NULL;
    if (!err)
        print(m, func, &s, say);
    arena_fini(&s.arena);
    return err;
}
