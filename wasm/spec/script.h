/* Runs the specification's scripts, as JSON in wast2json's format beside their modules, against the
 * engine. Freestanding: the hosted tool and the kernel's own tests give it what it needs. */
#pragma once

#include "wasm/wasm.h"

/* Where the scripts run. */
struct spec_env {
    const struct wasm_host *host;
    void *owner;
    bool verbose;          /* say what refused modules were refused for */
    const char *skip_list; /* text as skip.h wants it, or NULL */
    /* A whole file, aligned to 8, until it is released; NULL if it cannot be read. */
    const uint8_t *(*read)(const char *path, size_t *out_len);
    void (*release)(const uint8_t *bytes, size_t len);
    void (*created)(struct wasm_module *m);    /* before anything of it runs; or NULL */
    void (*say)(const char *line);             /* what failed, one line without its end */
    void (*set_thread)(struct wasm_thread *t); /* whose code runs from now on; NULL: nobody's */
    void (*limit)(unsigned ms); /* compiled code that runs longer traps; 0: no limit any more */
    /* Runs fn(arg) in another thread; both NULL where there are none: then such commands are
     * skipped. */
    void *(*thread_start)(void (*fn)(void *), void *arg);
    void (*thread_join)(void *handle);
};

/* Assertions; failed: commands of any kind. What was not tried: */
struct spec_counts {
    unsigned passed, failed;
    unsigned text;        /* about the text format, which the engine does not read */
    unsigned listed;      /* in the skip list */
    unsigned unsupported; /* needs a module that the engine refuses with -ENOTSUP */
};

/* One script from start to end. */
struct spec_counts spec_run_script(const struct spec_env *env, const char *path);
/* Adds up. */
void spec_counts_add(struct spec_counts *total, const struct spec_counts *c);
/* "12 passed, 0 failed, 3 skipped (1 text, 2 listed, 0 unsupported)" */
void spec_counts_format(const struct spec_counts *c, char *out, size_t size);
