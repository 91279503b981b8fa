/* wasmdump FILE.wasm [--dis FUNC|all] [--ir FUNC|all] [--code FUNC|all] [--check] [--bench ROUNDS]
 *
 * Without options: a summary of the sections and the functions. --dis: instructions; --ir: what the
 * compiler's front half makes of them; --code: the machine code; --check: builds every function and
 * verifies its IR; --bench: how fast the module is validated, built and compiled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm/decode/error.h"
#include "wasm/decode/reader.h"
#include "wasm/jit/code.h"
#include "wasm/jit/driver.h"
#include "wasm/jit/ir.h"
#include "wasm/tools/linux_host.h"

enum { EXIT_BAD_MODULE = 1, EXIT_USAGE = 2 };
#define ARENA_LIMIT_BYTES (1ull << 30)

static void *source_alloc(void *arg, size_t bytes)
{
    (void)arg;
    return calloc(1, bytes);
}

static void source_free(void *arg, void *p, size_t bytes)
{
    (void)arg;
    (void)bytes;
    free(p);
}

static const struct arena_source source = {.alloc = source_alloc, .free = source_free};

static void say(const char *line)
{
    puts(line);
}

/* ---- summary ---- */

static void print_types(const wasm_valtype_t *types, uint32_t n)
{
    printf("(");
    for (uint32_t i = 0; i < n; i++)
        printf("%s%s", i ? ", " : "", wasm_valtype_text(types[i]).s);
    printf(")");
}

static void print_signature(const struct wasm_functype *t)
{
    print_types(t->params, t->nparams);
    printf(" -> ");
    print_types(t->results, t->nresults);
}

static void print_function(const struct wasm_module *m, uint32_t i)
{
    const struct wasm_func *f = &m->funcs[i];

    printf("func %u '%.*s' ", i, (int)f->name.len, (const char *)f->name.at);
    print_signature(&m->types[f->type]);
    if (f->imported)
        printf(", imported\n");
    else
        printf(", %u bytes at 0x%x, %u locals, %u blocks\n", f->body.len,
               (unsigned)(f->body.at - m->bytes), f->nlocals, f->nblocks);
}

static void print_type(const struct wasm_module *m, uint32_t i)
{
    const struct wasm_subtype *sub = &m->subtypes[i];

    printf("type %u: ", i);
    if (sub->ngroup > 1)
        printf("(%u of %u) ", i - sub->group, sub->ngroup);
    if (!sub->final)
        printf("open ");
    if (sub->super != WASM_NO_SUPER)
        printf("sub %u ", sub->super);
    print_signature(&m->types[i]);
    printf("\n");
}

static void print_summary(const struct wasm_module *m)
{
    static const char *const kinds[] = {"func", "table", "memory", "global", "tag"};

    printf("%u bytes; %u types, %u imports, %u functions, %u tables, %u memories, %u globals, %u "
           "exports, "
           "%u element and %u data segments\n",
           m->len_bytes, m->ntypes, m->nimports, m->nfuncs, m->ntables, m->nmemories, m->nglobals,
           m->nexports, m->nelems, m->ndatas);
    for (uint32_t i = 0; i < m->ntypes; i++)
        print_type(m, i);
    for (uint32_t i = 0; i < m->nimports; i++)
        printf("import %s %u '%.*s' '%.*s'\n", kinds[m->imports[i].kind], m->imports[i].index,
               (int)m->imports[i].module.len, (const char *)m->imports[i].module.at,
               (int)m->imports[i].name.len, (const char *)m->imports[i].name.at);
    for (uint32_t i = 0; i < m->nexports; i++)
        printf("export %s %u '%.*s'\n", kinds[m->exports[i].kind], m->exports[i].index,
               (int)m->exports[i].name.len, (const char *)m->exports[i].name.at);
    for (uint32_t i = 0; i < m->nmemories; i++)
        printf("memory %u: %llu pages\n", i, (unsigned long long)m->memories[i].limits.min);
    for (uint32_t i = 0; i < m->nglobals; i++)
        printf("global %u: %s%s\n", i, wasm_valtype_text(m->globals[i].type.type).s,
               m->globals[i].type.mutable_ ? ", mutable" : "");
    for (uint32_t i = 0; i < m->nfuncs; i++)
        print_function(m, i);
}

/* ---- instructions ---- */

static void print_labels(const struct wasm_insn *in, const uint8_t *end)
{
    struct wasm_reader r = {.p = in->bytes, .end = end};
    uint32_t depth;

    for (uint64_t i = 0; i <= in->a && wasm_read_u32(&r, &depth) == 0; i++)
        printf(" %u", depth);
}

static void print_immediate(const struct wasm_insn *in, const uint8_t *end)
{
    switch ((enum wasm_imm)wasm_op_info(in->op)->imm) {
    case WASM_IMM_NONE:
        break;
    case WASM_IMM_BLOCK:
        if (in->has_index)
            printf(" type %u", in->a);
        else if (in->type)
            printf(" %s", wasm_valtype_text(in->type).s);
        break;
    case WASM_IMM_LABELS:
        print_labels(in, end);
        break;
    case WASM_IMM_TYPE_TABLE:
        printf(" type %u table %u", in->a, in->b);
        break;
    case WASM_IMM_MEM:
    case WASM_IMM_MEM_LANE:
        printf(" offset %llu align %llu", (unsigned long long)in->value, 1ull << (in->b & 63));
        break;
    case WASM_IMM_I32:
        printf(" %d", (int)in->value);
        break;
    case WASM_IMM_I64:
        printf(" %lld", (long long)in->value);
        break;
    case WASM_IMM_F32:
    case WASM_IMM_F64:
        printf(" 0x%llx", (unsigned long long)in->value);
        break;
    case WASM_IMM_HEAP:
    case WASM_IMM_TYPES:
        printf(" %s", wasm_valtype_text(in->type).s);
        break;
    default:
        printf(" %u", in->a);
        break;
    }
}

static void disassemble(const struct wasm_module *m, uint32_t func)
{
    const struct wasm_func *f = &m->funcs[func];
    struct wasm_reader r = wasm_reader_init(m->bytes, f->body.at, f->body.len);
    struct wasm_insn in;
    wasm_valtype_t type;
    uint32_t ngroups, count;
    int depth = 1;

    print_function(m, func);
    if (f->imported || wasm_read_u32(&r, &ngroups))
        return;
    while (ngroups-- && !wasm_read_u32(&r, &count) && !wasm_read_valtype(&r, &type))
        printf("  locals %u %s\n", count, wasm_valtype_text(type).s);
    while (r.p < r.end && !wasm_read_insn(&r, &in)) {
        if (in.op == WASM_OP_end || in.op == WASM_OP_else)
            depth--;
        printf("  %6x %*s%s", in.offset, 2 * depth, "", wasm_op_info(in.op)->name);
        print_immediate(&in, r.end);
        printf("\n");
        if (in.op == WASM_OP_block || in.op == WASM_OP_loop || in.op == WASM_OP_if ||
            in.op == WASM_OP_else)
            depth++;
    }
}

/* ---- the compiler's front half ---- */

static int print_ir(struct wasm_module *m, uint32_t func)
{
    struct arena arena;
    struct ir_func f;
    int err;

    if (m->funcs[func].imported)
        return 0;
    arena_init(&arena, source, ARENA_LIMIT_BYTES);
    err = ir_build(m, func, &arena, &f);
    if (err)
        printf("func %u: %s\n", func, errno_name(-err));
    else
        ir_dump(&f, say);
    if (!err && !ir_verify(&f, say))
        err = -EINVAL;
    arena_fini(&arena);
    return err;
}

static int check_all(const struct wasm_module *m)
{
    struct arena arena;
    struct ir_func f;
    uint32_t bad = 0;

    arena_init(&arena, source, ARENA_LIMIT_BYTES);
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        int err;
        if (m->funcs[i].imported)
            continue;
        arena_reset(&arena);
        err = ir_build(m, i, &arena, &f);
        if (err && err != -ENOTSUP) {
            printf("func %u: %s\n", i, errno_name(-err));
            bad++;
        } else if (!err && !ir_verify(&f, say)) {
            bad++;
        }
    }
    arena_fini(&arena);
    return bad ? -EINVAL : 0;
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The front half: as bytes of function bodies per second. */
static void bench_build(const struct wasm_module *m, unsigned rounds)
{
    struct arena arena;
    struct ir_func f;
    size_t bytes = 0, nodes = 0, blocks = 0, peak = 0, per_byte = 0;
    double best = 1e9;

    arena_init(&arena, source, ARENA_LIMIT_BYTES);
    for (unsigned round = 0; round < rounds; round++) {
        double start = seconds();
        bytes = nodes = blocks = 0;
        for (uint32_t i = 0; i < m->nfuncs; i++) {
            arena_reset(&arena);
            if (m->funcs[i].imported || ir_build(m, i, &arena, &f))
                continue;
            bytes += m->funcs[i].body.len;
            nodes += f.nnodes;
            blocks += f.nblocks;
            if (arena.used_bytes > peak) {
                peak = arena.used_bytes;
                per_byte = peak / m->funcs[i].body.len;
            }
        }
        if (seconds() - start < best)
            best = seconds() - start;
    }
    arena_fini(&arena);
    printf("build    %8.3f ms: %6.1f MB/s of %zu bytes; %zu nodes, %zu blocks, arena at most %zu "
           "bytes (%zu per byte)\n",
           best * 1e3, (double)bytes / best / 1e6, bytes, nodes, blocks, peak, per_byte);
}

/* Everything, from the module's bytes to machine code. */
static void bench_whole(const struct wasm_module *m, unsigned rounds)
{
    double best_create = 1e9, best_compile = 1e9;
    struct wasm_module *fresh;

    for (unsigned round = 0; round < rounds; round++) {
        double start = seconds(), middle;
        if (wasm_module_create(m->host, m->owner, m->bytes, m->len_bytes, &fresh, NULL))
            return;
        middle = seconds();
        if (wasm_module_compile_all(fresh))
            printf("not every function could be compiled\n");
        if (middle - start < best_create)
            best_create = middle - start;
        if (seconds() - middle < best_compile)
            best_compile = seconds() - middle;
        wasm_module_destroy(fresh);
    }
    printf("validate %8.3f ms: %6.1f MB/s of %u bytes\n", best_create * 1e3,
           m->len_bytes / best_create / 1e6, m->len_bytes);
    printf("compile  %8.3f ms: %6.1f MB/s\n", best_compile * 1e3,
           m->len_bytes / best_compile / 1e6);
}

/* ---- the command ---- */

/* Calls `each` for one function or all. */
static int for_functions(struct wasm_module *m, const char *which,
                         int (*each)(struct wasm_module *, uint32_t))
{
    int err = 0;

    if (strcmp(which, "all") != 0) {
        unsigned long func = strtoul(which, NULL, 0);
        return func < m->nfuncs ? each(m, (uint32_t)func) : -EINVAL;
    }
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        int e = each(m, i);
        err = err ? err : e;
    }
    return err;
}

static int print_disassembly(struct wasm_module *m, uint32_t func)
{
    disassemble(m, func);
    return 0;
}

static int print_code(struct wasm_module *m, uint32_t func)
{
    int err;

    if (m->funcs[func].imported)
        return 0;
    print_function(m, func);
    err = code_compile(m, func);
    if (err)
        printf("not compiled: %s\n", errno_name(-err));
    else
        code_dump(m, func, say);
    return err;
}

static int run(struct wasm_module *m, int argc, char **argv)
{
    int err = 0;

    if (argc < 3)
        print_summary(m);
    for (int i = 2; i < argc && !err; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--dis") == 0 && more) {
            err = for_functions(m, argv[++i], print_disassembly);
        } else if (strcmp(argv[i], "--ir") == 0 && more) {
            err = for_functions(m, argv[++i], print_ir);
        } else if (strcmp(argv[i], "--code") == 0 && more) {
            err = for_functions(m, argv[++i], print_code);
        } else if (strcmp(argv[i], "--check") == 0) {
            err = check_all(m);
        } else if (strcmp(argv[i], "--bench") == 0 && more) {
            bench_build(m, (unsigned)strtoul(argv[i + 1], NULL, 0));
            bench_whole(m, (unsigned)strtoul(argv[++i], NULL, 0));
        } else {
            fprintf(stderr, "wasmdump: what is '%s'?\n", argv[i]);
            return EXIT_USAGE;
        }
    }
    return err ? EXIT_BAD_MODULE : 0;
}

int main(int argc, char **argv)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    struct wasm_error err;
    size_t len;
    uint8_t *bytes;
    int status = EXIT_BAD_MODULE;

    if (argc < 2) {
        fprintf(stderr, "usage: wasmdump FILE.wasm [--dis FUNC|all] [--ir FUNC|all] "
                        "[--code FUNC|all] [--check] [--bench ROUNDS]\n");
        return EXIT_USAGE;
    }
    bytes = linux_read_file(argv[1], &len);
    if (!bytes)
        return EXIT_BAD_MODULE;
    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err)) {
        fprintf(stderr, "%s: %s\n", argv[1], err.what);
    } else {
        status = run(m, argc, argv);
        wasm_module_destroy(m);
    }
    free(bytes);
    return status;
}
