/* wasmdump FILE.wasm [OPTION…]
 *
 * Without options: the sections and what they define. For a function by number or name, or `all`:
 *   --dis FUNC     its instructions
 *   --ir FUNC      what the compiler's front half makes of it
 *   --passes FUNC  the IR after each pass
 *   --code FUNC    the machine code, as bytes below the nodes they come from
 * --check builds every function and verifies its IR. --bench ROUNDS times the validator, the front
 * half and the whole compiler; everything else is wasm/dump, which works inside WasmOS as well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm/dump/dump.h"
#include "wasm/jit/code_int.h"
#include "wasm/jit/driver.h"
#include "wasm/tools/linux_host.h"

static void say(const char *line)
{
    puts(line);
}

/* ---- how fast ---- */

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

    arena_init(&arena, (struct arena_source){m->host->alloc, m->host->free, m->owner}, SIZE_MAX);
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
    size_t peak = 0;
    struct wasm_module *fresh;

    for (unsigned round = 0; round < rounds; round++) {
        double start = seconds(), middle;
        if (wasm_module_create(m->host, m->owner, m->bytes, m->len_bytes, &fresh, NULL))
            return;
        middle = seconds();
        for (uint32_t i = fresh->nimported_funcs; i < fresh->nfuncs; i++) {
            if (code_compile(fresh, i))
                printf("function %u could not be compiled\n", i);
            if (fresh->code->lanes[CODE_LANE_CALLED].arena.used_bytes > peak)
                peak = fresh->code->lanes[CODE_LANE_CALLED].arena.used_bytes;
        }
        if (middle - start < best_create)
            best_create = middle - start;
        if (seconds() - middle < best_compile)
            best_compile = seconds() - middle;
        wasm_module_destroy(fresh);
    }
    printf("validate %8.3f ms: %6.1f MB/s of %u bytes\n", best_create * 1e3,
           m->len_bytes / best_create / 1e6, m->len_bytes);
    printf("compile  %8.3f ms: %6.1f MB/s, memory at most %zu bytes\n", best_compile * 1e3,
           m->len_bytes / best_compile / 1e6, peak);
}

static int run(struct wasm_module *m, int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[0], "--bench")) {
        unsigned rounds = (unsigned)strtoul(argv[1], NULL, 0);
        bench_build(m, rounds);
        bench_whole(m, rounds);
        return 0;
    }
    return dump_command(m, argc, argv, say);
}

int main(int argc, char **argv)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    struct wasm_error err;
    size_t len;
    uint8_t *bytes;
    int status = DUMP_EXIT_FAILED;

    if (argc < 2) {
        fprintf(stderr, "usage: wasmdump FILE.wasm [--dis|--ir|--passes|--code FUNC|all] [--check] "
                        "[--bench ROUNDS]\n");
        return DUMP_EXIT_USAGE;
    }
    bytes = linux_read_file(argv[1], &len);
    if (!bytes)
        return DUMP_EXIT_FAILED;
    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err)) {
        fprintf(stderr, "%s: %s\n", argv[1], err.what);
    } else {
        status = run(m, argc - 2, argv + 2);
        wasm_module_destroy(m);
    }
    free(bytes);
    return status;
}
