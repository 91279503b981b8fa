/* Sections with contents: element segments, code, data. */
#include "wasm/decode/decode.h"

enum {
    SEGMENT_NOT_ACTIVE = 1, /* flag bits of element and data segments (5.5.12, 5.5.14) */
    SEGMENT_EXPLICIT = 2,   /* active: with index; else: declarative */
    SEGMENT_EXPRESSIONS = 4,
    ELEM_FLAGS_MAX = 7,
    DATA_FLAGS_MAX = 2,
    ELEM_KIND_FUNC = 0,
};

static int elem_entries(struct decoder *d, struct wasm_elem *e, bool expressions)
{
    int err = decode__count(d, WASM_ELEM_ENTRIES_MAX, expressions ? 2 : 1, &e->count);

    if (err)
        return err;
    d->nelem_entries += e->count;
    if (d->nelem_entries > WASM_ELEM_ENTRIES_MAX)
        return decode__fail(d, -EINVAL, "too many entries in all segments together");
    if (expressions) {
        e->exprs = decode__array(d, e->count, sizeof *e->exprs);
        if (!e->exprs)
            return -ENOMEM;
        for (uint32_t i = 0; i < e->count && !err; i++)
            err = decode__expr(d, &e->exprs[i]);
        return err;
    }
    e->funcs = decode__array(d, e->count, sizeof *e->funcs);
    if (!e->funcs)
        return -ENOMEM;
    for (uint32_t i = 0; i < e->count; i++) {
        err = wasm_read_u32(&d->r, &e->funcs[i]);
        if (err)
            return decode__reader_failed(d, err);
        decode__declare_ref(d, e->funcs[i]);
    }
    return 0;
}

/* All eight kinds: flags, table and offset if active, kind or type unless both are implied,
 * entries. */
static int elem(struct decoder *d, struct wasm_elem *e)
{
    uint32_t flags;
    int err = wasm_read_u32(&d->r, &flags);

    if (err)
        return decode__reader_failed(d, err);
    if (flags > ELEM_FLAGS_MAX)
        return decode__fail(d, -EINVAL, "malformed element segment kind");
    e->type = flags & SEGMENT_EXPRESSIONS ? WASM_FUNCREF : WASM_FUNCREF | WASM_REF_NONNULL;
    if (flags & SEGMENT_NOT_ACTIVE) {
        e->mode = flags & SEGMENT_EXPLICIT ? WASM_SEGMENT_DECLARATIVE : WASM_SEGMENT_PASSIVE;
    } else {
        e->mode = WASM_SEGMENT_ACTIVE;
        if (flags & SEGMENT_EXPLICIT)
            err = wasm_read_u32(&d->r, &e->table);
        if (err)
            return decode__reader_failed(d, err);
        err = decode__expr(d, &e->offset);
        if (err)
            return err;
    }
    if (flags & (SEGMENT_NOT_ACTIVE | SEGMENT_EXPLICIT)) {
        uint8_t kind = ELEM_KIND_FUNC;
        if (flags & SEGMENT_EXPRESSIONS)
            err = wasm_read_reftype(&d->r, &e->type);
        else
            err = wasm_read_byte(&d->r, &kind);
        if (err)
            return decode__reader_failed(d, err);
        if (kind != ELEM_KIND_FUNC)
            return decode__fail(d, -EINVAL, "malformed element kind");
    }
    return elem_entries(d, e, flags & SEGMENT_EXPRESSIONS);
}

int decode__elems(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_ELEMS_MAX, 3, &n);

    if (err)
        return err;
    m->elems = decode__array(d, n, sizeof *m->elems);
    if (!m->elems)
        return -ENOMEM;
    for (; m->nelems < n && !err; m->nelems++)
        err = elem(d, &m->elems[m->nelems]);
    return err;
}

int decode__data_count(struct decoder *d)
{
    int err = wasm_read_u32(&d->r, &d->m->data_count);

    if (err)
        return decode__reader_failed(d, err);
    d->m->has_data_count = true;
    return 0;
}

int decode__code(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_FUNCS_MAX, 1, &n);

    if (err)
        return err;
    m->code_offset = (uint32_t)(d->sections[SECTION_CODE].at - m->bytes);
    if (n != m->nfuncs - m->nimported_funcs)
        return decode__fail(d, -EINVAL, "function and code section have inconsistent lengths");
    for (uint32_t i = 0; i < n; i++) {
        struct wasm_bytes *body = &m->funcs[m->nimported_funcs + i].body;
        err = wasm_read_u32(&d->r, &body->len);
        err = err ? err : wasm_read_bytes(&d->r, body->len, &body->at);
        if (err)
            return decode__reader_failed(d, err);
        if (body->len > WASM_BODY_BYTES_MAX)
            return decode__fail(d, -EINVAL, "function body too large");
    }
    return 0;
}

static int data(struct decoder *d, struct wasm_data *s)
{
    uint32_t flags;
    int err = wasm_read_u32(&d->r, &flags);

    if (err)
        return decode__reader_failed(d, err);
    if (flags > DATA_FLAGS_MAX)
        return decode__fail(d, -EINVAL, "malformed data segment kind");
    s->mode = flags & SEGMENT_NOT_ACTIVE ? WASM_SEGMENT_PASSIVE : WASM_SEGMENT_ACTIVE;
    if (flags & SEGMENT_EXPLICIT) {
        err = wasm_read_u32(&d->r, &s->memory);
        if (err)
            return decode__reader_failed(d, err);
    }
    if (s->mode == WASM_SEGMENT_ACTIVE) {
        err = decode__expr(d, &s->offset);
        if (err)
            return err;
    }
    err = wasm_read_u32(&d->r, &s->bytes.len);
    err = err ? err : wasm_read_bytes(&d->r, s->bytes.len, &s->bytes.at);
    return err ? decode__reader_failed(d, err) : 0;
}

int decode__datas(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_DATAS_MAX, 2, &n);

    if (err)
        return err;
    m->datas = decode__array(d, n, sizeof *m->datas);
    if (!m->datas)
        return -ENOMEM;
    for (; m->ndatas < n && !err; m->ndatas++)
        err = data(d, &m->datas[m->ndatas]);
    return err;
}
