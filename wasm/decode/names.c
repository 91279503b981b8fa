/* The custom section "name" (core spec 7.4.1), read with patience: what is malformed is left out
 * and never a reason to refuse the module. */
#include "wasm/decode/decode.h"

#include "base/utf8.h"

enum { SUBSECTION_MODULE, SUBSECTION_FUNCTIONS };

static bool read_name(struct wasm_reader *r, struct wasm_bytes *out)
{
    return !wasm_read_u32(r, &out->len) && !wasm_read_bytes(r, out->len, &out->at) &&
           utf8_valid(out->at, out->len);
}

static void function_names(struct wasm_module *m, struct wasm_reader *r)
{
    uint32_t n, func;
    struct wasm_bytes name;

    if (wasm_read_u32(r, &n))
        return;
    while (n-- > 0) {
        if (wasm_read_u32(r, &func) || !read_name(r, &name))
            return;
        if (func < m->nfuncs && !m->funcs[func].name.at)
            m->funcs[func].name = name;
    }
}

void decode__names(struct decoder *d)
{
    struct wasm_module *m = d->m;
    const struct wasm_bytes *s = &d->name_section;
    struct wasm_reader r = wasm_reader_init(m->bytes, s->at ? s->at : m->bytes, s->len), sub;

    while (wasm_reader_left(&r)) {
        const uint8_t *content;
        uint32_t len;
        uint8_t id;
        if (wasm_read_byte(&r, &id) || wasm_read_u32(&r, &len) ||
            wasm_read_bytes(&r, len, &content))
            break;
        sub = wasm_reader_init(m->bytes, content, len);
        if (id == SUBSECTION_MODULE && !read_name(&sub, &m->name))
            m->name = (struct wasm_bytes){0};
        else if (id == SUBSECTION_FUNCTIONS)
            function_names(m, &sub);
    }
    for (uint32_t i = 0; i < m->nexports; i++) {
        const struct wasm_export *ex = &m->exports[i];
        if (ex->kind == WASM_FUNC && ex->index < m->nfuncs && !m->funcs[ex->index].name.at)
            m->funcs[ex->index].name = ex->name;
    }
}
