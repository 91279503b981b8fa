/* Modules as the embedder sees them: created, asked about, destroyed. */
#include "wasm/decode/decode.h"
#include "wasm/rt/instance.h"
#include "wasm/validate/validate.h"

/* What decoding may keep per byte of the module; by far more than any well-formed module needs. */
#define ARENA_BYTES_MIN      MIB
#define ARENA_BYTES_PER_BYTE 128ull

static void *arena_source_alloc(void *arg, size_t bytes)
{
    const struct wasm_module *m = arg;
    return m->host->alloc(m->owner, bytes);
}

static void arena_source_free(void *arg, void *p, size_t bytes)
{
    const struct wasm_module *m = arg;
    m->host->free(m->owner, p, bytes);
}

const char *wasm_trap_message(enum wasm_trap kind)
{
    static const char *const messages[WASM_TRAP_COUNT] = {
#define TRAP(id, message) [WASM_TRAP_##id] = message,
#include "wasm/traps.def"
#undef TRAP
    };
    return (unsigned)kind < WASM_TRAP_COUNT ? messages[kind] : "unknown trap";
}

/* Fixed part, memories, tables, globals, imported functions, tags; everything aligned to 16. */
void ctx_layout(const struct wasm_module *m, struct ctx_layout *out)
{
    uint64_t at = align_up(sizeof(struct wasm_ctx), 16);

    out->memories = (uint32_t)at;
    at += (uint64_t)m->nmemories * sizeof(struct ctx_memory_ref);
    out->tables = (uint32_t)at;
    at += (uint64_t)m->ntables * sizeof(struct ctx_table_ref);
    out->globals = (uint32_t)at;
    for (uint32_t i = 0; i < m->nglobals; i++, at += sizeof(union wasm_value))
        m->globals[i].ctx_offset = (uint32_t)at;
    out->imports = (uint32_t)at;
    at += (uint64_t)m->nimported_funcs * sizeof(struct ctx_import);
    out->tags = (uint32_t)at;
    at += align_up((uint64_t)m->ntags * sizeof(uint32_t), 16);
    assert(at <= INT32_MAX); /* the limits on counts see to it */
    out->size_bytes = (uint32_t)at;
}

int wasm_module_create(const struct wasm_host *host, void *owner, const uint8_t *bytes,
                       size_t len_bytes, struct wasm_module **out, struct wasm_error *err)
{
    struct wasm_module *m;
    struct ctx_layout layout;
    int e;

    *out = NULL;
    if (err)
        *err = (struct wasm_error){.op = -1};
    if (len_bytes > WASM_MODULE_BYTES_MAX)
        return wasm_error_set(err, -EINVAL, 0, 0, "module larger than 1 GiB");
    m = host->alloc(owner, sizeof *m);
    if (!m)
        return wasm_error_set(err, -ENOMEM, 0, 0, "out of memory");
    m->host = host;
    m->owner = owner;
    m->bytes = bytes;
    m->len_bytes = (uint32_t)len_bytes;
    arena_init(
        &m->arena,
        (struct arena_source){.alloc = arena_source_alloc, .free = arena_source_free, .arg = m},
        ARENA_BYTES_MIN + ARENA_BYTES_PER_BYTE * len_bytes);
    e = wasm_decode(m, err);
    e = e ? e : types_intern(m);
    e = e ? e : wasm_validate(m, err);
    if (!e) {
        ctx_layout(m, &layout);
        e = code_create(m);
    }
    if (e) {
        wasm_error_set(err, e, 0, 0, "out of memory"); /* unless something was said already */
        wasm_module_destroy(m);
        return e;
    }
    *out = m;
    return 0;
}

void wasm_module_destroy(struct wasm_module *m)
{
    if (!m)
        return;
    assert(m->ninstances == 0);
    code_destroy(m);
    types_release(m);
    arena_fini(&m->arena);
    m->host->free(m->owner, m, sizeof *m);
}

uint32_t wasm_module_import_count(const struct wasm_module *m)
{
    return m->nimports;
}

void wasm_module_import(const struct wasm_module *m, uint32_t index, struct wasm_import_desc *out)
{
    const struct wasm_import *im = &m->imports[index];
    const struct wasm_limits *limits = NULL;

    assert(index < m->nimports);
    if (im->kind == WASM_MEMORY)
        limits = &m->memories[im->index].limits;
    *out = (struct wasm_import_desc){
        .module = (const char *)im->module.at,
        .name = (const char *)im->name.at,
        .module_len = im->module.len,
        .name_len = im->name.len,
        .kind = im->kind,
        .type = im->kind == WASM_FUNC ? &m->types[m->funcs[im->index].type] : NULL,
        .shared = limits && limits->shared,
        .min = limits ? limits->min : 0,
        .max = limits ? limits->max : 0,
    };
}

const char *wasm_module_func_name(const struct wasm_module *m, uint32_t func, uint32_t *out_len)
{
    *out_len = 0;
    if (func >= m->nfuncs || !m->funcs[func].name.at)
        return "";
    *out_len = m->funcs[func].name.len;
    return (const char *)m->funcs[func].name.at;
}
