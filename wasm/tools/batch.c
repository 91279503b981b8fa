/* Runs many modules and says what each did, for comparison with other engines (tests/fuzz/).
 *
 *     batch [--jit OPTION,…] [--first K] [--count N] [--all] PACK
 *
 * A pack is the modules one after the other, each behind its length (4 bytes, little endian); an
 * empty one is a number without a module. Per module one line: its number, a tab, and what could be
 * seen, in words with blanks between them:
 *
 *     f3 i32:2a i64:0      function export 3 was called and returned these bits ("nan" for any NaN)
 *     f3 !unreachable      … and trapped; "x": instantiation, start function included
 *     g2 f64:0             global export 2 at the end; "m1 3 9f3b2c01": pages and CRC of a memory
 *     ?stack               from here on nothing can be compared, and why
 *
 * The number is written before the module runs, so that a crash names it. The runners for V8 and
 * wasmtime print the same words. --all compiles every function, not only those that run. */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wasm/module.h"
#include "wasm/tools/jit_options.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 8 * 1024 * 1024, VALUES_MAX = 64, CALL_MS = 2000, ROUNDS = 2 };
#define MEMORY_LIMIT_BYTES (1024ull * 1024 * 1024)

static struct jit_options jit_options;
static bool compile_all;

/* ---- what is printed ---- */

/* What engines agree on: some have one word for several of ours. */
static const char *const trap_words[WASM_TRAP_COUNT] = {
    [WASM_TRAP_UNREACHABLE] = "!unreachable",
    [WASM_TRAP_MEMORY_BOUNDS] = "!memory",
    [WASM_TRAP_TABLE_BOUNDS] = "!table",
    [WASM_TRAP_UNDEFINED_ELEMENT] = "!table",
    [WASM_TRAP_UNINITIALIZED_ELEMENT] = "!signature",
    [WASM_TRAP_INDIRECT_TYPE] = "!signature",
    [WASM_TRAP_DIVIDE_BY_ZERO] = "!zero",
    [WASM_TRAP_INTEGER_OVERFLOW] = "!range",
    [WASM_TRAP_INVALID_CONVERSION] = "!range",
    [WASM_TRAP_NULL_REFERENCE] = "!null",
    [WASM_TRAP_UNCAUGHT_EXCEPTION] = "!exception",
    [WASM_TRAP_STACK_OVERFLOW] = "?stack",
    [WASM_TRAP_OUT_OF_MEMORY] = "?memory",
    [WASM_TRAP_TIME_LIMIT] = "?time",
    [WASM_TRAP_UNSUPPORTED] = "?unsupported",
};

static void print_trap(enum wasm_trap kind)
{
    printf(" %s", trap_words[kind] ? trap_words[kind] : "!other");
}

static void print_value(wasm_valtype_t type, const union wasm_value *v)
{
    switch (type) {
    case WASM_I32:
        printf(" i32:%" PRIx32, v->i32);
        break;
    case WASM_I64:
        printf(" i64:%" PRIx64, v->i64);
        break;
    case WASM_F32:
        if ((v->f32_bits & 0x7fffffff) > 0x7f800000)
            printf(" f32:nan");
        else
            printf(" f32:%" PRIx32, v->f32_bits);
        break;
    case WASM_F64:
        if ((v->f64_bits & INT64_MAX) > 0x7ff0000000000000ull)
            printf(" f64:nan");
        else
            printf(" f64:%" PRIx64, v->f64_bits);
        break;
    case WASM_FUNCREF:
    case WASM_EXTERNREF:
        printf(v->ref ? " ref" : " null");
        break;
    default: /* vectors, too: other engines do not show it */
        printf(" hidden");
        break;
    }
}

static uint32_t crc_table[8][256];

static void crc_init(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
        crc_table[0][i] = c;
    }
    for (uint32_t i = 0; i < 256; i++)
        for (int k = 1; k < 8; k++)
            crc_table[k][i] = crc_table[k - 1][i] >> 8 ^ crc_table[0][crc_table[k - 1][i] & 0xff];
}

/* CRC-32 as zlib computes it, of whole pages, eight bytes at a time. */
static uint32_t crc_of(const uint8_t *p, uint64_t len)
{
    uint32_t crc = UINT32_MAX;

    for (uint64_t at = 0; at < len; at += 8) {
        uint64_t w;
        memcpy(&w, p + at, 8);
        w ^= crc;
        crc = 0;
        for (int k = 0; k < 8; k++)
            crc ^= crc_table[7 - k][w >> 8 * k & 0xff];
    }
    return ~crc;
}

/* ---- running ---- */

/* Arguments by position, the same in every runner. */
static union wasm_value argument(wasm_valtype_t type, uint32_t k)
{
    static const uint64_t ints[] = {0,  1,       UINT64_MAX, 0x7fffffff, 0xffffffff80000000,
                                    42, 0x10000, 255};
    static const uint64_t doubles[] = {0,
                                       0x3ff0000000000000,  /* 1 */
                                       0xbff8000000000000,  /* -1.5 */
                                       0x7ff8000000000000,  /* NaN */
                                       0x7ff0000000000000,  /* infinity */
                                       0x4202a05f20000000,  /* 1e10 */
                                       0x400c000000000000,  /* 3.5 */
                                       0x8000000000000000}; /* -0 */
    static const uint32_t floats[] = {0,          0x3f800000, 0xbfc00000, 0x7fc00000,
                                      0x7f800000, 0x501502f9, 0x40600000, 0x80000000};
    union wasm_value v = {.v128 = {0, 0}};

    if (type == WASM_I32)
        v.i32 = (uint32_t)ints[k % ARRAY_LEN(ints)];
    else if (type == WASM_I64)
        v.i64 = ints[k % ARRAY_LEN(ints)];
    else if (type == WASM_F32)
        v.f32_bits = floats[k % ARRAY_LEN(floats)];
    else if (type == WASM_F64)
        v.f64_bits = doubles[k % ARRAY_LEN(doubles)];
    return v;
}

/* Can every engine call it from outside? Numbers both ways, nullable references. */
static bool is_callable(const struct wasm_functype *t)
{
    if (t->nparams > VALUES_MAX || t->nresults > VALUES_MAX)
        return false;
    for (uint32_t k = 0; k < t->nparams + t->nresults; k++) {
        wasm_valtype_t v = k < t->nparams ? t->params[k] : t->results[k - t->nparams];
        if (v != WASM_I32 && v != WASM_I64 && v != WASM_F32 && v != WASM_F64 && v != WASM_FUNCREF &&
            v != WASM_EXTERNREF)
            return false;
    }
    return true;
}

static int limited_call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func,
                        const union wasm_value *args, union wasm_value *results)
{
    linux_host_interrupt_after(CALL_MS, WASM_TRAP_TIME_LIMIT);
    int r = wasm_call(t, i, func, args, results);
    linux_host_interrupt_after(0, WASM_TRAP_TIME_LIMIT);
    return r;
}

/* false: what follows cannot be compared any more. */
static bool call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func, uint32_t salt)
{
    const struct wasm_functype *type = wasm_instance_func_type(i, func);
    union wasm_value args[VALUES_MAX], results[VALUES_MAX];

    for (uint32_t k = 0; k < type->nparams; k++)
        args[k] = argument(type->params[k], salt + 3 * k);
    int r = limited_call(t, i, func, args, results);
    if (r == WASM_THROWN) {
        printf(" !exception");
        return true;
    }
    if (r == WASM_TRAPPED) {
        enum wasm_trap kind = wasm_thread_trap(t)->kind;
        print_trap(kind);
        return !trap_words[kind] || trap_words[kind][0] != '?';
    }
    for (uint32_t k = 0; k < type->nresults; k++)
        print_value(type->results[k], &results[k]);
    return true;
}

/* Imports of generated modules write logs: host functions that do nothing and return 0. */
static int64_t nothing(void)
{
    return 0;
}

static double nothing_float(void)
{
    return 0;
}

static int resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    if (import->kind != WASM_FUNC)
        return -ENOENT;
    const struct wasm_functype *type = import->type;
    bool floats = type->nresults && (type->results[0] == WASM_F32 || type->results[0] == WASM_F64);
    *out = (struct wasm_extern){.kind = WASM_FUNC,
                                .host_func = floats ? (void (*)(void))nothing_float
                                                    : (void (*)(void))nothing,
                                .host_type = type};
    return 0;
}

static void print_end(const struct wasm_module *m, struct wasm_instance *i)
{
    for (uint32_t e = 0; e < m->nexports; e++) {
        const struct wasm_export *x = &m->exports[e];
        union wasm_value v;
        if (x->kind == WASM_GLOBAL && !wasm_global_get(i, x->index, &v)) {
            printf(" g%u", e);
            print_value(m->globals[x->index].type.type, &v);
        } else if (x->kind == WASM_MEMORY) {
            uint64_t size = wasm_memory_size(i, x->index);
            printf(" m%u %" PRIu64 " %" PRIx32, e, size >> 16,
                   crc_of(wasm_memory_base(i, x->index), size));
        }
    }
}

/* Everything that can be called, twice, in the order of the exports. */
static void run_exports(const struct wasm_module *m, struct wasm_thread *t, struct wasm_instance *i)
{
    for (uint32_t round = 0; round < ROUNDS; round++)
        for (uint32_t e = 0; e < m->nexports; e++) {
            uint32_t func = m->exports[e].index;
            if (m->exports[e].kind != WASM_FUNC || !is_callable(wasm_instance_func_type(i, func)))
                continue;
            printf(" f%u", e);
            if (!call(t, i, func, e * 5 + round))
                return;
        }
    print_end(m, i);
}

static void run_module(struct wasm_module *m, struct wasm_store *s, struct wasm_thread *t)
{
    struct wasm_instance *i;
    struct wasm_error err;
    int r = wasm_instance_create(s, m, resolve, NULL, NULL, &i, &err);

    if (r == WASM_TRAPPED) {
        printf(" x");
        print_trap(wasm_store_trap(s)->kind);
        return;
    }
    if (r) {
        printf(r == -ENOMEM ? " ?memory" : " ?link");
        return;
    }
    int start = wasm_instance_start(i);
    r = start < 0 ? 0 : limited_call(t, i, (uint32_t)start, NULL, NULL);
    if (r == WASM_TRAPPED) {
        printf(" x");
        print_trap(wasm_thread_trap(t)->kind);
        return;
    }
    if (r == WASM_THROWN) {
        printf(" x !exception");
        return;
    }
    run_exports(m, t, i);
}

static void one(const uint8_t *bytes, uint32_t len)
{
    struct linux_owner owner = {.limit_bytes = MEMORY_LIMIT_BYTES};
    struct wasm_module *m;
    struct wasm_store *s;
    struct wasm_thread *t;
    struct wasm_error err;
    int r = wasm_module_create(&linux_host, &owner, bytes, len, &m, &err);

    if (r) {
        printf(r == -ENOTSUP  ? " ?unsupported"
               : r == -ENOMEM ? " ?memory"
                              : " ?invalid %s",
               err.what);
        return;
    }
    jit_options_apply(m, &jit_options);
    if (compile_all && wasm_module_compile_all(m))
        printf(" ?memory");
    if (wasm_store_create(&linux_host, &owner, &s) || wasm_thread_create(s, STACK_BYTES, &t))
        exit(2);
    linux_host_set_thread(t);
    run_module(m, s, t);
    linux_host_set_thread(NULL);
    wasm_store_destroy(s);
    wasm_module_destroy(m);
    if (!linux_owner_clean(&owner))
        printf(" !leak");
}

int main(int argc, char **argv)
{
    uint64_t first = 0, count = UINT64_MAX;
    const char *path = NULL;
    size_t len, at = 0;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--jit") && i + 1 < argc) {
            if (jit_options_parse(argv[++i], &jit_options))
                return 2;
        } else if (!strcmp(argv[i], "--first") && i + 1 < argc)
            first = strtoull(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--count") && i + 1 < argc)
            count = strtoull(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--all"))
            compile_all = true;
        else
            path = argv[i];
    }
    uint8_t *pack = path ? linux_read_file(path, &len) : NULL;
    if (!pack) {
        fprintf(stderr, "usage: batch [--jit OPTION,...] [--first K] [--count N] [--all] PACK\n");
        return 2;
    }
    crc_init();
    linux_host_catch_faults();
    for (uint64_t k = 0; at + 4 <= len && k < first + count; k++) {
        uint32_t n;
        memcpy(&n, pack + at, 4);
        if (n > len - at - 4)
            break;
        if (k >= first) {
            printf("%" PRIu64 "\t", k);
            fflush(stdout);
            if (n)
                one(pack + at + 4, n);
            printf("\n");
        }
        at += 4 + n;
    }
    free(pack);
    return 0;
}
