#include "wasm/decode/decode.h"

#include "base/format.h"
#include "base/string.h"
#include "base/utf8.h"

enum { HEADER_BYTES = 8 };

/* Names for messages, and the order that 5.5.2 demands. Custom sections may stand anywhere. */
static const struct {
    const char *name;
    uint8_t rank;
    int (*decode)(struct decoder *d);
} section_table[SECTION_COUNT] = {
    [SECTION_CUSTOM] = {"custom", 0, NULL},
    [SECTION_TYPE] = {"type", 1, decode__types},
    [SECTION_IMPORT] = {"import", 2, decode__imports},
    [SECTION_FUNCTION] = {"function", 3, decode__functions},
    [SECTION_TABLE] = {"table", 4, decode__tables},
    [SECTION_MEMORY] = {"memory", 5, decode__memories},
    [SECTION_TAG] = {"tag", 6, decode__tags},
    [SECTION_GLOBAL] = {"global", 7, decode__globals},
    [SECTION_EXPORT] = {"export", 8, decode__exports},
    [SECTION_START] = {"start", 9, decode__start},
    [SECTION_ELEMENT] = {"element", 10, decode__elems},
    [SECTION_DATA_COUNT] = {"data count", 11, decode__data_count},
    [SECTION_CODE] = {"code", 12, decode__code},
    [SECTION_DATA] = {"data", 13, decode__datas},
};

/* The order in which sections are decoded: as they stand in the file. */
static const enum section_id decode_order[] = {
    SECTION_TYPE,       SECTION_IMPORT, SECTION_FUNCTION, SECTION_TABLE, SECTION_MEMORY,
    SECTION_TAG,        SECTION_GLOBAL, SECTION_EXPORT,   SECTION_START, SECTION_ELEMENT,
    SECTION_DATA_COUNT, SECTION_CODE,   SECTION_DATA,
};

const char *wasm_section_name(unsigned id)
{
    return id < SECTION_COUNT ? section_table[id].name : "?";
}

int decode__fail(struct decoder *d, int err, const char *what)
{
    uint32_t offset = wasm_reader_offset(&d->r);
    return wasm_error_set(d->err, err, offset, 0, "%s section at 0x%x: %s",
                          section_table[d->section].name, (unsigned)offset, what);
}

int decode__reader_failed(struct decoder *d, int err)
{
    char place[32];

    fmt_snprintf(place, sizeof place, "%s section", section_table[d->section].name);
    return wasm_error_reader(d->err, err, &d->r, place, wasm_reader_offset(&d->r), 0);
}

int decode__count(struct decoder *d, uint32_t max, uint32_t min_bytes, uint32_t *out)
{
    int err = wasm_read_u32(&d->r, out);

    if (err)
        return decode__reader_failed(d, err);
    if ((uint64_t)*out * min_bytes > wasm_reader_left(&d->r))
        return decode__fail(d, -EINVAL, "unexpected end: more entries than bytes");
    if (*out > max)
        return decode__fail(d, -EINVAL, "too many entries");
    return 0;
}

int decode__name(struct decoder *d, struct wasm_bytes *out)
{
    int err = wasm_read_u32(&d->r, &out->len);

    if (!err)
        err = wasm_read_bytes(&d->r, out->len, &out->at);
    if (err)
        return decode__reader_failed(d, err);
    if (!utf8_valid(out->at, out->len))
        return decode__fail(d, -EINVAL, "malformed UTF-8 encoding");
    if (out->len > WASM_NAME_BYTES_MAX)
        return decode__fail(d, -EINVAL, "name too long");
    return 0;
}

void decode__declare_ref(struct decoder *d, uint32_t func)
{
    if (func < d->m->nfuncs)
        d->m->funcs[func].declared_ref = true;
}

int decode__expr(struct decoder *d, struct wasm_expr *out)
{
    const uint8_t *start = d->r.p;
    struct wasm_insn insn;

    do {
        int err = wasm_read_insn(&d->r, &insn);
        if (err)
            return decode__reader_failed(d, err);
        if (!(wasm_ops[insn.op].flags & WASM_OPF_CONST))
            return wasm_error_set(d->err, -EINVAL, insn.offset, insn.op,
                                  "%s section at 0x%x: constant expression required, %s found",
                                  section_table[d->section].name, (unsigned)insn.offset,
                                  wasm_ops[insn.op].name);
        if (insn.op == WASM_OP_ref_func)
            decode__declare_ref(d, insn.a);
    } while (insn.op != WASM_OP_end);
    out->code = (struct wasm_bytes){start, (uint32_t)(d->r.p - start)};
    return 0;
}

void *decode__array(struct decoder *d, size_t n, size_t size)
{
    void *p = arena_calloc(&d->m->arena, n, size);

    if (!p)
        wasm_error_set(d->err, -ENOMEM, wasm_reader_offset(&d->r), 0, "out of memory");
    return p;
}

/* ---- sections ---- */

static int check_header(struct decoder *d)
{
    static const uint8_t magic[4] = {0, 'a', 's', 'm'}, version[4] = {1, 0, 0, 0};
    static const uint8_t component[4] = {0x0d, 0, 1, 0};
    const struct wasm_module *m = d->m;

    if (m->len_bytes < HEADER_BYTES || memcmp(m->bytes, magic, sizeof magic))
        return wasm_error_set(d->err, -EINVAL, 0, 0,
                              "not a WebAssembly module: magic header not found");
    if (!memcmp(m->bytes + 4, component, sizeof component))
        return wasm_error_set(d->err, -ENOTSUP, 4, 0, "components are not supported yet");
    if (memcmp(m->bytes + 4, version, sizeof version))
        return wasm_error_set(d->err, -EINVAL, 4, 0, "unknown binary version");
    return 0;
}

static int survey_custom(struct decoder *d)
{
    struct wasm_bytes name;
    int err = decode__name(d, &name);

    if (err)
        return err;
    if (name.len == 4 && !memcmp(name.at, "name", 4) && !d->name_section.at)
        d->name_section = (struct wasm_bytes){d->r.p, (uint32_t)wasm_reader_left(&d->r)};
    return 0;
}

/* Finds every section's place and checks their order (5.5.2), before anything is decoded: so that
 * the index spaces can be allocated whole. */
static int survey(struct decoder *d)
{
    const uint8_t *end = d->m->bytes + d->m->len_bytes;
    struct wasm_reader r =
        wasm_reader_init(d->m->bytes, d->m->bytes + HEADER_BYTES, d->m->len_bytes - HEADER_BYTES);
    unsigned rank = 0;

    while (r.p < end) {
        const uint8_t *content;
        uint32_t at = wasm_reader_offset(&r), len;
        uint8_t id = 0;
        int err = wasm_read_byte(&r, &id);

        if (!err && id >= SECTION_COUNT)
            return wasm_error_set(d->err, -EINVAL, at, 0,
                                  "section at 0x%x: malformed section id %u", (unsigned)at, id);
        err = err ? err : wasm_read_u32(&r, &len);
        err = err ? err : wasm_read_bytes(&r, len, &content);
        if (err)
            return wasm_error_reader(d->err, err, &r, "section", at, 0);
        d->section = (enum section_id)id;
        d->r = wasm_reader_init(d->m->bytes, content, len);
        if (id == SECTION_CUSTOM) {
            err = survey_custom(d);
            if (err)
                return err;
            continue;
        }
        if (section_table[id].rank <= rank)
            return decode__fail(d, -EINVAL, "unexpected section: out of order or twice");
        rank = section_table[id].rank;
        d->sections[id] = (struct wasm_bytes){content, len};
    }
    return 0;
}

/* How many entries a section defines, by its leading count; unchecked, decoding will check it. */
static uint32_t peek_count(const struct decoder *d, enum section_id id)
{
    const struct wasm_bytes *s = &d->sections[id];
    const uint8_t *p = s->at;
    uint32_t n = 0;

    if (!s->at || leb_u32(&p, s->at + s->len, &n) || n > (uint32_t)(s->at + s->len - p))
        return 0;
    return n;
}

/* Fails in the section that defines the kind, or else in the imports. */
static int too_many(struct decoder *d, enum section_id id, int err, const char *what)
{
    d->section = d->sections[id].at ? id : SECTION_IMPORT;
    d->r = wasm_reader_init(d->m->bytes, d->sections[d->section].at, d->sections[d->section].len);
    return decode__fail(d, err, what);
}

/* Index spaces begin with the imports, whose kinds are counted by a first walk over that section.
 */
static int allocate_index_spaces(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint64_t nfuncs = (uint64_t)m->nimported_funcs + peek_count(d, SECTION_FUNCTION);
    uint64_t ntables = (uint64_t)m->nimported_tables + peek_count(d, SECTION_TABLE);
    uint64_t nmemories = (uint64_t)m->nimported_memories + peek_count(d, SECTION_MEMORY);
    uint64_t nglobals = (uint64_t)m->nimported_globals + peek_count(d, SECTION_GLOBAL);
    uint64_t ntags = (uint64_t)m->nimported_tags + peek_count(d, SECTION_TAG);

    if (nfuncs > WASM_FUNCS_MAX)
        return too_many(d, SECTION_FUNCTION, -EINVAL, "too many functions");
    if (ntables > WASM_TABLES_MAX)
        return too_many(d, SECTION_TABLE, -EINVAL, "too many tables");
    if (nglobals > WASM_GLOBALS_MAX)
        return too_many(d, SECTION_GLOBAL, -EINVAL, "too many globals");
    if (ntags > WASM_TAGS_MAX)
        return too_many(d, SECTION_TAG, -EINVAL, "too many tags");
    if (nmemories > WASM_MEMORIES_MAX)
        return too_many(d, SECTION_MEMORY, -EINVAL, "too many memories");
    m->funcs = decode__array(d, nfuncs, sizeof *m->funcs);
    m->tables = decode__array(d, ntables, sizeof *m->tables);
    m->memories = decode__array(d, nmemories, sizeof *m->memories);
    m->globals = decode__array(d, nglobals, sizeof *m->globals);
    m->tags = decode__array(d, ntags, sizeof *m->tags);
    if (!m->funcs || !m->tables || !m->memories || !m->globals || !m->tags)
        return -ENOMEM;
    m->nfuncs = (uint32_t)nfuncs;
    m->ntables = (uint32_t)ntables;
    m->nmemories = (uint32_t)nmemories;
    m->nglobals = (uint32_t)nglobals;
    m->ntags = (uint32_t)ntags;
    return 0;
}

static int decode_section(struct decoder *d, enum section_id id)
{
    const struct wasm_bytes *s = &d->sections[id];
    int err;

    d->section = id;
    d->r = wasm_reader_init(d->m->bytes, s->at, s->len);
    err = section_table[id].decode(d);
    if (err)
        return err;
    if (d->r.p != d->r.end)
        return decode__fail(d, -EINVAL, "section size mismatch");
    return 0;
}

/* What must agree between sections even when one of them is absent (5.5.16). */
static int check_counts(struct decoder *d)
{
    struct wasm_module *m = d->m;
    uint32_t defined = m->nfuncs - m->nimported_funcs;

    d->section = SECTION_CODE;
    d->r = wasm_reader_init(m->bytes, m->bytes + m->len_bytes, 0);
    if (!d->sections[SECTION_CODE].at && defined)
        return decode__fail(d, -EINVAL, "function and code section have inconsistent lengths");
    if (m->has_data_count && m->data_count != m->ndatas)
        return decode__fail(d, -EINVAL, "data count and data section have inconsistent lengths");
    return 0;
}

int wasm_decode(struct wasm_module *m, struct wasm_error *err)
{
    struct decoder d = {.m = m, .err = err};
    int e = check_header(&d);

    m->start = -1;
    if (!e)
        e = survey(&d);
    for (size_t i = 0; !e && i < ARRAY_LEN(decode_order); i++) {
        if (d.sections[decode_order[i]].at)
            e = decode_section(&d, decode_order[i]);
        if (!e && decode_order[i] == SECTION_IMPORT)
            e = allocate_index_spaces(&d);
        if (!e && decode_order[i] == SECTION_IMPORT && d.sections[SECTION_IMPORT].at)
            e = decode_section(&d, SECTION_IMPORT); /* the second walk fills in */
    }
    if (!e)
        e = check_counts(&d);
    if (!e)
        decode__names(&d);
    return e;
}
