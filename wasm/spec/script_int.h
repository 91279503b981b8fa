/* A script as script.c, assert.c and thread.c see it. */
#pragma once

#include "base/arena.h"
#include "wasm/spec/script.h"

struct json;
struct spec_thread;

/* A module of the script, and what became of it. */
struct entry {
    struct entry *next;
    const char *name; /* "$M", or NULL */
    const uint8_t *bytes;
    size_t len;
    struct wasm_module *module;
    struct wasm_instance *instance;
    bool unsupported; /* refused with -ENOTSUP */
    bool missed;      /* an unsupported module imports from it and would have changed its state */
    bool foreign;     /* of the script that has started this thread */
};

struct registration {
    struct registration *next;
    const char *as;
    struct entry *entry;
};

struct script {
    const struct spec_env *env;
    const char *path;
    struct arena arena; /* the text, its nodes, entries and registrations */
    struct wasm_store *store;
    struct wasm_thread *thread;
    struct entry *entries, *current; /* newest first */
    struct registration *registrations;
    bool import_unsupported; /* the last instantiation failed for such a module */
    struct spec_counts counts;
    const struct json *command;
    struct spec_thread *threads; /* not waited for yet */
};

enum verdict { PASS, FAIL, SKIP_TEXT, SKIP_LISTED, SKIP /* unsupported */ };

/* ---- script.c ---- */

/* Says it of the current command; returns FAIL. */
enum verdict script__fail(struct script *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
void script__say(struct script *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct entry *script__new_entry(struct script *s, const char *name);
/* By its name; NULL: the current one. */
struct entry *script__find_entry(struct script *s, const char *name);
/* Decodes and validates the command's file into the entry. */
int script__load(struct script *s, struct entry *e, struct wasm_error *err);
/* Instantiates and runs the start function. 0; errors of wasm_instance_create; WASM_TRAPPED with
 * *kind. */
int script__instantiate(struct script *s, struct entry *e, struct wasm_module *m,
                        struct wasm_error *err, enum wasm_trap *kind);
/* wasm_call with the commands' time limit. */
int script__call(struct script *s, struct wasm_instance *i, uint32_t func,
                 const union wasm_value *args, union wasm_value *results);
/* Whatever the module names may have been meant to change: nothing is known of it from now on. */
void script__note_unsupported(struct script *s, struct entry *e);
/* Makes the arena ready, runs the commands that are given, and releases everything. */
void script__begin(struct script *s, const struct spec_env *env, const char *path);
void script__run(struct script *s, const struct json *commands);
void script__end(struct script *s);

/* ---- assert.c ---- */

/* The command `action`: a call or a global's value. */
enum verdict script__action(struct script *s);
/* The commands `assert_...`. */
enum verdict script__assert(struct script *s, const char *type);

/* ---- thread.c: the commands `thread` and `wait` ---- */

enum verdict script__thread(struct script *s);
enum verdict script__wait(struct script *s);
/* Waits for what is still running. */
void script__join_all(struct script *s);
