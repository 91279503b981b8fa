/* The import tables, from abi/. A row whose C function does not have the signature of its text does
 * not compile; types for the engine are made once from the texts. */
#include "base/string.h"
#include "kernel/sys/calls.h"
#include "kernel/sys/sys.h"
#include "kernel/sys/wasi.h"

/* ---- does the C function match? Every shape of function in use, and its text ---- */

#define P struct wasm_instance *
#define SIGNATURE(fn)                                                                              \
    _Generic(&(fn),                                                                                \
        int32_t (*)(P): ":i",                                                                      \
        void (*)(P, u32): "i:",                                                                    \
        int32_t (*)(P, u32): "i:i",                                                                \
        int32_t (*)(P, u32, u32): "ii:i",                                                          \
        int32_t (*)(P, u32, u64): "iI:i",                                                          \
        int32_t (*)(P, u32, u64, u64): "iII:i",                                                    \
        int32_t (*)(P, u32, u64, u32): "iIi:i",                                                    \
        int32_t (*)(P, u32, u64, u64, u32): "iIIi:i",                                              \
        int32_t (*)(P, u32, u64, u32, u32): "iIii:i",                                              \
        int32_t (*)(P, u32, u32, u32): "iii:i",                                                    \
        void (*)(P, u32, u32, u32, u32): "iiii:",                                                  \
        int32_t (*)(P, u32, u32, u32, u32): "iiii:i",                                              \
        int32_t (*)(P, u32, u32, u32, u64, u32): "iiiIi:i",                                        \
        int32_t (*)(P, u32, u32, u32, u32, u32): "iiiii:i",                                        \
        int32_t (*)(P, u32, u32, u32, u32, u32, u32): "iiiiii:i",                                  \
        int32_t (*)(P, u32, u32, u32, u32, u64, u64, u32): "iiiiIIi:i",                            \
        int32_t (*)(P, u32, u32, u32, u32, u32, u32, u32): "iiiiiii:i",                            \
        int32_t (*)(P, u32, u32, u32, u32, u32, u64, u64, u32, u32): "iiiiiIIii:i",                \
        int32_t (*)(P, u32, u32, u32, u32, u32, u32, u32, u32, u32, u64, u32): "iiiiiiiiiIi:i")

#define WASI(id, text, doc)                                                                        \
    _Static_assert(!__builtin_strcmp(SIGNATURE(wasi_##id), text), "wasi." #id);
#include "abi/wasi.def"
#undef WASI
#define ENV(id, text, doc) _Static_assert(!__builtin_strcmp(SIGNATURE(env_##id), text), "env." #id);
#include "abi/env.def"
#undef ENV
#define WASMOS(id, text, doc)                                                                      \
    _Static_assert(!__builtin_strcmp(SIGNATURE(wasmos_##id), text), "wasmos." #id);
#include "abi/wasmos.def"
#undef WASMOS
#define THREADS(id, name, text, doc)                                                               \
    _Static_assert(!__builtin_strcmp(SIGNATURE(threads_##id), text), "wasi." name);
#include "abi/threads.def"
#undef THREADS

/* ---- the tables ---- */

enum { CALL_PARAMS_MAX = 11 };

struct call {
    const char *name, *signature;
    void (*fn)(void);
};

static const struct call wasi_calls[] = {
#define WASI(id, text, doc) {#id, text, (void (*)(void))wasi_##id},
#include "abi/wasi.def"
#undef WASI
};
static const struct call env_calls[] = {
#define ENV(id, text, doc) {#id, text, (void (*)(void))env_##id},
#include "abi/env.def"
#undef ENV
};
static const struct call wasmos_calls[] = {
#define WASMOS(id, text, doc) {#id, text, (void (*)(void))wasmos_##id},
#include "abi/wasmos.def"
#undef WASMOS
};
static const struct call thread_calls[] = {
#define THREADS(id, name, text, doc) {name, text, (void (*)(void))threads_##id},
#include "abi/threads.def"
#undef THREADS
};
_Static_assert(ARRAY_LEN(wasi_calls) == 46, "wasi_snapshot_preview1 has 46 calls");
_Static_assert(ARRAY_LEN(env_calls) == 16, "SEED: 16 calls");

static const struct import_module {
    const char *name;
    const struct call *calls;
    size_t ncalls;
} import_modules[] = {
    {"wasi_snapshot_preview1", wasi_calls, ARRAY_LEN(wasi_calls)},
    {"wasmos", wasmos_calls, ARRAY_LEN(wasmos_calls)},
    {"env", env_calls, ARRAY_LEN(env_calls)},
    {"wasi", thread_calls, ARRAY_LEN(thread_calls)},
};

/* ---- types for the engine ---- */

/* A text as the engine's type; one per distinct text, made when a call with it is first resolved.
 */
struct shape {
    const char *text;
    struct wasm_functype type;
    wasm_valtype_t params[CALL_PARAMS_MAX], result;
};

enum { SHAPES_MAX = 32 };

static struct {
    struct spinlock lock;
    unsigned count;
    struct shape at[SHAPES_MAX]; /* entries below count never change */
} shapes;

static wasm_valtype_t type_of_letter(char c)
{
    assert(c == 'i' || c == 'I');
    return c == 'i' ? WASM_I32 : WASM_I64;
}

static void shape_fill(struct shape *s, const char *text)
{
    const char *p = text;
    uint32_t n = 0;
    for (; *p != ':'; p++) {
        assert(n < CALL_PARAMS_MAX);
        s->params[n++] = type_of_letter(*p);
    }
    p++;
    assert(!p[0] || !p[1]);
    if (*p)
        s->result = type_of_letter(*p);
    s->text = text;
    s->type = (struct wasm_functype){n, *p != 0, s->params, &s->result};
}

static const struct wasm_functype *shape_type(const char *text)
{
    arch_irq_t irq = spin_lock(&shapes.lock);
    unsigned n = 0;
    while (n < shapes.count && strcmp(shapes.at[n].text, text))
        n++;
    if (n == shapes.count) {
        assert(n < SHAPES_MAX);
        shape_fill(&shapes.at[n], text);
        shapes.count++;
    }
    spin_unlock(&shapes.lock, irq);
    return &shapes.at[n].type;
}

static bool equal(const char *bytes, uint32_t len, const char *text)
{
    return strlen(text) == len && !memcmp(bytes, text, len);
}

static int find_call(const struct import_module *m, const struct wasm_import_desc *d,
                     struct wasm_extern *out)
{
    for (size_t n = 0; n < m->ncalls; n++) {
        const struct call *c = &m->calls[n];
        if (!equal(d->name, d->name_len, c->name))
            continue;
        *out = (struct wasm_extern){
            .kind = WASM_FUNC, .host_func = c->fn, .host_type = shape_type(c->signature)};
        return 0;
    }
    return -ENOENT;
}

int sys_resolve(const struct wasm_import_desc *d, struct wasm_extern *out)
{
    if (d->kind != WASM_FUNC)
        return -ENOENT;
    for (size_t n = 0; n < ARRAY_LEN(import_modules); n++)
        if (equal(d->module, d->module_len, import_modules[n].name))
            return find_call(&import_modules[n], d, out);
    return -ENOENT;
}
