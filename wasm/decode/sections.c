/* Sections that declare: imports, functions, tables, memories, globals, exports, start. */
#include "wasm/decode/decode.h"

#include "base/string.h"

enum {
    LIMITS_MAX = 1, /* flag bits of 5.3.7 and later proposals */
    LIMITS_SHARED = 2,
    LIMITS_64 = 4,
    LIMITS_PAGE_SIZE = 8,
    TABLE_WITH_INIT = 0x40,
    KIND_TAG = 4,
    KIND_EXACT_FUNC = 0x20,
};

int decode__limits(struct decoder *d, bool is_memory, struct wasm_limits *out)
{
    uint8_t flags;
    int err = wasm_read_byte(&d->r, &flags);

    if (err)
        return decode__reader_failed(d, err);
    if (flags >= LIMITS_PAGE_SIZE)
        return is_memory && flags < 2 * LIMITS_PAGE_SIZE
                   ? decode__reader_failed(d, wasm_reader_later(&d->r, "custom page sizes"))
                   : decode__fail(d, -EINVAL, "malformed limits flags");
    if (flags & LIMITS_SHARED && !is_memory)
        return decode__fail(d, -EINVAL, "malformed limits flags");
    out->shared = flags & LIMITS_SHARED;
    out->is64 = flags & LIMITS_64;
    out->has_max = flags & LIMITS_MAX;
    out->max = UINT64_MAX;
    err = wasm_read_u64(&d->r, &out->min);
    if (!err && out->has_max)
        err = wasm_read_u64(&d->r, &out->max);
    return err ? decode__reader_failed(d, err) : 0;
}

int decode__tabletype(struct decoder *d, struct wasm_tabletype *out)
{
    int err = wasm_read_reftype(&d->r, &out->elem);
    return err ? decode__reader_failed(d, err) : decode__limits(d, false, &out->limits);
}

int decode__globaltype(struct decoder *d, struct wasm_globaltype *out)
{
    uint8_t mutability;
    int err = wasm_read_valtype(&d->r, &out->type);

    if (!err)
        err = wasm_read_byte(&d->r, &mutability);
    if (err)
        return decode__reader_failed(d, err);
    if (mutability > 1)
        return decode__fail(d, -EINVAL, "malformed mutability");
    out->mutable_ = mutability;
    return 0;
}

/* A tag type (5.3.13): the attribute says exception, the only kind there is. */
static int tag_type(struct decoder *d, struct wasm_tag *out)
{
    uint8_t attribute;
    int err = wasm_read_byte(&d->r, &attribute);

    if (!err && attribute)
        return decode__fail(d, -EINVAL, "malformed tag attribute");
    err = err ? err : wasm_read_u32(&d->r, &out->type);
    return err ? decode__reader_failed(d, err) : 0;
}

/* ---- imports ---- */

/* One description (5.5.5). In the first walk, before the index spaces exist, only counts. */
static int import_desc(struct decoder *d, struct wasm_import *im)
{
    struct wasm_module *m = d->m;
    bool counting = !m->funcs;
    struct wasm_table table = {.imported = true};
    struct wasm_memory memory = {.imported = true};
    struct wasm_global global = {.imported = true};
    struct wasm_tag tag = {.imported = true};
    uint32_t type;
    int err;

    switch (im->kind) {
    case WASM_FUNC:
        err = wasm_read_u32(&d->r, &type);
        if (err)
            return decode__reader_failed(d, err);
        im->index = m->nimported_funcs++;
        if (!counting)
            m->funcs[im->index] = (struct wasm_func){.type = type, .imported = true};
        return 0;
    case WASM_TABLE:
        err = decode__tabletype(d, &table.type);
        im->index = m->nimported_tables++;
        if (!err && !counting)
            m->tables[im->index] = table;
        return err;
    case WASM_MEMORY:
        err = decode__limits(d, true, &memory.limits);
        im->index = m->nimported_memories++;
        if (!err && !counting)
            m->memories[im->index] = memory;
        return err;
    case WASM_GLOBAL:
        err = decode__globaltype(d, &global.type);
        im->index = m->nimported_globals++;
        if (!err && !counting)
            m->globals[im->index] = global;
        return err;
    default:
        err = tag_type(d, &tag);
        im->index = m->nimported_tags++;
        if (!err && !counting)
            m->tags[im->index] = tag;
        return err;
    }
}

int decode__imports(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_IMPORTS_MAX, 4, &n);

    if (err)
        return err;
    if (!m->imports)
        m->imports = decode__array(d, n, sizeof *m->imports);
    if (!m->imports)
        return -ENOMEM;
    m->nimported_funcs = m->nimported_tables = m->nimported_memories = m->nimported_globals = 0;
    m->nimported_tags = 0;
    for (m->nimports = 0; m->nimports < n; m->nimports++) {
        struct wasm_import *im = &m->imports[m->nimports];
        uint8_t kind;
        err = decode__name(d, &im->module);
        err = err ? err : decode__name(d, &im->name);
        if (err)
            return err;
        err = wasm_read_byte(&d->r, &kind);
        if (err)
            return decode__reader_failed(d, err);
        if (kind == KIND_EXACT_FUNC)
            return decode__reader_failed(d, wasm_reader_later(&d->r, "custom descriptors"));
        if (kind > KIND_TAG)
            return decode__fail(d, -EINVAL, "malformed import kind");
        im->kind = (enum wasm_kind)kind;
        err = import_desc(d, im);
        if (err)
            return err;
    }
    return 0;
}

/* ---- what the module defines itself; the arrays have room by the same counts ---- */

int decode__functions(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_FUNCS_MAX, 1, &n);

    if (err)
        return err;
    assert(m->nimported_funcs + n == m->nfuncs);
    for (uint32_t i = m->nimported_funcs; i < m->nfuncs; i++) {
        err = wasm_read_u32(&d->r, &m->funcs[i].type);
        if (err)
            return decode__reader_failed(d, err);
    }
    return 0;
}

int decode__tables(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_TABLES_MAX, 3, &n);

    if (err)
        return err;
    assert(m->nimported_tables + n == m->ntables);
    for (uint32_t i = m->nimported_tables; i < m->ntables; i++) {
        bool with_init = d->r.p < d->r.end && *d->r.p == TABLE_WITH_INIT;
        if (with_init) {
            uint8_t zero = 0;
            d->r.p++;
            err = wasm_read_byte(&d->r, &zero);
            if (err)
                return decode__reader_failed(d, err);
            if (zero)
                return decode__fail(d, -EINVAL, "malformed table");
        }
        err = decode__tabletype(d, &m->tables[i].type);
        if (!err && with_init)
            err = decode__expr(d, &m->tables[i].init);
        if (err)
            return err;
    }
    return 0;
}

int decode__memories(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_MEMORIES_MAX, 2, &n);

    if (err)
        return err;
    assert(m->nimported_memories + n == m->nmemories);
    for (uint32_t i = m->nimported_memories; i < m->nmemories && !err; i++)
        err = decode__limits(d, true, &m->memories[i].limits);
    return err;
}

int decode__tags(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_TAGS_MAX, 2, &n);

    if (err)
        return err;
    assert(m->nimported_tags + n == m->ntags);
    for (uint32_t i = m->nimported_tags; i < m->ntags && !err; i++)
        err = tag_type(d, &m->tags[i]);
    return err;
}

int decode__globals(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_GLOBALS_MAX, 3, &n);

    if (err)
        return err;
    assert(m->nimported_globals + n == m->nglobals);
    for (uint32_t i = m->nimported_globals; i < m->nglobals && !err; i++) {
        err = decode__globaltype(d, &m->globals[i].type);
        err = err ? err : decode__expr(d, &m->globals[i].init);
    }
    return err;
}

/* ---- exports ---- */

static int export_compare(const struct wasm_export *a, const struct wasm_export *b)
{
    if (a->name.len != b->name.len)
        return a->name.len < b->name.len ? -1 : 1;
    return memcmp(a->name.at, b->name.at, a->name.len);
}

/* Sinks order[i] in the heap of its first n entries. */
static void sift_down(const struct wasm_export *exports, uint32_t *order, uint32_t i, uint32_t n)
{
    for (uint32_t child; (child = 2 * i + 1) < n; i = child) {
        uint32_t tmp = order[i];
        if (child + 1 < n && export_compare(&exports[order[child]], &exports[order[child + 1]]) < 0)
            child++;
        if (export_compare(&exports[tmp], &exports[order[child]]) >= 0)
            return;
        order[i] = order[child];
        order[child] = tmp;
    }
}

/* Names must differ. Sorted by a heap sort: no hash that a module could be written against. */
static int check_export_names(struct decoder *d)
{
    struct wasm_module *m = d->m;
    size_t bytes = (size_t)m->nexports * sizeof(uint32_t);
    uint32_t *order = m->host->alloc(m->owner, bytes);
    int err = 0;

    if (!order)
        return decode__fail(d, -ENOMEM, "out of memory");
    for (uint32_t i = 0; i < m->nexports; i++)
        order[i] = i;
    for (uint32_t i = m->nexports / 2; i-- > 0;)
        sift_down(m->exports, order, i, m->nexports);
    for (uint32_t n = m->nexports; n > 1; n--) {
        uint32_t top = order[0];
        order[0] = order[n - 1];
        order[n - 1] = top;
        sift_down(m->exports, order, 0, n - 1);
    }
    for (uint32_t i = 1; i < m->nexports && !err; i++)
        if (!export_compare(&m->exports[order[i - 1]], &m->exports[order[i]])) {
            char name[48];
            wasm_error_quote(&m->exports[order[i]].name, name, sizeof name);
            err =
                wasm_error_set(d->err, -EINVAL, (uint32_t)(m->exports[order[i]].name.at - m->bytes),
                               0, "export section: duplicate export name '%s'", name);
        }
    m->host->free(m->owner, order, bytes);
    return err;
}

int decode__exports(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_EXPORTS_MAX, 3, &n);

    if (err)
        return err;
    m->exports = decode__array(d, n, sizeof *m->exports);
    if (!m->exports)
        return -ENOMEM;
    for (; m->nexports < n; m->nexports++) {
        struct wasm_export *ex = &m->exports[m->nexports];
        uint8_t kind;
        err = decode__name(d, &ex->name);
        if (err)
            return err;
        err = wasm_read_byte(&d->r, &kind);
        err = err ? err : wasm_read_u32(&d->r, &ex->index);
        if (err)
            return decode__reader_failed(d, err);
        if (kind > KIND_TAG)
            return decode__fail(d, -EINVAL, "malformed export kind");
        ex->kind = (enum wasm_kind)kind;
        if (ex->kind == WASM_FUNC)
            decode__declare_ref(d, ex->index);
    }
    return n ? check_export_names(d) : 0;
}

int decode__start(struct decoder *d)
{
    uint32_t func;
    int err = wasm_read_u32(&d->r, &func);

    if (err)
        return decode__reader_failed(d, err);
    d->m->start = func;
    return 0;
}
