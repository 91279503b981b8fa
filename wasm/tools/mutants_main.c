/* mutants [--count N] [--seed S] FILE.wasm…: compiles each module, changes the machine code of one
 * function at a time, and asks the verifier. What it accepts must be harmless: it is run, in a
 * process of its own, and may compute anything and trap in any way, but neither fault at a place
 * that is not listed or an address that is no memory, table or stack, nor change anything of the
 * engine's. One line a module: mutants tried, accepted, run and harmful. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wasm/decode/reader.h"
#include "wasm/jit/guard.h"
#include "wasm/limits.h"
#include "wasm/rt/instance.h"
#include "wasm/tools/linux_host.h"
#include "wasm/verify/insn.h"

enum { STACK_BYTES = 256 << 10, CALL_MS = 20, CALLS_MAX = 24, VALUES_MAX = 16, INSNS_MAX = 4096 };
enum { CHILD_STUCK_MS = 3000, WINDOW = 24 };
/* How a child ends that found something. */
enum { END_FINE = 0, END_CONTEXT = 10, END_CODE = 11, END_ADDRESS = 12 };

struct bench {
    struct wasm_module *m;
    struct wasm_store *store;
    struct wasm_thread *thread;
    struct wasm_instance *instance;
    uint8_t *copy; /* of all code, in which the mutant is made */
    uint8_t *clean;
    uint64_t tried, accepted, harmful, stuck;
};

static struct bench bench; /* the signal handler looks at it */
static struct sigaction engine_handler;
static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 20) % n);
}

/* ---- what a child may touch ---- */

static bool within(uint64_t at, const void *base, uint64_t below, uint64_t bytes)
{
    return at - ((uint64_t)(uintptr_t)base - below) < below + bytes;
}

static bool is_guest_address(uint64_t at)
{
    const struct wasm_instance *i = bench.instance;
    const struct wasm_thread *t = bench.thread;

    for (uint32_t n = 0; n < i->module->nmemories; n++) {
        const struct ctx_memory *mem = instance_memory(i, n)->memory;
        if (within(at, mem->base, WASM_MEMORY_BELOW_BYTES, mem->limit + WASM_MEMORY_GUARD_BYTES))
            return true;
    }
    for (uint32_t n = 0; n < i->module->ntables; n++)
        if (within(at, instance_table(i, n)->entries, 0, WASM_TABLE_RESERVE_BYTES))
            return true;
    return within(at, t->stack_base, 0, t->stack_reserved_bytes);
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
    if (!is_guest_address((uint64_t)(uintptr_t)info->si_addr))
        _exit(END_ADDRESS);
    engine_handler.sa_sigaction(sig, info, context);
}

/* The context without what compiled code and calls change. */
static void fixed_part(const struct wasm_instance *i, uint8_t *out)
{
    const struct ctx_layout *l = &i->layout;
    struct wasm_ctx *ctx = (struct wasm_ctx *)out;

    memcpy(out, i->ctx, l->size_bytes);
    memset(out + l->globals, 0, l->imports - l->globals);
    ctx->thread = NULL;
    ctx->funcdescs = NULL;
    ctx->caught = ctx->caught_tag = 0;
    ctx->payload = NULL;
    ctx->scratch = 0;
}

/* ---- running ---- */

static bool is_callable(const struct wasm_functype *t)
{
    if (t->nparams > VALUES_MAX || t->nresults > VALUES_MAX)
        return false;
    for (uint32_t k = 0; k < t->nparams; k++)
        if (wasm_valtype_is_ref(t->params[k]))
            return false;
    return true;
}

/* Every export that takes numbers, with small and awkward ones. */
static void call_exports(void)
{
    static const uint64_t numbers[] = {0,    1,      2,       7,          16,
                                       0x80, 0xffff, 0x10000, UINT32_MAX, 0x7fffffff};
    const struct wasm_module *m = bench.m;
    unsigned calls = 0;

    for (uint32_t e = 0; e < m->nexports && calls < CALLS_MAX; e++) {
        union wasm_value args[VALUES_MAX], results[VALUES_MAX];
        if (m->exports[e].kind != WASM_FUNC)
            continue;
        uint32_t func = m->exports[e].index;
        const struct wasm_functype *type = wasm_instance_func_type(bench.instance, func);
        if (!is_callable(type))
            continue;
        for (uint32_t k = 0; k < type->nparams; k++) {
            memset(&args[k], 0, sizeof args[k]);
            args[k].i64 = numbers[random_below(ARRAY_LEN(numbers))];
            if (type->params[k] != WASM_I64)
                args[k].i64 = (uint32_t)args[k].i64;
        }
        linux_host_interrupt_after(CALL_MS, WASM_TRAP_TIME_LIMIT);
        (void)!wasm_call(bench.thread, bench.instance, func, args, results);
        linux_host_interrupt_after(0, WASM_TRAP_TIME_LIMIT);
        calls++;
    }
}

static void child(void)
{
    struct wasm_code *c = bench.m->code;
    size_t bytes = bench.instance->layout.size_bytes;
    uint8_t *before = calloc(1, bytes), *after = calloc(1, bytes);
    struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    struct itimerval stuck = {.it_value = {CHILD_STUCK_MS / 1000, 0}};
    uint32_t first = c->ndefined * CODE_SLOT_BYTES;

    sigaction(SIGSEGV, &sa, &engine_handler);
    signal(SIGVTALRM, SIG_DFL);
    setitimer(ITIMER_VIRTUAL, &stuck, NULL);
    fixed_part(bench.instance, before);
    call_exports();
    fixed_part(bench.instance, after);
    if (memcmp(before, after, bytes) != 0)
        _exit(END_CONTEXT);
    if (!c->lanes[CODE_LANE_CALLED].nbodies || memcmp(c->range.write, bench.clean, first) != 0)
        _exit(END_CODE);
    _exit(END_FINE);
}

/* Runs what is in bench.copy between two offsets instead of what was compiled. Recoveries patch
 * code, and are undone. */
static int run_mutant(uint32_t start, uint32_t len)
{
    struct wasm_code *c = bench.m->code;
    int status = 0;

    memcpy(c->range.write + start, bench.copy + start, len);
    pid_t pid = fork();
    if (pid == 0)
        child();
    waitpid(pid, &status, 0);
    memcpy(c->range.write, bench.clean, c->lanes[CODE_LANE_CALLED].pos);
    return status;
}

/* ---- making mutants ---- */

/* Where instructions begin, from the function's start as far as they follow each other. */
static uint32_t find_insns(const struct code_body *b, uint32_t *out)
{
    struct vinsn in;
    uint32_t n = 0, at = b->start, end = b->start + b->len_bytes;

    while (n < INSNS_MAX && at < end && vinsn_decode(bench.clean, at, end, &in)) {
        out[n++] = at;
        at += in.len;
    }
    return n;
}

static void mutate(const struct code_body *b, const uint32_t *insns, uint32_t n)
{
    struct vinsn in, other;
    uint32_t end = b->start + b->len_bytes, at = insns[random_below(n)], k;

    vinsn_decode(bench.clean, at, end, &in);
    switch (random_below(4)) {
    case 0: /* a bit */
        bench.copy[at + random_below(in.len)] ^= (uint8_t)(1 << random_below(8));
        break;
    case 1: /* a byte */
        bench.copy[at + random_below(in.len)] = (uint8_t)random_below(256);
        break;
    case 2: /* without the instruction */
        memset(bench.copy + at, 0x90, in.len);
        break;
    default: /* another instruction of this length in its place */
        for (unsigned i = 0; i < WINDOW; i++) {
            k = insns[random_below(n)];
            vinsn_decode(bench.clean, k, end, &other);
            if (other.len == in.len && memcmp(bench.clean + k, bench.clean + at, in.len) != 0) {
                memcpy(bench.copy + at, bench.clean + k, in.len);
                break;
            }
        }
        break;
    }
}

static void describe(const struct code_body *b, int status)
{
    printf("HARMFUL: function %u, status %x:", b->func, status);
    for (uint32_t i = b->start; i < b->start + b->len_bytes; i++)
        if (bench.copy[i] != bench.clean[i])
            printf(" %u: %02x -> %02x", i - b->start, bench.clean[i], bench.copy[i]);
    printf("\n");
}

static void try_mutant(const struct code_body *b, const uint32_t *insns, uint32_t n)
{
    mutate(b, insns, n);
    if (memcmp(bench.copy + b->start, bench.clean + b->start, b->len_bytes) != 0) {
        bench.tried++;
        struct code_lane *l = &bench.m->code->lanes[CODE_LANE_CALLED];
        arena_reset(&l->arena);
        l->arena.limit_bytes = SIZE_MAX;
        if (!guard_check(l, bench.copy, b)) {
            int status = run_mutant(b->start, b->len_bytes);
            bench.accepted++;
            bool stuck = WIFSIGNALED(status) && WTERMSIG(status) == SIGVTALRM;
            bench.stuck += stuck;
            if (status && !stuck) {
                bench.harmful++;
                describe(b, status);
            }
        }
    }
    memcpy(bench.copy + b->start, bench.clean + b->start, b->len_bytes);
}

static void try_module(const char *path, uint64_t count)
{
    static uint32_t insns[INSNS_MAX];
    struct wasm_code *c = bench.m->code;
    const struct code_lane *l = &c->lanes[CODE_LANE_CALLED];

    bench.copy = malloc(l->pos);
    bench.clean = malloc(l->pos);
    memcpy(bench.copy, c->range.write, l->pos);
    memcpy(bench.clean, c->range.write, l->pos);
    for (uint64_t k = 0; k < count && l->nbodies; k++) {
        const struct code_body *b = code__body(l, random_below(l->nbodies));
        uint32_t n = find_insns(b, insns);
        if (n)
            try_mutant(b, insns, n);
    }
    printf("%s: %llu tried, %llu accepted and run, %llu stuck, %llu harmful\n", path,
           (unsigned long long)bench.tried, (unsigned long long)bench.accepted,
           (unsigned long long)bench.stuck, (unsigned long long)bench.harmful);
    fflush(stdout);
    free(bench.copy);
    free(bench.clean);
}

/* ---- modules ---- */

/* Does the function compute with references, which the verifier trusts? */
static bool has_references(const struct wasm_module *m, const struct wasm_func *f)
{
    struct wasm_reader r = wasm_reader_init(m->bytes, f->body.at, f->body.len);
    struct wasm_insn in;
    uint32_t groups, n;
    uint8_t type;

    if (wasm_read_u32(&r, &groups))
        return true;
    while (groups-- > 0)
        if (wasm_read_u32(&r, &n) || wasm_read_byte(&r, &type) || type < WASM_V128)
            return true;
    while (r.p < r.end && !wasm_read_insn(&r, &in))
        switch (in.op) {
        case WASM_OP_call_ref:
        case WASM_OP_return_call_ref:
        case WASM_OP_table_get:
        case WASM_OP_table_set:
        case WASM_OP_table_grow:
        case WASM_OP_table_fill:
        case WASM_OP_ref_func:
            return true;
        default:
            break;
        }
    return false;
}

static bool trusts_references(const struct wasm_module *m)
{
    for (uint32_t f = 0; f < m->nfuncs; f++)
        if (!m->funcs[f].imported && has_references(m, &m->funcs[f]))
            return true;
    return m->ntags > 0;
}

static int64_t nothing(void)
{
    return 0;
}

static int resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    const struct wasm_functype *t = import->type;
    if (import->kind != WASM_FUNC || t->nresults > 1 ||
        (t->nresults && t->results[0] != WASM_I32 && t->results[0] != WASM_I64))
        return -ENOENT;
    *out = (struct wasm_extern){
        .kind = WASM_FUNC, .host_func = (void (*)(void))nothing, .host_type = t};
    return 0;
}

/* How many were harmful; modules that do not stand alone are passed over, and so are those whose
 * references a mutant may forge. */
static uint64_t run(const char *path, const uint8_t *bytes, size_t len, uint64_t count)
{
    struct linux_owner owner = {0};
    struct wasm_error err;

    bench = (struct bench){0};
    if (wasm_module_create(&linux_host, &owner, bytes, len, &bench.m, &err))
        return 0;
    if (bench.m->code && !trusts_references(bench.m) && !wasm_module_compile_all(bench.m) &&
        !wasm_store_create(&linux_host, &owner, &bench.store)) {
        if (!wasm_thread_create(bench.store, STACK_BYTES, &bench.thread)) {
            linux_host_set_thread(bench.thread);
            linux_host_catch_faults();
            if (!wasm_instance_create(bench.store, bench.m, resolve, NULL, NULL, &bench.instance,
                                      &err))
                try_module(path, count);
            linux_host_set_thread(NULL);
        }
        wasm_store_destroy(bench.store);
    }
    wasm_module_destroy(bench.m);
    return bench.harmful;
}

int main(int argc, char **argv)
{
    uint64_t count = 1000, harmful = 0;
    int first = 1;

    random_state = 1;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        uint64_t n = strtoull(argv[first + 1], NULL, 0);
        if (!strcmp(argv[first], "--count"))
            count = n;
        else if (!strcmp(argv[first], "--seed") && n)
            random_state = n * 0x9e3779b97f4a7c15;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: mutants [--count N] [--seed S] FILE.wasm...\n");
        return 2;
    }
    for (int i = first; i < argc; i++) {
        size_t len;
        uint8_t *bytes = linux_read_file(argv[i], &len);
        if (bytes)
            harmful += run(argv[i], bytes, len, count);
        free(bytes);
    }
    return harmful != 0;
}
