/* bare [--jit OPTION,…] FILE.wasm: runs a WASI program in the engine alone, without a system around
 * it. It has clocks, output, and an end; every other call fails with ENOSYS. clock_res_get does
 * nothing at all: for `./foreman bench calls` it is the host function whose call is measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "wasm/tools/jit_options.h"
#include "wasm/tools/linux_host.h"

enum { STACK_BYTES = 1024 * 1024, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_TRAP = 134 };
enum {
    WASI_EBADF = 8,
    WASI_ENOSYS = 52,
    WASI_EFAULT = 21,
    WASI_CLOCK_PROCESS = 2,
    WASI_CHARACTER_DEVICE = 2
};

static struct wasm_thread *thread;

/* len bytes of the program's memory, or NULL. */
static void *at(struct wasm_instance *i, uint32_t address, uint32_t len)
{
    uint64_t size = wasm_memory_size(i, 0);

    return address <= size && len <= size - address ? wasm_memory_base(i, 0) + address : NULL;
}

static int32_t missing(void)
{
    return WASI_ENOSYS;
}

static int32_t clock_res_get(struct wasm_instance *i UNUSED, uint32_t id UNUSED,
                             uint32_t out UNUSED)
{
    return 0;
}

static int32_t clock_time_get(struct wasm_instance *i, uint32_t id, uint64_t precision UNUSED,
                              uint32_t out)
{
    struct timespec t;
    uint64_t now;
    void *to = at(i, out, sizeof now);

    if (!to)
        return WASI_EFAULT;
    clock_gettime(id >= WASI_CLOCK_PROCESS ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    now = (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
    memcpy(to, &now, sizeof now);
    return 0;
}

/* Neither arguments nor an environment. */
static int32_t sizes_get(struct wasm_instance *i, uint32_t out_count, uint32_t out_bytes)
{
    void *count = at(i, out_count, sizeof(uint32_t)), *bytes = at(i, out_bytes, sizeof(uint32_t));

    if (!count || !bytes)
        return WASI_EFAULT;
    memset(count, 0, sizeof(uint32_t));
    memset(bytes, 0, sizeof(uint32_t));
    return 0;
}

static int32_t strings_get(void)
{
    return 0;
}

/* No directory is open. */
static int32_t fd_prestat_get(void)
{
    return WASI_EBADF;
}

static int32_t fd_fdstat_get(struct wasm_instance *i, uint32_t fd UNUSED, uint32_t out)
{
    uint8_t *to = at(i, out, 24);

    if (!to)
        return WASI_EFAULT;
    memset(to, 0, 24);
    *to = WASI_CHARACTER_DEVICE;
    return 0;
}

static int32_t fd_write(struct wasm_instance *i, uint32_t fd, uint32_t vectors, uint32_t count,
                        uint32_t out)
{
    uint32_t total = 0, vector[2];

    for (uint32_t n = 0; n < count; n++) {
        const void *from = at(i, vectors + 8 * n, sizeof vector), *text;
        if (!from)
            return WASI_EFAULT;
        memcpy(vector, from, sizeof vector);
        text = at(i, vector[0], vector[1]);
        if (!text)
            return WASI_EFAULT;
        if (fwrite(text, 1, vector[1], fd == 2 ? stderr : stdout) != vector[1])
            return WASI_ENOSYS;
        total += vector[1];
    }
    void *to = at(i, out, sizeof total);
    if (!to)
        return WASI_EFAULT;
    memcpy(to, &total, sizeof total);
    return 0;
}

static void proc_exit(struct wasm_instance *i, uint32_t status)
{
    wasm_exit(i, (int)status);
}

/* None of their types can differ in a program that works with WASI; in one that does not, only the
 * program sees other values than it passed. */
static const struct {
    const char *name;
    void (*function)(void);
} calls[] = {
    {"args_sizes_get", (void (*)(void))sizes_get},
    {"args_get", (void (*)(void))strings_get},
    {"environ_sizes_get", (void (*)(void))sizes_get},
    {"environ_get", (void (*)(void))strings_get},
    {"clock_res_get", (void (*)(void))clock_res_get},
    {"clock_time_get", (void (*)(void))clock_time_get},
    {"fd_prestat_get", (void (*)(void))fd_prestat_get},
    {"fd_fdstat_get", (void (*)(void))fd_fdstat_get},
    {"fd_write", (void (*)(void))fd_write},
    {"proc_exit", (void (*)(void))proc_exit},
};

static int resolve(void *arg UNUSED, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    if (import->kind != WASM_FUNC)
        return -ENOENT;
    *out = (struct wasm_extern){
        .kind = WASM_FUNC, .host_func = (void (*)(void))missing, .host_type = import->type};
    for (size_t n = 0; n < ARRAY_LEN(calls); n++)
        if (strlen(calls[n].name) == import->name_len &&
            !memcmp(calls[n].name, import->name, import->name_len))
            out->host_func = calls[n].function;
    return 0;
}

/* The status to end with. */
static int run(struct wasm_store *s, struct wasm_module *m)
{
    struct wasm_instance *i;
    struct wasm_error err;
    uint32_t start;

    if (wasm_instance_create(s, m, resolve, NULL, NULL, &i, &err)) {
        fprintf(stderr, "bare: %s\n", err.what);
        return EXIT_FAILED;
    }
    if (wasm_instance_export(i, "_start", 6, WASM_FUNC, &start)) {
        fprintf(stderr, "bare: no function _start\n");
        return EXIT_FAILED;
    }
    switch (wasm_call(thread, i, start, NULL, NULL)) {
    case 0:
        return 0;
    case WASM_EXITED:
        return wasm_thread_exit_status(thread);
    default:
        fprintf(stderr, "bare: trap %d\n", (int)wasm_thread_trap(thread)->kind);
        return EXIT_TRAP;
    }
}

int main(int argc, char **argv)
{
    struct linux_owner owner = {0};
    struct jit_options options = {0};
    struct wasm_module *m;
    struct wasm_store *s;
    struct wasm_error err;
    size_t len;
    int status;

    if (argc == 4 && !strcmp(argv[1], "--jit") && !jit_options_parse(argv[2], &options))
        argv += 2;
    else if (argc != 2) {
        fprintf(stderr, "usage: bare [--jit OPTION,…] FILE.wasm\n");
        return EXIT_USAGE;
    }
    uint8_t *bytes = linux_read_file(argv[1], &len);
    if (!bytes)
        return EXIT_USAGE;
    linux_host_catch_faults();
    if (wasm_module_create(&linux_host, &owner, bytes, len, &m, &err)) {
        fprintf(stderr, "bare: %s\n", err.what);
        return EXIT_FAILED;
    }
    jit_options_apply(m, &options);
    if (wasm_store_create(&linux_host, &owner, &s) || wasm_thread_create(s, STACK_BYTES, &thread))
        return EXIT_FAILED;
    linux_host_set_thread(thread);
    status = run(s, m);
    linux_host_set_thread(NULL);
    wasm_store_destroy(s);
    wasm_module_destroy(m);
    free(bytes);
    return status;
}
