/* Runs the specification's scripts (wasm/spec/) hosted.
 *
 *     spec [-v] [--jit OPTION,…] [--skip-list FILE] FILE.json…
 *     spec --jit-list
 *
 * Prints a line for each assertion that fails and for each file, at the end "N passed, N failed, N
 * skipped". */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wasm/spec/script.h"
#include "wasm/tools/jit_options.h"
#include "wasm/tools/linux_host.h"

static struct linux_owner owner;
static struct jit_options jit_options;

static const uint8_t *read_file(const char *path, size_t *out_len)
{
    return linux_read_file(path, out_len);
}

static void release(const uint8_t *bytes, size_t len UNUSED)
{
    free((void *)(uintptr_t)bytes);
}

static void created(struct wasm_module *m)
{
    jit_options_apply(m, &jit_options);
}

static void say(const char *line)
{
    printf("%s\n", line);
}

static void limit(unsigned ms)
{
    linux_host_interrupt_after(ms, WASM_TRAP_TIME_LIMIT);
}

static struct spec_counts run(const struct spec_env *env, const char *path)
{
    struct spec_counts c = spec_run_script(env, path);

    if (!linux_owner_clean(&owner)) {
        printf("%s: leak: %zu blocks (%zu bytes), %zu reservations (%zu bytes)\n", path,
               owner.blocks, owner.bytes, owner.reservations, owner.committed_bytes);
        owner = (struct linux_owner){0};
        c.failed++;
    }
    printf("%s: %u passed, %u failed, %u skipped\n", path, c.passed, c.failed, c.skipped);
    return c;
}

int main(int argc, char **argv)
{
    struct spec_env env = {.host = &linux_host,
                           .owner = &owner,
                           .read = read_file,
                           .release = release,
                           .created = created,
                           .say = say,
                           .set_thread = linux_host_set_thread,
                           .limit = limit};
    struct spec_counts total = {0};
    char *skip_list = NULL;

    setvbuf(stdout, NULL, _IOLBF, 0);
    linux_host_catch_faults();
    for (int i = 1; i < argc; i++) {
        struct spec_counts c;
        if (!strcmp(argv[i], "-v")) {
            env.verbose = true;
            continue;
        }
        if (!strcmp(argv[i], "--jit") && i + 1 < argc) {
            if (jit_options_parse(argv[++i], &jit_options))
                return 2;
            continue;
        }
        if (!strcmp(argv[i], "--jit-list")) {
            jit_options_list();
            return 0;
        }
        if (!strcmp(argv[i], "--skip-list") && i + 1 < argc) {
            size_t len;
            free(skip_list);
            env.skip_list = skip_list = (char *)linux_read_file(argv[++i], &len);
            if (!skip_list)
                return 2;
            continue;
        }
        c = run(&env, argv[i]);
        total.passed += c.passed;
        total.failed += c.failed;
        total.skipped += c.skipped;
    }
    free(skip_list);
    printf("%u passed, %u failed, %u skipped\n", total.passed, total.failed, total.skipped);
    return total.failed ? 1 : 0;
}
