/* A module's sections and what they define. */
#include "wasm/decode/decode.h"
#include "wasm/dump/dump.h"

static const char *const kind_names[] = {"func", "table", "memory", "global", "tag"};

static void put_types(struct dump_line *l, const wasm_valtype_t *types, uint32_t n)
{
    dump_put(l, "(");
    for (uint32_t i = 0; i < n; i++)
        dump_put(l, "%s%s", i ? ", " : "", wasm_valtype_text(types[i]).s);
    dump_put(l, ")");
}

static void put_signature(struct dump_line *l, const struct wasm_functype *t)
{
    put_types(l, t->params, t->nparams);
    dump_put(l, " -> ");
    put_types(l, t->results, t->nresults);
}

static void put_limits(struct dump_line *l, const struct wasm_limits *limits)
{
    dump_put(l, "%s%llu", limits->is64 ? "i64 " : "", (unsigned long long)limits->min);
    if (limits->has_max)
        dump_put(l, " to %llu", (unsigned long long)limits->max);
    if (limits->shared)
        dump_put(l, ", shared");
}

/* A name of the file in quotes, what is no printable ASCII as a question mark. */
static void put_name(struct dump_line *l, const struct wasm_bytes *name)
{
    dump_put(l, " '");
    for (uint32_t i = 0; i < name->len; i++)
        dump_put(l, "%c", name->at[i] >= ' ' && name->at[i] < 0x7f ? name->at[i] : '?');
    dump_put(l, "'");
}

void dump_function(const struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    const struct wasm_func *f = &m->funcs[func];
    struct dump_line l = {.len = 0};

    dump_put(&l, "func %u", func);
    if (f->name.len)
        put_name(&l, &f->name);
    dump_put(&l, " ");
    put_signature(&l, &m->types[f->type]);
    if (f->imported)
        dump_put(&l, ", imported");
    else
        dump_put(&l, ", %u bytes at 0x%x, %u locals, %u blocks", f->body.len,
                 (unsigned)(f->body.at - m->bytes), f->nlocals, f->nblocks);
    dump_end(&l, say);
}

static void sections(const struct wasm_module *m, dump_say_fn say)
{
    enum { HEADER_BYTES = 8 };
    struct wasm_reader r =
        wasm_reader_init(m->bytes, m->bytes + HEADER_BYTES, m->len_bytes - HEADER_BYTES);
    uint8_t id;
    uint32_t len;

    while (r.p < r.end && !wasm_read_byte(&r, &id) && !wasm_read_u32(&r, &len)) {
        struct wasm_reader content = wasm_reader_init(m->bytes, r.p, len);
        struct wasm_bytes name;
        struct dump_line l = {.len = 0};
        dump_put(&l, "section %s", wasm_section_name(id));
        if (id == SECTION_CUSTOM && !wasm_read_u32(&content, &name.len) &&
            !wasm_read_bytes(&content, name.len, &name.at))
            put_name(&l, &name);
        dump_put(&l, ": %u bytes at 0x%x", len, wasm_reader_offset(&r));
        dump_end(&l, say);
        r.p += len;
    }
}

static void imports(const struct wasm_module *m, dump_say_fn say)
{
    for (uint32_t i = 0; i < m->nimports; i++) {
        const struct wasm_import *import = &m->imports[i];
        struct dump_line l = {.len = 0};
        dump_put(&l, "import %s %u", kind_names[import->kind], import->index);
        put_name(&l, &import->module);
        put_name(&l, &import->name);
        dump_end(&l, say);
    }
}

static void exports(const struct wasm_module *m, dump_say_fn say)
{
    for (uint32_t i = 0; i < m->nexports; i++) {
        struct dump_line l = {.len = 0};
        dump_put(&l, "export %s %u", kind_names[m->exports[i].kind], m->exports[i].index);
        put_name(&l, &m->exports[i].name);
        dump_end(&l, say);
    }
}

static void types(const struct wasm_module *m, dump_say_fn say)
{
    for (uint32_t i = 0; i < m->ntypes; i++) {
        struct dump_line l = {.len = 0};
        const struct wasm_subtype *sub = &m->subtypes[i];
        dump_put(&l, "type %u ", i);
        if (sub->ngroup > 1)
            dump_put(&l, "(%u of %u) ", i - sub->group, sub->ngroup);
        if (!sub->final)
            dump_put(&l, "open ");
        if (sub->super != WASM_NO_SUPER)
            dump_put(&l, "sub %u ", sub->super);
        put_signature(&l, &m->types[i]);
        dump_end(&l, say);
    }
}

static void state(const struct wasm_module *m, dump_say_fn say)
{
    struct dump_line l = {.len = 0};

    for (uint32_t i = 0; i < m->ntables; i++) {
        dump_put(&l, "table %u: %s ", i, wasm_valtype_text(m->tables[i].type.elem).s);
        put_limits(&l, &m->tables[i].type.limits);
        dump_end(&l, say);
    }
    for (uint32_t i = 0; i < m->nmemories; i++) {
        dump_put(&l, "memory %u: pages ", i);
        put_limits(&l, &m->memories[i].limits);
        dump_end(&l, say);
    }
    for (uint32_t i = 0; i < m->nglobals; i++)
        dump_say(say, "global %u: %s%s", i, wasm_valtype_text(m->globals[i].type.type).s,
                 m->globals[i].type.mutable_ ? ", mutable" : "");
}

static void segments(const struct wasm_module *m, dump_say_fn say)
{
    static const char *const modes[] = {"passive", "active", "declarative"};

    for (uint32_t i = 0; i < m->nelems; i++)
        dump_say(say, "elem %u: %u of %s, %s, table %u", i, m->elems[i].count,
                 wasm_valtype_text(m->elems[i].type).s, modes[m->elems[i].mode], m->elems[i].table);
    for (uint32_t i = 0; i < m->ndatas; i++)
        dump_say(say, "data %u: %u bytes, %s, memory %u", i, m->datas[i].bytes.len,
                 modes[m->datas[i].mode], m->datas[i].memory);
}

void dump_module(const struct wasm_module *m, dump_say_fn say)
{
    dump_say(say, "%u bytes, %u functions", m->len_bytes, m->nfuncs);
    sections(m, say);
    types(m, say);
    imports(m, say);
    state(m, say);
    exports(m, say);
    if (m->start >= 0)
        dump_say(say, "start func %u", (unsigned)m->start);
    segments(m, say);
    for (uint32_t i = 0; i < m->nfuncs; i++)
        dump_function(m, i, say);
}
