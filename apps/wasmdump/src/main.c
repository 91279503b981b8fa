/* wasmdump FILE.wasm [--dis|--ir|--passes|--code FUNC|all] [--check]
 *
 * The engine that runs this program, as a library inside it: it decodes, validates and compiles the
 * module as the kernel would, and shows what it finds. Nothing of the module is run. */
#include <stdio.h>
#include <stdlib.h>

#include "wasm/dump/dump.h"

/* ---- what the engine asks of its host: memory, and a place for code that is only looked at ----
 */

static void *host_alloc(void *owner, size_t bytes)
{
    (void)owner;
    return calloc(1, bytes ? bytes : 1);
}

static void host_free(void *owner, void *p, size_t bytes)
{
    (void)owner;
    (void)bytes;
    free(p);
}

static int host_code_reserve(void *owner, size_t bytes, struct wasm_code_range *out)
{
    uint8_t *code = malloc(bytes);

    (void)owner;
    *out = (struct wasm_code_range){.exec = code, .write = code, .len_bytes = bytes};
    return code ? 0 : -ENOMEM;
}

static int host_code_commit(void *owner, struct wasm_code_range *r, size_t offset, size_t bytes)
{
    (void)owner;
    (void)r;
    (void)offset;
    (void)bytes;
    return 0;
}

static void host_code_release(void *owner, struct wasm_code_range *r)
{
    (void)owner;
    free(r->write);
}

static void host_lock(void *owner, bool take)
{
    (void)owner, (void)take; /* one thread */
}

static const struct wasm_host host = {
    .alloc = host_alloc,
    .free = host_free,
    .code_reserve = host_code_reserve,
    .code_commit = host_code_commit,
    .code_release = host_code_release,
    .lock = host_lock,
};

_Noreturn void base_assert_fail(const char *expr, const char *file, int line)
{
    fprintf(stderr, "wasmdump: %s:%d: assertion failed: %s\n", file, line, expr);
    abort();
}

/* ---- the program ---- */

static void say(const char *line)
{
    puts(line);
}

static uint8_t *read_file(const char *path, size_t *out_len)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long len = -1;

    if (f && !fseek(f, 0, SEEK_END) && (len = ftell(f)) >= 0 && !fseek(f, 0, SEEK_SET))
        bytes = malloc((size_t)len + 1);
    if (bytes && fread(bytes, 1, (size_t)len, f) != (size_t)len) {
        free(bytes);
        bytes = NULL;
    }
    if (!bytes)
        perror(path);
    if (f)
        fclose(f);
    *out_len = (size_t)len;
    return bytes;
}

int main(int argc, char **argv)
{
    struct wasm_module *m;
    struct wasm_error err;
    size_t len;
    uint8_t *bytes;
    int status = DUMP_EXIT_FAILED;

    if (argc < 2) {
        fprintf(stderr,
                "Usage: wasmdump FILE.wasm [--dis|--ir|--passes|--code FUNC|all] [--check]\n");
        return DUMP_EXIT_USAGE;
    }
    bytes = read_file(argv[1], &len);
    if (!bytes)
        return DUMP_EXIT_FAILED;
    if (wasm_module_create(&host, NULL, bytes, len, &m, &err)) {
        fprintf(stderr, "wasmdump: %s: %s\n", argv[1], err.what[0] ? err.what : "out of memory");
    } else {
        status = dump_command(m, argc - 2, argv + 2, say);
        wasm_module_destroy(m);
    }
    free(bytes);
    return status;
}
