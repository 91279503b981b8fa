/* Runs the specification's scripts (wasm/spec/) hosted.
 *
 *     spec [-v] [--jit OPTION,…] [--skip-list FILE] [--list FILE] [FILE.json…]
 *     spec --jit-list
 *
 * --list: a file that names scripts, one a line.
 *
 * Prints a line for each assertion that fails, and counts for each file and at the end. */
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

static void *thread_start(void (*fn)(void *), void *arg)
{
    return linux_thread_start(fn, arg);
}

static void thread_join(void *handle)
{
    linux_thread_join(handle);
}

static void report(const char *path, const struct spec_counts *c)
{
    char text[160];

    spec_counts_format(c, text, sizeof text);
    printf("%s%s%s\n", path, *path ? ": " : "", text);
}

static struct spec_env env = {.host = &linux_host,
                              .owner = &owner,
                              .read = read_file,
                              .release = release,
                              .created = created,
                              .say = say,
                              .set_thread = linux_host_set_thread,
                              .limit = limit,
                              .thread_start = thread_start,
                              .thread_join = thread_join};
static struct spec_counts total;

static void run(const char *path)
{
    struct spec_counts c = spec_run_script(&env, path);

    if (!linux_owner_clean(&owner)) {
        printf("%s: leak: %zu blocks (%zu bytes), %zu reservations (%zu bytes)\n", path,
               owner.blocks, owner.bytes, owner.reservations, owner.committed_bytes);
        owner = (struct linux_owner){0};
        c.failed++;
    }
    report(path, &c);
    spec_counts_add(&total, &c);
}

/* A file of the command line; it stays in memory. */
static char *text_of(const char *path)
{
    size_t len;
    char *text = (char *)linux_read_file(path, &len);

    if (!text)
        exit(2);
    return text;
}

static void run_list(const char *path)
{
    char *text = text_of(path), *rest = text;

    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n"))
        if (*line)
            run(line);
    free(text);
}

int main(int argc, char **argv)
{
    char *skip_list = NULL;

    setvbuf(stdout, NULL, _IOLBF, 0);
    linux_host_catch_faults();
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-v")) {
            env.verbose = true;
        } else if (!strcmp(argv[i], "--jit") && i + 1 < argc) {
            if (jit_options_parse(argv[++i], &jit_options))
                return 2;
        } else if (!strcmp(argv[i], "--jit-list")) {
            jit_options_list();
            return 0;
        } else if (!strcmp(argv[i], "--skip-list") && i + 1 < argc) {
            free(skip_list);
            env.skip_list = skip_list = text_of(argv[++i]);
        } else if (!strcmp(argv[i], "--list") && i + 1 < argc) {
            run_list(argv[++i]);
        } else {
            run(argv[i]);
        }
    }
    free(skip_list);
    report("", &total);
    return total.failed ? 1 : 0;
}
