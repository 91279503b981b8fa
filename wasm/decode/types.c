/* The type section (core spec 5.3.8, 5.5.4): recursive groups of sub types. It is walked twice,
 * first to count the types, because groups tell only how many there are of each. */
#include "wasm/decode/decode.h"

enum {
    FORM_REC = 0x4e,
    FORM_SUB_FINAL = 0x4f,
    FORM_SUB = 0x50,
    FORM_ARRAY = 0x5e,
    FORM_STRUCT = 0x5f,
    FORM_FUNC = 0x60,
    FORM_DESCRIPTOR = 0x4c, /* a later proposal's */
    FORM_DESCRIBES = 0x4d,
    TYPE_BYTES_MIN = 2,
};

/* A value type, which may name types up to the end of the group. */
static int valtype(struct decoder *d, uint32_t group_end, wasm_valtype_t *out)
{
    int err = wasm_read_valtype(&d->r, out);

    if (err)
        return decode__reader_failed(d, err);
    if (wasm_valtype_is_concrete(*out) && wasm_valtype_index(*out) >= group_end)
        return decode__fail(d, -EINVAL, "unknown type");
    return 0;
}

/* Parameters or results. While counting, they are only stepped over. */
static int valtypes(struct decoder *d, uint32_t max, uint32_t group_end, uint32_t *out_n,
                    const wasm_valtype_t **out)
{
    static const wasm_valtype_t none[1];
    wasm_valtype_t *types = NULL, ignored;
    int err = decode__count(d, max, 1, out_n);

    if (err)
        return err;
    *out = none;
    if (*out_n && d->m->types) {
        types = decode__array(d, *out_n, sizeof *types);
        if (!types)
            return -ENOMEM;
        *out = types;
    }
    for (uint32_t i = 0; i < *out_n && !err; i++)
        err = valtype(d, group_end, types ? &types[i] : &ignored);
    return err;
}

/* The supertypes behind FORM_SUB: at most one, defined earlier (3.2.9). */
static int supertype(struct decoder *d, struct wasm_subtype *sub)
{
    const struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_TYPES_MAX, 1, &n);

    if (err || !n)
        return err;
    if (n > 1)
        return decode__fail(d, -EINVAL, "a sub type with more than one supertype");
    err = wasm_read_u32(&d->r, &sub->super);
    if (err)
        return decode__reader_failed(d, err);
    if (sub->super >= m->ntypes)
        return decode__fail(d, -EINVAL, "unknown type: a supertype stands before its sub types");
    if (!m->subtypes)
        return 0;
    if (m->subtypes[sub->super].depth >= WASM_SUBTYPE_DEPTH_MAX)
        return decode__fail(d, -EINVAL, "sub types nested too deeply");
    sub->depth = m->subtypes[sub->super].depth + 1;
    return 0;
}

/* One type of a group that ends before the type number group_end. */
static int subtype(struct decoder *d, uint32_t group, uint32_t group_end)
{
    struct wasm_module *m = d->m;
    struct wasm_subtype sub = {
        .group = group, .ngroup = group_end - group, .super = WASM_NO_SUPER, .final = true};
    struct wasm_functype type;
    uint8_t form;
    int err = wasm_read_byte(&d->r, &form);

    if (!err && (form == FORM_SUB || form == FORM_SUB_FINAL)) {
        sub.final = form == FORM_SUB_FINAL;
        err = supertype(d, &sub);
        if (err)
            return err;
        err = wasm_read_byte(&d->r, &form);
    }
    if (err)
        return decode__reader_failed(d, err);
    if (form == FORM_ARRAY || form == FORM_STRUCT)
        return decode__reader_failed(d, wasm_reader_later(&d->r, "garbage collection"));
    if (form == FORM_DESCRIPTOR || form == FORM_DESCRIBES)
        return decode__reader_failed(d, wasm_reader_later(&d->r, "custom descriptors"));
    if (form != FORM_FUNC)
        return decode__fail(d, -EINVAL, "malformed type definition");
    err = valtypes(d, WASM_PARAMS_MAX, group_end, &type.nparams, &type.params);
    err = err ? err : valtypes(d, WASM_RESULTS_MAX, group_end, &type.nresults, &type.results);
    if (err)
        return err;
    if (m->types) {
        m->types[m->ntypes] = type;
        m->subtypes[m->ntypes] = sub;
    }
    m->ntypes++;
    return 0;
}

static int group(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t first = m->ntypes, n = 1;
    int err = 0;

    if (d->r.p < d->r.end && *d->r.p == FORM_REC) {
        d->r.p++;
        err = decode__count(d, WASM_TYPES_MAX, TYPE_BYTES_MIN, &n);
        if (err)
            return err;
    }
    if (n > WASM_TYPES_MAX - first)
        return decode__fail(d, -EINVAL, "too many types");
    for (uint32_t i = 0; i < n && !err; i++)
        err = subtype(d, first, first + n);
    m->ngroups += n > 0;
    return err;
}

static int walk(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t n;
    int err = decode__count(d, WASM_TYPES_MAX, 2, &n);

    m->ntypes = m->ngroups = 0;
    for (uint32_t i = 0; i < n && !err; i++)
        err = group(d);
    return err;
}

int decode__types(struct decoder *d)
{
    struct wasm_module *m = d->m;
    struct wasm_reader start = d->r;
    int err = walk(d);

    if (err)
        return err;
    m->types = decode__array(d, m->ntypes, sizeof *m->types);
    m->subtypes = decode__array(d, m->ntypes, sizeof *m->subtypes);
    if (!m->types || !m->subtypes)
        return -ENOMEM;
    d->r = start;
    return walk(d);
}
