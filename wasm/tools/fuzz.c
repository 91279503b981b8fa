/* Mutates modules and sends them through decoder, validator, IR builder with its verifier, and
 * compiler; with
 * --run also runs what comes out. Meant for a build with sanitizers.
 *
 *     fuzz [--seed S] [--first K] [--count N] [--only K] [--run] FILE-OR-FOLDER…
 *
 * Deterministic: module K of seed S is always the same, whatever came before. A finding (sanitizer
 * report, failed assertion, leak, unsound IR, or a module that takes seconds) writes the module to
 * ./crash-S-K.wasm and ends with a status other than 0. The last line is "N modules, N accepted".
 */
#define _GNU_SOURCE
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm/jit/ir.h"
#include "wasm/module.h"
#include "wasm/tools/linux_host.h"
#include "wasm/tools/mutate.h"

enum {
    SEEDS_MAX = 20000,
    SEED_BYTES_MAX = 1024 * 1024,
    MUTATIONS_MAX = 6,
    SLOW_SECONDS = 10,
    RUN_MS = 20,
    RUN_EXPORTS_MAX = 16,
    STACK_BYTES = 256 * 1024,
    OPEN_FOLDERS_MAX = 16,
};

/* What one module may take; a compiler that needs more than this for a small module is a finding.
 */
#define MEMORY_LIMIT_BYTES (512ull * 1024 * 1024)

static struct {
    uint8_t *bytes;
    uint32_t len;
} seeds[SEEDS_MAX];
static uint32_t nseeds;

static uint64_t seed, number;
static struct mutant mutant;
static bool running;

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* Called by whatever ends the program because of a finding. */
static void save_finding(void)
{
    char name[64];
    FILE *f;

    snprintf(name, sizeof name, "crash-%llu-%llu.wasm", (unsigned long long)seed,
             (unsigned long long)number);
    f = fopen(name, "wb");
    if (f) {
        fwrite(mutant.bytes, 1, mutant.len, f);
        fclose(f);
    }
    fprintf(stderr, "finding: --seed %llu --only %llu, module in %s\n", (unsigned long long)seed,
            (unsigned long long)number, name);
}

static void on_abort(int sig)
{
    signal(sig, SIG_DFL);
    save_finding();
    raise(sig);
}

static void finding(const char *what)
{
    fprintf(stderr, "finding: %s\n", what);
    abort();
}

/* ---- seeds ---- */

static int add_file(const char *path, const struct stat *st, int kind, struct FTW *walk UNUSED)
{
    size_t n = strlen(path), len;

    if (kind != FTW_F || n < 5 || strcmp(path + n - 5, ".wasm") || nseeds == SEEDS_MAX ||
        st->st_size > SEED_BYTES_MAX)
        return 0;
    seeds[nseeds].bytes = linux_read_file(path, &len);
    if (!seeds[nseeds].bytes)
        return 0;
    seeds[nseeds++].len = (uint32_t)len;
    return 0;
}

/* Only what is accepted as it stands makes good seeds. */
static bool is_accepted(const uint8_t *bytes, uint32_t len)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    struct wasm_error err;

    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err))
        return false;
    wasm_module_destroy(m);
    return true;
}

static void drop_refused_seeds(void)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < nseeds; i++) {
        if (is_accepted(seeds[i].bytes, seeds[i].len))
            seeds[kept++] = seeds[i];
        else
            free(seeds[i].bytes);
    }
    nseeds = kept;
}

/* The same order on every machine. */
static int compare_seeds(const void *a, const void *b)
{
    const uint32_t la = ((const __typeof__(seeds[0]) *)a)->len,
                   lb = ((const __typeof__(seeds[0]) *)b)->len;

    if (la != lb)
        return la < lb ? -1 : 1;
    return memcmp(((const __typeof__(seeds[0]) *)a)->bytes,
                  ((const __typeof__(seeds[0]) *)b)->bytes, la);
}

/* ---- one module ---- */

static void say(const char *line)
{
    fprintf(stderr, "%s\n", line);
}

static void *arena_source_alloc(void *arg, size_t bytes)
{
    return linux_host.alloc(arg, bytes);
}

static void arena_source_free(void *arg, void *p, size_t bytes)
{
    linux_host.free(arg, p, bytes);
}

/* Without failures injected: the verifier takes memory too, and says no when there is none. */
static void verify_ir(const struct wasm_module *m)
{
    struct linux_owner owner = {.limit_bytes = MEMORY_LIMIT_BYTES};
    struct arena arena;

    arena_init(&arena, (struct arena_source){arena_source_alloc, arena_source_free, &owner},
               MEMORY_LIMIT_BYTES / 2);
    for (uint32_t f = m->nimported_funcs; f < m->nfuncs; f++) {
        struct ir_func ir;
        memset(&ir, 0, sizeof ir);
        if (!ir_build(m, f, &arena, &ir) && !ir_verify(&ir, say))
            finding("unsound IR");
        arena_reset(&arena);
    }
    arena_fini(&arena);
    if (!linux_owner_clean(&owner))
        finding("memory leaked");
}

/* Any import is a function that ends the program: it fits every signature. */
static void stop(struct wasm_instance *i)
{
    wasm_exit(i, 0);
}

static int resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    if (import->kind != WASM_FUNC)
        return -ENOENT;
    *out = (struct wasm_extern){
        .kind = WASM_FUNC, .host_func = (void (*)(void))stop, .host_type = import->type};
    return 0;
}

/* References are null: only the store gives out others. false: the type has no null. */
static bool make_arguments(const struct wasm_functype *type, union wasm_value *args)
{
    for (uint32_t n = 0; n < type->nparams; n++) {
        if (!wasm_valtype_has_default(type->params[n]))
            return false;
        if (!wasm_valtype_is_ref(type->params[n]))
            args[n].i32 = n + 1;
    }
    return true;
}

static void call(struct wasm_thread *t, struct wasm_instance *i, uint32_t func)
{
    const struct wasm_functype *type = wasm_instance_func_type(i, func);
    union wasm_value args[16], results[16];

    if (type->nparams > ARRAY_LEN(args) || type->nresults > ARRAY_LEN(results))
        return;
    memset(args, 0, sizeof args);
    if (!make_arguments(type, args))
        return;
    linux_host_interrupt_after(RUN_MS, WASM_TRAP_TIME_LIMIT);
    if (wasm_call(t, i, func, args, results) == 0 && type->nresults)
        (void)results[0].i32;
    linux_host_interrupt_after(0, WASM_TRAP_TIME_LIMIT);
}

static void run_module(struct wasm_module *m, struct linux_owner *o)
{
    struct wasm_store *store;
    struct wasm_instance *i;
    struct wasm_thread *t;
    struct wasm_error err;

    if (wasm_store_create(&linux_host, o, &store))
        return;
    if (!wasm_thread_create(store, STACK_BYTES, &t) &&
        !wasm_instance_create(store, m, resolve, NULL, NULL, &i, &err)) {
        uint32_t n = 0;
        linux_host_set_thread(t);
        if (wasm_instance_start(i) >= 0)
            call(t, i, (uint32_t)wasm_instance_start(i));
        for (uint32_t e = 0; e < m->nexports && n < RUN_EXPORTS_MAX; e++)
            if (m->exports[e].kind == WASM_FUNC) {
                call(t, i, m->exports[e].index);
                n++;
            }
        linux_host_set_thread(NULL);
    }
    wasm_store_destroy(store);
}

/* Decoded, validated, compiled? Whatever happens, nothing may be left behind. */
static bool try_module(struct prng *r)
{
    struct linux_owner owner = {.limit_bytes = MEMORY_LIMIT_BYTES};
    struct wasm_module *m;
    struct wasm_error err;
    clock_t start = clock();
    int e;

    if (!prng_below(r, 16))
        owner.fail_after = 1 + prng_below(r, 200);
    e = wasm_module_create(&linux_host, &owner, mutant.bytes, mutant.len, &m, &err);
    if (e && !err.what[0])
        finding("refused without a reason");
    if (!e) {
        verify_ir(m);
        (void)!wasm_module_compile_all(m);
        if (running)
            run_module(m, &owner);
        wasm_module_destroy(m);
    }
    if (!linux_owner_clean(&owner))
        finding("memory leaked");
    if (clock() - start > SLOW_SECONDS * CLOCKS_PER_SEC)
        finding("too slow");
    return !e;
}

static bool fuzz_one(void)
{
    struct prng r;
    uint32_t a, b;

    prng_seed(&r, seed, number);
    a = prng_below(&r, nseeds);
    b = prng_below(&r, nseeds);
    memcpy(mutant.bytes, seeds[a].bytes, seeds[a].len);
    mutant.len = seeds[a].len;
    for (uint32_t n = 1 + prng_below(&r, 1 + prng_below(&r, MUTATIONS_MAX)); n-- > 0;)
        mutate(&mutant, seeds[b].bytes, seeds[b].len, &r);
    return try_module(&r);
}

int main(int argc, char **argv)
{
    uint64_t count = 10000, first = 0, accepted = 0;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--run"))
            running = true;
        else if (!strcmp(argv[i], "--seed") && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--count") && i + 1 < argc)
            count = strtoull(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--only") && i + 1 < argc)
            first = strtoull(argv[++i], NULL, 0), count = 1;
        else if (!strcmp(argv[i], "--first") && i + 1 < argc)
            first = strtoull(argv[++i], NULL, 0);
        else
            nftw(argv[i], add_file, OPEN_FOLDERS_MAX, FTW_PHYS);
    }
    drop_refused_seeds();
    if (!nseeds) {
        fprintf(stderr, "usage: fuzz [--seed S] [--first K] [--count N] [--only K] [--run] "
                        "FILE-OR-FOLDER...\n");
        return 2;
    }
    qsort(seeds, nseeds, sizeof seeds[0], compare_seeds);
    mutant.bytes = malloc(MUTANT_BYTES_MAX);
    if (!mutant.bytes)
        return 2;
    signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(save_finding);
    linux_host_catch_faults();
    for (number = first; number < first + count; number++)
        accepted += fuzz_one();
    for (uint32_t i = 0; i < nseeds; i++)
        free(seeds[i].bytes);
    free(mutant.bytes);
    printf("%llu modules, %llu accepted\n", (unsigned long long)count,
           (unsigned long long)accepted);
    return 0;
}
