/* verify [--jit NAME,…] FILE.wasm…: compiles each module and has the verifier read every function.
 * A line per function refused, and one per module: bytes of machine code and what reading them
 * took. verify --forms N: N random instructions that the decoder accepts, a line of bytes each, and
 * of the memory operand: bytes, base, index, log2 of the scale, displacement. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm/jit/guard.h"
#include "wasm/tools/jit_options.h"
#include "wasm/tools/linux_host.h"
#include "wasm/verify/insn.h"

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2, ROUNDS = 5 };

static struct jit_options options;

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* With each byte more likely to be one that means something. */
static void random_insn(uint8_t *out, unsigned n)
{
    static const uint8_t likely[] = {0x66, 0xf0, 0xf2, 0xf3, 0x48, 0x41, 0x0f, 0xc4, 0xc5, 0x90};

    for (unsigned i = 0; i < n; i++)
        out[i] =
            i < 3 && rand() % 3 ? likely[(unsigned)rand() % ARRAY_LEN(likely)] : (uint8_t)rand();
    if (out[0] == 0xc4 && rand() % 4)
        out[1] = (uint8_t)((out[1] & 0xe0) | (1 + rand() % 3));
}

static void print_forms(unsigned long n)
{
    uint8_t bytes[16];
    struct vinsn in;

    while (n) {
        random_insn(bytes, sizeof bytes);
        if (!vinsn_decode(bytes, 0, sizeof bytes, &in))
            continue;
        for (unsigned i = 0; i < in.len; i++)
            printf("0x%02x ", bytes[i]);
        if (in.flags & VI_MEM)
            printf("# %u %u %u %u %d", in.bytes, in.base, in.index, in.scale,
                   in.base == V_RIP ? (int)((uint32_t)in.disp - in.len) : in.disp);
        printf("\n");
        n--;
    }
}

/* All functions once; how many are refused. */
static unsigned read_all(struct wasm_module *m, bool say, uint64_t *code_bytes)
{
    unsigned refused = 0;

    *code_bytes = 0;
    for (uint32_t f = m->nimported_funcs; f < m->nfuncs; f++) {
        const struct code_body *b = code_body_of(m, f);
        if (!b)
            continue;
        *code_bytes += b->len_bytes;
        struct code_lane *l = &m->code->lanes[CODE_LANE_CALLED];
        arena_reset(&l->arena);
        l->arena.limit_bytes = SIZE_MAX;
        int err = guard_check(l, m->code->range.write, b);
        if (!err)
            continue;
        refused++;
        if (say)
            printf("function %u, code offset %u: %s\n", f, l->refused.offset,
                   l->refused.rule ? l->refused.rule : "no memory");
    }
    return refused;
}

static int run(const char *path, const uint8_t *bytes, size_t len)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    struct wasm_error err;
    uint64_t code_bytes = 0, best_ns = UINT64_MAX, start_ns, compile_ns;

    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err)) {
        fprintf(stderr, "verify: %s: %s\n", path, err.what);
        return EXIT_USAGE;
    }
    jit_options_apply(m, &options);
    start_ns = now_ns();
    if (wasm_module_compile_all(m))
        fprintf(stderr, "verify: %s: not every function could be compiled\n", path);
    compile_ns = now_ns() - start_ns;
    unsigned refused = m->code ? read_all(m, true, &code_bytes) : 0;
    for (int i = 0; i < ROUNDS && m->code; i++) {
        start_ns = now_ns();
        (void)read_all(m, false, &code_bytes);
        best_ns = min_u64(best_ns, now_ns() - start_ns);
    }
    printf("%s: %llu bytes of code, %u functions refused, %.0f MB/s, %.1f %% of compiling\n", path,
           (unsigned long long)code_bytes, refused, (double)code_bytes * 1e3 / (double)best_ns,
           100.0 * (double)best_ns / (double)compile_ns);
    wasm_module_destroy(m);
    return refused ? EXIT_REFUSED : 0;
}

int main(int argc, char **argv)
{
    int status = 0, first = 1;

    if (argc == 3 && strcmp(argv[1], "--forms") == 0) {
        print_forms(strtoul(argv[2], NULL, 0));
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "--jit") == 0) {
        if (jit_options_parse(argv[2], &options))
            return EXIT_USAGE;
        first = 3;
    }
    if (argc <= first) {
        fprintf(stderr, "usage: verify [--jit NAME,...] FILE.wasm... | --forms N\n");
        return EXIT_USAGE;
    }
    for (int i = first; i < argc; i++) {
        size_t len;
        uint8_t *bytes = linux_read_file(argv[i], &len);
        int one = bytes ? run(argv[i], bytes, len) : EXIT_USAGE;
        free(bytes);
        status = one > status ? one : status;
    }
    return status;
}
