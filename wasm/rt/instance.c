/* Stores and instantiation (core spec 4.5.4). First everything that can fail for a reason known
 * beforehand: imports are matched, memory is allocated, code is made; then segments take effect, in
 * order. */
#include "wasm/rt/instance.h"

#include "base/string.h"
#include "wasm/decode/error.h"
#include "wasm/validate/subtype.h"

/* ---- stores ---- */

int wasm_store_create(const struct wasm_host *host, void *owner, struct wasm_store **out)
{
    struct wasm_store *s = host->alloc(owner, sizeof *s);
    int err;

    *out = NULL;
    if (!s)
        return -ENOMEM;
    s->host = host;
    s->owner = owner;
    err = code_store_create(host, owner, &s->code);
    if (err) {
        host->free(owner, s, sizeof *s);
        return err;
    }
    *out = s;
    return 0;
}

const struct wasm_trap_info *wasm_store_trap(const struct wasm_store *s)
{
    return &s->trap;
}

/* Sizes of an instance's arrays; never 0. */
static size_t bitmap_bytes(uint32_t bits)
{
    return BITMAP_WORDS(bits + 1) * sizeof(uint64_t);
}

static size_t imports_bytes(const struct wasm_module *m)
{
    return (m->nimported_funcs + 1) * sizeof(struct instance_func);
}

static size_t global_imports_bytes(const struct wasm_module *m)
{
    return (m->nimported_globals + 1) * sizeof(struct instance_global);
}

/* Frees an instance in whatever state of construction. */
static void instance_destroy(struct wasm_instance *i)
{
    struct wasm_store *s = i->store;
    const struct wasm_module *m = i->module;

    if (i->ctx) {
        for (uint32_t n = 0; n < m->nmemories; n++)
            if (instance_memory(i, n)->memory)
                memory_put(instance_memory(i, n)->memory);
        for (uint32_t n = 0; n < m->ntables; n++)
            if (instance_table(i, n)->table)
                table_put(s, instance_table(i, n)->table);
        store_free(s, i->ctx, i->layout.size_bytes);
    }
    store_free(s, i->imports, imports_bytes(m));
    store_free(s, i->global_imports, global_imports_bytes(m));
    store_free(s, i->dropped_elems, bitmap_bytes(m->nelems));
    store_free(s, i->dropped_datas, bitmap_bytes(m->ndatas));
    __atomic_fetch_sub(&i->module->ninstances, 1, __ATOMIC_RELEASE);
    store_free(s, i, sizeof *i);
}

void wasm_store_destroy(struct wasm_store *s)
{
    if (!s)
        return;
    while (s->threads)
        wasm_thread_destroy(s->threads);
    while (s->instances) {
        struct wasm_instance *i = s->instances;
        s->instances = i->next;
        instance_destroy(i);
    }
    exceptions_destroy(s);
    code_store_destroy(s->code);
    store_free(s, s->funcdescs, s->cap_funcdescs * sizeof *s->funcdescs);
    s->host->free(s->owner, s, sizeof *s);
}

/* ---- imports (4.5.4.1, matching 3.3.9) ---- */

struct import_ctx {
    struct wasm_instance *i;
    const struct wasm_import *import;
    struct wasm_extern *with;
    struct wasm_error *err;
};

static int import_fail(const struct import_ctx *c, int e, const char *what)
{
    char module[40], name[64];

    wasm_error_quote(&c->import->module, module, sizeof module);
    wasm_error_quote(&c->import->name, name, sizeof name);
    return wasm_error_set(c->err, e, (uint32_t)(c->import->module.at - c->i->module->bytes), 0,
                          "import '%s' '%s': %s", module, name, what);
}

/* `have`: of the thing as it is now. */
static bool limits_match(const struct wasm_limits *have, const struct wasm_limits *want)
{
    return have->min >= want->min && (!want->has_max || (have->has_max && have->max <= want->max));
}

/* The exporter must be an instance of this store, and the index one of its own. */
static int check_exporter(const struct import_ctx *c)
{
    const struct wasm_module *m;
    uint32_t n;

    if (c->with->kind != c->import->kind)
        return import_fail(c, -EINVAL, "incompatible import type: another kind of thing");
    if (c->with->kind == WASM_MEMORY && c->with->memory) {
        assert(c->with->memory->shared);
        return 0;
    }
    if (!c->with->instance) {
        assert(c->with->kind == WASM_FUNC && c->with->host_func && c->with->host_type);
        return 0;
    }
    assert(c->with->instance->store == c->i->store);
    m = c->with->instance->module;
    n = c->with->kind == WASM_FUNC     ? m->nfuncs
        : c->with->kind == WASM_TABLE  ? m->ntables
        : c->with->kind == WASM_MEMORY ? m->nmemories
        : c->with->kind == WASM_GLOBAL ? m->nglobals
                                       : m->ntags;
    assert(c->with->index < n);
    return 0;
}

static int import_func(const struct import_ctx *c)
{
    struct wasm_instance *i = c->i;
    const struct wasm_module *m = i->module;
    uint32_t func = c->import->index, type_index = m->funcs[func].type;
    const struct wasm_functype *type = &m->types[type_index];
    struct instance_func *f = &i->imports[func];

    if (c->with->instance) {
        *f = instance_func(c->with->instance, c->with->index);
        if (!wasm_type_is_sub(f->instance->module, f->instance->module->funcs[f->func].type,
                              m->type_ids[type_index]))
            return import_fail(c, -EINVAL, "incompatible import type: another signature");
        f->code = instance_func_code(i->store, f, type);
    } else {
        if (!types_equal(c->with->host_type, type))
            return import_fail(c, -EINVAL, "incompatible import type: another signature");
        *f = (struct instance_func){.instance = i, .func = func, .host_func = c->with->host_func};
        f->code = code_host_thunk(i->store->code, f->host_func, type, m->type_ids[type_index]);
    }
    if (!f->code)
        return -ENOMEM;
    *instance_import(i, func) = (struct ctx_import){f->code, f->code};
    if (!f->host_func)
        return 0;
    const void *direct =
        code_host_direct(i->store->code, f->host_func, type, m->type_ids[type_index]);
    instance_import(i, func)->direct = direct;
    return direct ? 0 : -ENOMEM;
}

static int import_table(const struct import_ctx *c)
{
    const struct wasm_tabletype *want = &c->i->module->tables[c->import->index].type;
    struct ctx_table *t = instance_table(c->with->instance, c->with->index)->table;
    const struct wasm_limits have = {.min = t->size, .max = t->max, .has_max = t->has_max};
    int e;

    if (!wasm_valtype_equal(t->definer->module, t->type, c->i->module, want->elem))
        return import_fail(c, -EINVAL, "incompatible import type: another type of references");
    if (t->is64 != want->limits.is64)
        return import_fail(c, -EINVAL, "incompatible import type: another address type");
    if (!limits_match(&have, &want->limits))
        return import_fail(c, -EINVAL, "incompatible import type: size or maximum does not fit");
    e = table_share(c->i->store, t);
    if (e)
        return e;
    t->refs++;
    *instance_table(c->i, c->import->index) = (struct ctx_table_ref){t->entries, t};
    return 0;
}

static struct ctx_memory_ref memory_ref(struct ctx_memory *mem)
{
    return (struct ctx_memory_ref){.base = mem->base, .memory = mem, .limit = mem->limit};
}

static int import_memory(const struct import_ctx *c)
{
    const struct wasm_limits *want = &c->i->module->memories[c->import->index].limits;
    struct ctx_memory *mem = c->with->memory
                                 ? c->with->memory
                                 : instance_memory(c->with->instance, c->with->index)->memory;
    const struct wasm_limits have = {.min = memory_size(mem) / WASM_PAGE_BYTES,
                                     .max = mem->max_pages,
                                     .has_max = mem->max_pages != UINT64_MAX};

    if (mem->shared != want->shared)
        return import_fail(c, -EINVAL, "incompatible import type: one is shared, one is not");
    if (mem->is64 != want->is64)
        return import_fail(c, -EINVAL, "incompatible import type: another address type");
    if (!limits_match(&have, want))
        return import_fail(c, -EINVAL, "incompatible import type: size or maximum does not fit");
    *instance_memory(c->i, c->import->index) = memory_ref(memory_get(mem));
    return 0;
}

static int import_global(const struct import_ctx *c)
{
    const struct wasm_module *m = c->i->module;
    const struct wasm_global *want = &m->globals[c->import->index];
    struct instance_global *origin = &c->i->global_imports[c->import->index];
    const struct wasm_global *have;
    bool matches;

    *origin = (struct instance_global){c->with->instance, c->with->index};
    if (c->with->index < c->with->instance->module->nimported_globals)
        *origin = c->with->instance->global_imports[c->with->index];
    have = &origin->instance->module->globals[origin->global];
    matches = wasm_valtype_matches(origin->instance->module, have->type.type, m, want->type.type);
    if (want->type.mutable_) /* written by both */
        matches = wasm_valtype_equal(origin->instance->module, have->type.type, m, want->type.type);
    if (!matches || have->type.mutable_ != want->type.mutable_)
        return import_fail(c, -EINVAL, "incompatible import type: another type or mutability");
    *(union wasm_value **)((char *)c->i->ctx + want->ctx_offset) =
        instance_global(c->with->instance, c->with->index);
    return 0;
}

static int import_tag(const struct import_ctx *c)
{
    const struct wasm_module *m = c->i->module, *from = c->with->instance->module;
    uint32_t want = m->type_ids[m->tags[c->import->index].type];

    if (from->type_ids[from->tags[c->with->index].type] != want)
        return import_fail(c, -EINVAL, "incompatible import type: another signature");
    *instance_tag(c->i, c->import->index) = *instance_tag(c->with->instance, c->with->index);
    return 0;
}

static int resolve_imports(struct wasm_instance *i, wasm_resolve_fn resolve, void *arg,
                           struct wasm_error *err)
{
    for (uint32_t n = 0; n < i->module->nimports; n++) {
        struct wasm_extern with = {0};
        struct wasm_import_desc desc;
        struct import_ctx c = {i, &i->module->imports[n], &with, err};
        int e;
        wasm_module_import(i->module, n, &desc);
        e = resolve ? resolve(arg, &desc, n, &with) : -ENOENT;
        if (e)
            return import_fail(&c, e, "unknown import");
        e = check_exporter(&c);
        if (e)
            return e;
        e = c.import->kind == WASM_FUNC     ? import_func(&c)
            : c.import->kind == WASM_TABLE  ? import_table(&c)
            : c.import->kind == WASM_MEMORY ? import_memory(&c)
            : c.import->kind == WASM_GLOBAL ? import_global(&c)
                                            : import_tag(&c);
        if (e)
            return e;
    }
    return 0;
}

/* ---- the instance's own things ---- */

static int allocate(struct wasm_instance *i)
{
    const struct wasm_module *m = i->module;
    struct wasm_store *s = i->store;

    ctx_layout(m, &i->layout);
    i->ctx = store_alloc(s, i->layout.size_bytes);
    i->imports = store_alloc(s, imports_bytes(m));
    i->global_imports = store_alloc(s, global_imports_bytes(m));
    i->dropped_elems = store_alloc(s, bitmap_bytes(m->nelems));
    i->dropped_datas = store_alloc(s, bitmap_bytes(m->ndatas));
    if (!i->ctx || !i->imports || !i->global_imports || !i->dropped_elems || !i->dropped_datas)
        return -ENOMEM;
    for (uint32_t n = m->nimported_tags; n < m->ntags; n++)
        *instance_tag(i, n) = ++s->ntags;
    i->ctx->instance = i;
    i->ctx->funcdescs = s->funcdescs;
    return 0;
}

static int create_memories_and_tables(struct wasm_instance *i)
{
    const struct wasm_module *m = i->module;
    int e = 0;

    for (uint32_t n = m->nimported_memories; n < m->nmemories && !e; n++) {
        struct ctx_memory *mem;
        e = memory_create(i->store->host, i->store->owner, &m->memories[n].limits, &mem);
        if (!e)
            *instance_memory(i, n) = memory_ref(mem);
    }
    for (uint32_t n = m->nimported_tables; n < m->ntables && !e; n++) {
        struct ctx_table_ref *ref = instance_table(i, n);
        e = table_create(i->store, i, &m->tables[n].type, &ref->table);
        ref->entries = ref->table ? ref->table->entries : NULL;
    }
    if (!e && m->nmemories) {
        i->ctx->mem0_base = instance_memory(i, 0)->base;
        i->ctx->mem0 = instance_memory(i, 0)->memory;
    }
    return e;
}

/* Values that the module itself gives: of its globals, and of tables with an initial value. */
static int initialise(struct wasm_instance *i)
{
    const struct wasm_module *m = i->module;

    for (uint32_t n = m->nimported_globals; n < m->nglobals; n++)
        *instance_global(i, n) = constexpr_eval(i, &m->globals[n].init);
    for (uint32_t n = m->nimported_tables; n < m->ntables; n++) {
        struct ctx_table *t = instance_table(i, n)->table;
        struct ctx_table_entry entry;
        int e;
        if (!m->tables[n].init.code.at)
            continue;
        e = table_entry(i->store, t, constexpr_eval(i, &m->tables[n].init).ref, &entry);
        if (e)
            return e;
        for (uint64_t k = 0; k < t->size && entry.ref; k++)
            t->entries[k] = entry;
    }
    return 0;
}

static int trapped(struct wasm_instance *i, enum wasm_trap kind, struct wasm_error *err)
{
    i->store->trap = (struct wasm_trap_info){.kind = kind};
    return wasm_error_set(err, WASM_TRAPPED, 0, 0, "%s while the module's segments were copied",
                          wasm_trap_message(kind));
}

/* Of an active segment into something with these limits. */
static uint64_t offset_of(const struct wasm_instance *i, const struct wasm_expr *e,
                          const struct wasm_limits *limits)
{
    union wasm_value v = constexpr_eval(i, e);

    return limits->is64 ? v.i64 : v.i32;
}

/* Active segments in order; the first that does not fit traps, and what earlier ones did stays. */
static int run_segments(struct wasm_instance *i, struct wasm_error *err)
{
    const struct wasm_module *m = i->module;

    for (uint32_t n = 0; n < m->nelems; n++) {
        const struct wasm_elem *s = &m->elems[n];
        int e = 0;
        if (s->mode == WASM_SEGMENT_PASSIVE)
            continue;
        if (s->mode == WASM_SEGMENT_ACTIVE)
            e = table_init(i, s->table, n,
                           offset_of(i, &s->offset, &m->tables[s->table].type.limits), 0, s->count);
        bitmap_set(i->dropped_elems, n);
        if (e)
            return e == WASM_TRAPPED ? trapped(i, WASM_TRAP_TABLE_BOUNDS, err) : e;
    }
    for (uint32_t n = 0; n < m->ndatas; n++) {
        const struct wasm_data *s = &m->datas[n];
        int e;
        if (s->mode != WASM_SEGMENT_ACTIVE)
            continue;
        e = memory_init(i, s->memory, n, offset_of(i, &s->offset, &m->memories[s->memory].limits),
                        0, s->bytes.len);
        bitmap_set(i->dropped_datas, n);
        if (e)
            return trapped(i, WASM_TRAP_MEMORY_BOUNDS, err);
    }
    return 0;
}

int wasm_instance_create(struct wasm_store *s, struct wasm_module *m, wasm_resolve_fn resolve,
                         void *resolve_arg, void *user, struct wasm_instance **out,
                         struct wasm_error *err)
{
    struct wasm_instance *i = store_alloc(s, sizeof *i);
    uint32_t funcrefs_before = s->nfuncdescs;
    int e;

    *out = NULL;
    if (err)
        *err = (struct wasm_error){.op = -1};
    if (!i)
        return wasm_error_set(err, -ENOMEM, 0, 0, "out of memory");
    i->store = s;
    i->module = m;
    i->user = user;
    __atomic_fetch_add(&m->ninstances, 1, __ATOMIC_RELAXED);
    e = allocate(i);
    e = e ? e : resolve_imports(i, resolve, resolve_arg, err);
    e = e ? e : create_memories_and_tables(i);
    e = e ? e : code_store_add(s->code, m);
    e = e ? e : funcrefs_create(i);
    e = e ? e : initialise(i);
    if (e) {
        funcrefs_undo(i, funcrefs_before);
        instance_destroy(i);
        return wasm_error_set(err, e, 0, 0, "out of memory");
    }
    i->next = s->instances; /* from here on others may refer to it: it stays */
    s->instances = i;
    e = run_segments(i, err);
    if (e)
        return wasm_error_set(err, e, 0, 0, "out of memory");
    *out = i;
    return 0;
}

/* ---- what an embedder may ask ---- */

void *wasm_instance_user(const struct wasm_instance *i)
{
    return i->user;
}

struct wasm_module *wasm_instance_module(const struct wasm_instance *i)
{
    return i->module;
}

int wasm_instance_export(const struct wasm_instance *i, const char *name, size_t name_len,
                         enum wasm_kind kind, uint32_t *out_index)
{
    const struct wasm_module *m = i->module;

    for (uint32_t n = 0; n < m->nexports; n++) {
        const struct wasm_export *ex = &m->exports[n];
        if (ex->name.len == name_len && !memcmp(ex->name.at, name, name_len)) {
            *out_index = ex->index;
            return ex->kind == kind ? 0 : -ENOENT;
        }
    }
    return -ENOENT;
}

int wasm_instance_start(const struct wasm_instance *i)
{
    return i->module->start >= 0 ? (int)i->module->start : -ENOENT;
}

const struct wasm_functype *wasm_instance_func_type(const struct wasm_instance *i, uint32_t func)
{
    assert(func < i->module->nfuncs);
    return &i->module->types[i->module->funcs[func].type];
}

uint8_t *wasm_memory_base(const struct wasm_instance *i, uint32_t index)
{
    return index < i->module->nmemories ? instance_memory(i, index)->base : NULL;
}

bool wasm_memory_is64(const struct wasm_instance *i, uint32_t index)
{
    return index < i->module->nmemories && instance_memory(i, index)->memory->is64;
}

uint64_t wasm_memory_size(const struct wasm_instance *i, uint32_t index)
{
    return index < i->module->nmemories ? memory_size(instance_memory(i, index)->memory) : 0;
}

void *wasm_memory_at(const struct wasm_instance *i, uint32_t index, uint64_t at, uint64_t n)
{
    if (index >= i->module->nmemories)
        return NULL;
    const struct ctx_memory *mem = instance_memory(i, index)->memory;
    return memory_has(mem, at, n) ? mem->base + at : NULL;
}

int64_t wasm_memory_grow(struct wasm_instance *i, uint32_t index, uint64_t pages)
{
    if (index >= i->module->nmemories)
        return -ENOMEM;
    return memory_grow(instance_memory(i, index)->memory, pages);
}

int wasm_global_get(const struct wasm_instance *i, uint32_t index, union wasm_value *out)
{
    if (index >= i->module->nglobals)
        return -ENOENT;
    *out = *instance_global(i, index);
    return 0;
}
