/* Writes valid modules that are smaller than the one given: a stretch of a function's instructions
 * is left out, or a constant or some drops stand in its place. Long stretches come first. For `fuzz
 * engine`, which asks two engines which of them still show a difference.
 *
 *     reduce [--round R] FILE > PACK       (a pack: see batch.c; rounds begin at different places)
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wasm/decode/reader.h"
#include "wasm/module.h"
#include "wasm/tools/linux_host.h"

enum { VARIANTS_MAX = 200, CODE_SECTION = 10, LEB_BYTES = 5, GROWTH_BYTES = 64, ROUND_PLACES = 17 };

static struct wasm_module *module;
static const uint8_t *bytes;
static uint32_t len;
static uint32_t section_at, contents_at, section_end; /* of the code section */
static uint8_t *variant;
static unsigned nvariants;

/* What may stand in the place of a stretch. */
static const struct stand_in {
    uint8_t bytes[18], len;
} stand_ins[] = {
    {{0}, 0},
    {{0x41, 0}, 2},
    {{0x42, 0}, 2},
    {{0x43, 0, 0, 0, 0}, 5},
    {{0x44, 0, 0, 0, 0, 0, 0, 0, 0}, 9},
    {{0xfd, 0x0c}, 18},
    {{0x1a}, 1},
    {{0x1a, 0x1a}, 2},
    {{0x1a, 0x1a, 0x1a}, 3},
    {{0x1a, 0x41, 0}, 3},
    {{0x00}, 1},
};

static uint8_t *put_leb(uint8_t *p, uint32_t v)
{
    for (unsigned i = 0; i < LEB_BYTES; i++, v >>= 7)
        *p++ = (uint8_t)((v & 0x7f) | (i < LEB_BYTES - 1 ? 0x80 : 0));
    return p;
}

static uint8_t *put(uint8_t *p, const void *from, size_t n)
{
    memcpy(p, from, n);
    return p + n;
}

static bool find_code_section(void)
{
    struct wasm_reader r = wasm_reader_init(bytes, bytes + 8, len - 8);
    uint8_t id;
    uint32_t size;

    while (r.p < r.end) {
        section_at = (uint32_t)(r.p - bytes);
        if (wasm_read_byte(&r, &id) || wasm_read_u32(&r, &size) || size > wasm_reader_left(&r))
            return false;
        contents_at = (uint32_t)(r.p - bytes);
        section_end = contents_at + size;
        if (id == CODE_SECTION)
            return true;
        r.p += size;
    }
    return false;
}

/* The module with bytes [from, to) of function `func` replaced, into variant[]; its length. */
static uint32_t assemble(uint32_t func, const uint8_t *from, const uint8_t *to,
                         const struct stand_in *with)
{
    uint8_t *p = put(variant, bytes, section_at), *size_at;
    const struct wasm_module *m = module;

    *p++ = CODE_SECTION;
    size_at = p;
    p = put_leb(p + LEB_BYTES, m->nfuncs - m->nimported_funcs);
    for (uint32_t f = m->nimported_funcs; f < m->nfuncs; f++) {
        struct wasm_bytes body = m->funcs[f].body;
        if (f != func) {
            p = put_leb(p, body.len);
            p = put(p, body.at, body.len);
            continue;
        }
        p = put_leb(p, body.len - (uint32_t)(to - from) + with->len);
        p = put(p, body.at, (size_t)(from - body.at));
        p = put(p, with->bytes, with->len);
        p = put(p, to, (size_t)(body.at + body.len - to));
    }
    put_leb(size_at, (uint32_t)(p - size_at) - LEB_BYTES);
    p = put(p, bytes + section_end, len - section_end);
    return (uint32_t)(p - variant);
}

/* Writes the variant if it is a valid module and smaller. */
static void try_variant(uint32_t n)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    uint8_t head[4];

    if (n >= len || wasm_module_create(&linux_host, &owner, variant, n, &m, NULL))
        return;
    wasm_module_destroy(m);
    memcpy(head, &n, 4);
    fwrite(head, 1, 4, stdout);
    fwrite(variant, 1, n, stdout);
    nvariants++;
}

/* Where each instruction begins, and the end behind the last; how many there are. */
static uint32_t find_instructions(uint32_t func, const uint8_t **at)
{
    struct wasm_bytes body = module->funcs[func].body;
    struct wasm_reader r = wasm_reader_init(bytes, body.at, body.len);
    struct wasm_insn in;
    uint32_t groups, count, n = 0;
    wasm_valtype_t type;

    if (wasm_read_u32(&r, &groups))
        return 0;
    while (groups--)
        if (wasm_read_u32(&r, &count) || wasm_read_valtype(&r, &type))
            return 0;
    while (r.p < r.end) {
        at[n++] = r.p;
        if (wasm_read_insn(&r, &in))
            return 0;
    }
    at[n] = r.p;
    return n;
}

/* All stretches of `size` instructions of a function, whichever stand-in fits. */
static void try_stretches(uint32_t func, const uint8_t *const *at, uint32_t n, uint32_t size,
                          unsigned round)
{
    uint32_t step = size > 2 ? size / 2 : 1;

    uint32_t places = (n - size - 1) / step + 1;

    for (uint32_t i = 0; i < places && nvariants < VARIANTS_MAX; i++) {
        uint32_t k = (i + round * ROUND_PLACES) % places * step;
        for (unsigned s = 0; s < ARRAY_LEN(stand_ins); s++)
            if ((uint32_t)(at[k + size] - at[k]) > stand_ins[s].len)
                try_variant(assemble(func, at[k], at[k + size], &stand_ins[s]));
    }
}

int main(int argc, char **argv)
{
    struct linux_owner owner = {0};
    unsigned round = 0;
    const char *path = NULL;
    size_t n = 0;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--round") && i + 1 < argc)
            round = (unsigned)strtoul(argv[++i], NULL, 0);
        else
            path = argv[i];
    }
    bytes = path ? linux_read_file(path, &n) : NULL;
    len = (uint32_t)n;
    if (!bytes || wasm_module_create(&linux_host, &owner, bytes, n, &module, NULL)) {
        fprintf(stderr, "usage: reduce [--round R] FILE > PACK\n");
        return 2;
    }
    const uint8_t **at = malloc((n + 2) * sizeof *at);
    variant = malloc(n + GROWTH_BYTES + LEB_BYTES * (module->nfuncs + 2ull));
    if (!at || !variant)
        return 2;
    if (find_code_section())
        for (uint32_t size = len; size > 0; size /= 2)
            for (uint32_t f = module->nimported_funcs; f < module->nfuncs; f++) {
                uint32_t count = find_instructions(f, at);
                if (size < count)
                    try_stretches(f, at, count, size, round);
            }
    free(at);
    free(variant);
    wasm_module_destroy(module);
    free((void *)(uintptr_t)bytes);
    return 0;
}
