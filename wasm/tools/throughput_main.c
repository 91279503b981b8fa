/* throughput [--jit OPTION,…] FILE.wasm: compiles a whole module once and prints one line of
 * `name=value` words for
 * `./foreman bench compile`: sizes in bytes, CPU times in nanoseconds, and the memory that the
 * module took at most beyond its own bytes. One module a process, so that the peak is its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm/jit/code.h"
#include "wasm/tools/jit_options.h"
#include "wasm/tools/linux_host.h"

enum { EXIT_BAD_MODULE = 1, EXIT_USAGE = 2, LINE_MAX_BYTES = 256 };

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* A value in kB out of /proc/self/status, in bytes; 0 without such a line. */
static uint64_t status_bytes(const char *name)
{
    char line[LINE_MAX_BYTES];
    unsigned long kilobytes = 0;
    size_t name_len = strlen(name);
    FILE *f = fopen("/proc/self/status", "r");

    while (f && fgets(line, sizeof line, f)) {
        if (strncmp(line, name, name_len) == 0)
            kilobytes = strtoul(line + name_len, NULL, 10);
    }
    if (f)
        fclose(f);
    return kilobytes * 1024ull;
}

struct sizes {
    uint64_t functions, wasm_bytes, code_bytes, missing;
};

static struct sizes measure(const struct wasm_module *m)
{
    struct sizes s = {0};

    for (uint32_t i = 0; i < m->nfuncs; i++) {
        const struct code_body *body;
        if (m->funcs[i].imported)
            continue;
        body = code_body_of(m, i);
        s.functions++;
        s.wasm_bytes += m->funcs[i].body.len;
        s.code_bytes += body ? body->len_bytes : 0;
        s.missing += !body;
    }
    return s;
}

static int run(const uint8_t *bytes, size_t len, const struct jit_options *options)
{
    struct linux_owner owner = {0};
    struct wasm_module *m;
    struct wasm_error err;
    struct sizes s;
    uint64_t before_bytes = status_bytes("VmRSS:"), start_ns = now_ns(), created_ns, compiled_ns;

    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err)) {
        fprintf(stderr, "throughput: %s\n", err.what);
        return EXIT_BAD_MODULE;
    }
    jit_options_apply(m, options);
    created_ns = now_ns();
    if (wasm_module_compile_all(m))
        fprintf(stderr, "throughput: not every function could be compiled\n");
    compiled_ns = now_ns();
    s = measure(m);
    printf("module=%zu functions=%llu wasm=%llu code=%llu missing=%llu validate_ns=%llu "
           "compile_ns=%llu peak=%llu\n",
           len, (unsigned long long)s.functions, (unsigned long long)s.wasm_bytes,
           (unsigned long long)s.code_bytes, (unsigned long long)s.missing,
           (unsigned long long)(created_ns - start_ns),
           (unsigned long long)(compiled_ns - created_ns),
           (unsigned long long)(status_bytes("VmHWM:") - before_bytes));
    wasm_module_destroy(m);
    return 0;
}

int main(int argc, char **argv)
{
    struct jit_options options = {0};
    size_t len;
    uint8_t *bytes;
    int status;

    if (argc == 4 && !strcmp(argv[1], "--jit") && !jit_options_parse(argv[2], &options))
        argv += 2;
    else if (argc != 2) {
        fprintf(stderr, "usage: throughput [--jit OPTION,…] FILE.wasm\n");
        return EXIT_USAGE;
    }
    bytes = linux_read_file(argv[1], &len);
    if (!bytes)
        return EXIT_BAD_MODULE;
    status = run(bytes, len, &options);
    free(bytes);
    return status;
}
