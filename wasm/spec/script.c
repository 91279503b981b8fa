/* One script, command after command. */
#include "wasm/spec/script.h"

#include "base/format.h"
#include "base/string.h"
#include "wasm/spec/json.h"
#include "wasm/spec/skip.h"
#include "wasm/spec/spectest.h"
#include "wasm/spec/values.h"

enum {
    STACK_BYTES = 1024 * 1024,
    VALUES_MAX = 64, /* arguments or results of one call */
    COMMAND_TIMEOUT_MS = 20000,
    LINE_BYTES = 1024,
    PATH_BYTES = 1024,
};

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
};

enum verdict { PASS, FAIL, SKIP_TEXT, SKIP_LISTED, SKIP /* unsupported */ };

static void say(struct script *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
static enum verdict fail(struct script *s, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void say_in_place(struct script *s, const char *fmt, va_list ap)
{
    const char *line = json_text(s->command, "line"), *type = json_text(s->command, "type");
    char text[LINE_BYTES];
    int n = fmt_snprintf(text, sizeof text, "%s:%s: %s: ", s->path, line ? line : "?",
                         type ? type : "?");

    if ((size_t)n < sizeof text)
        fmt_vsnprintf(text + n, sizeof text - (size_t)n, fmt, ap);
    s->env->say(text);
}

static void say(struct script *s, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_in_place(s, fmt, ap);
    va_end(ap);
}

static enum verdict fail(struct script *s, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_in_place(s, fmt, ap);
    va_end(ap);
    return FAIL;
}

/* ---- modules ---- */

static struct entry *new_entry(struct script *s, const char *name)
{
    struct entry *e = ARENA_NEW(&s->arena, struct entry);

    assert(e);
    e->name = name;
    e->next = s->entries;
    s->entries = e;
    return e;
}

static struct entry *find_entry(struct script *s, const char *name)
{
    if (!name)
        return s->current;
    for (struct entry *e = s->entries; e; e = e->next)
        if (e->name && !strcmp(e->name, name))
            return e;
    return NULL;
}

static void register_entry(struct script *s, struct entry *e, const char *as)
{
    struct registration *r = ARENA_NEW(&s->arena, struct registration);

    assert(r);
    *r = (struct registration){s->registrations, as, e};
    s->registrations = r;
}

static int resolve(void *arg, const struct wasm_import_desc *import, uint32_t index UNUSED,
                   struct wasm_extern *out)
{
    struct script *s = arg;

    for (struct registration *r = s->registrations; r; r = r->next) {
        if (strlen(r->as) != import->module_len ||
            memcmp(r->as, import->module, import->module_len))
            continue;
        if (r->entry->unsupported) {
            s->import_unsupported = true;
            return -ENOTSUP;
        }
        if (!r->entry->instance)
            return -ENOENT;
        for (enum wasm_kind k = WASM_FUNC; k <= WASM_TAG; k++)
            if (!wasm_instance_export(r->entry->instance, import->name, import->name_len, k,
                                      &out->index)) {
                out->kind = k;
                out->instance = r->entry->instance;
                return 0;
            }
        return -ENOENT;
    }
    return -ENOENT;
}

/* Decodes and validates the command's file into the entry. */
static int load(struct script *s, struct entry *e, struct wasm_error *err)
{
    const char *slash = strrchr(s->path, '/'), *name = json_text(s->command, "filename");
    char path[PATH_BYTES];
    int r;

    fmt_snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash + 1 - s->path) : 0, s->path,
                 name ? name : "");
    e->bytes = s->env->read(path, &e->len);
    if (!e->bytes) {
        fmt_snprintf(err->what, sizeof err->what, "%s cannot be read", path);
        return -ENOENT;
    }
    r = wasm_module_create(s->env->host, s->env->owner, e->bytes, e->len, &e->module, err);
    if (!r && s->env->created)
        s->env->created(e->module);
    return r;
}

static int run(struct script *s, struct wasm_instance *i, uint32_t func,
               const union wasm_value *args, union wasm_value *results)
{
    int r;

    s->env->limit(COMMAND_TIMEOUT_MS);
    r = wasm_call(s->thread, i, func, args, results);
    s->env->limit(0);
    return r;
}

/* Instantiates and runs the start function. 0; errors of wasm_instance_create; WASM_TRAPPED with
 * *kind. */
static int instantiate(struct script *s, struct entry *e, struct wasm_module *m,
                       struct wasm_error *err, enum wasm_trap *kind)
{
    int r;

    s->import_unsupported = false;
    r = wasm_instance_create(s->store, m, resolve, s, NULL, &e->instance, err);
    if (r == WASM_TRAPPED)
        *kind = wasm_store_trap(s->store)->kind;
    if (r || wasm_instance_start(e->instance) < 0)
        return r;
    r = run(s, e->instance, (uint32_t)wasm_instance_start(e->instance), NULL, NULL);
    if (r == WASM_TRAPPED || r == WASM_THROWN)
        *kind = wasm_thread_trap(s->thread)->kind;
    if (r)
        e->instance = NULL;
    return r;
}

static bool occurs(const uint8_t *bytes, size_t len, const char *text)
{
    size_t n = strlen(text);

    for (size_t i = 0; n <= len && i <= len - n; i++)
        if (!memcmp(bytes + i, text, n))
            return true;
    return false;
}

/* Whatever the module names may have been meant to change: nothing is known of it from now on. */
static void note_unsupported(struct script *s, struct entry *e)
{
    e->unsupported = true;
    s->import_unsupported = false;
    for (struct registration *r = s->registrations; r; r = r->next)
        if (occurs(e->bytes, e->len, r->as))
            r->entry->missed = true;
}

static enum verdict do_module(struct script *s, bool definition)
{
    struct entry *e = new_entry(s, json_text(s->command, "name"));
    struct wasm_error err = {.what = ""};
    enum wasm_trap kind = WASM_TRAP_COUNT;
    int r = load(s, e, &err);

    if (!definition)
        s->current = e;
    if (!r && !definition)
        r = instantiate(s, e, e->module, &err, &kind);
    if (r == -ENOTSUP || s->import_unsupported) {
        note_unsupported(s, e);
        if (s->env->verbose)
            say(s, "%s", err.what);
        return SKIP;
    }
    if (r)
        return fail(s, "%s (%d)", kind == WASM_TRAP_COUNT ? err.what : wasm_trap_message(kind), r);
    return PASS;
}

static enum verdict do_module_instance(struct script *s)
{
    struct entry *of = find_entry(s, json_text(s->command, "module")), *e;
    struct wasm_error err = {.what = ""};
    enum wasm_trap kind = WASM_TRAP_COUNT;
    int r;

    if (!json_text(s->command, "module"))
        of = s->entries;
    e = new_entry(s, json_text(s->command, "instance"));
    s->current = e;
    if (!of || of->unsupported || !of->module) {
        e->unsupported = true;
        return SKIP;
    }
    r = instantiate(s, e, of->module, &err, &kind);
    return r ? fail(s, "%s (%d)", err.what, r) : PASS;
}

/* ---- actions ---- */

struct outcome {
    int r; /* of wasm_call */
    enum wasm_trap kind;
    uint32_t nresults;
    const wasm_valtype_t *types;
    union wasm_value results[VALUES_MAX];
    bool unsupported;
};

static bool do_get(struct script *s, struct entry *e, const struct json *field, struct outcome *out)
{
    static const wasm_valtype_t any[] = {WASM_I64};
    uint32_t index;

    if (wasm_instance_export(e->instance, field->text, field->len, WASM_GLOBAL, &index)) {
        fail(s, "no global '%s'", field->text);
        return false;
    }
    out->nresults = 1;
    out->types = any;
    return !wasm_global_get(e->instance, index, &out->results[0]);
}

static bool do_invoke(struct script *s, struct entry *e, const struct json *field,
                      const struct json *args, struct outcome *out)
{
    union wasm_value values[VALUES_MAX];
    const struct wasm_functype *type;
    uint32_t index, n = 0;

    if (wasm_instance_export(e->instance, field->text, field->len, WASM_FUNC, &index)) {
        fail(s, "no function '%s'", field->text);
        return false;
    }
    type = wasm_instance_func_type(e->instance, index);
    for (const struct json *a = args ? args->child : NULL; a; a = a->next)
        if (n == VALUES_MAX || !spec_value_parse(a, &values[n++])) {
            out->unsupported = true;
            return false;
        }
    if (n != type->nparams || type->nresults > VALUES_MAX) {
        fail(s, "'%s' takes %u arguments, not %u", field->text, type->nparams, n);
        return false;
    }
    out->nresults = type->nresults;
    out->types = type->results;
    out->r = run(s, e->instance, index, values, out->results);
    if (out->r == WASM_TRAPPED || out->r == WASM_THROWN)
        out->kind = wasm_thread_trap(s->thread)->kind;
    return true;
}

/* false: it could not even be tried, and that was reported or is out->unsupported. */
static bool do_action(struct script *s, struct outcome *out)
{
    const struct json *action = json_get(s->command, "action");
    const struct json *field = json_get(action, "field");
    struct entry *e = find_entry(s, json_text(action, "module"));

    memset(out, 0, sizeof *out);
    if (!e || e->unsupported) {
        out->unsupported = true;
        return false;
    }
    if (!e->instance || !field) {
        fail(s, "no instance");
        return false;
    }
    if (!strcmp(json_text(action, "type"), "get"))
        return do_get(s, e, field, out);
    return do_invoke(s, e, field, json_get(action, "args"), out);
}

/* ---- assertions ---- */

static enum verdict assert_return(struct script *s)
{
    const struct json *expected = json_get(s->command, "expected");
    struct outcome o;
    uint32_t n = 0;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    if (o.r == WASM_TRAPPED || o.r == WASM_THROWN)
        return fail(s, "trapped: %s", wasm_trap_message(o.kind));
    if (o.r)
        return fail(s, "wasm_call: %d", o.r);
    for (const struct json *c = expected ? expected->child : NULL; c; c = c->next, n++) {
        wasm_valtype_t type;
        if (n == o.nresults)
            return fail(s, "too few results");
        type = o.types[n];
        if (!strcmp(json_text(json_get(s->command, "action"), "type"), "get"))
            type = !strcmp(json_text(c, "type"), "i32") || !strcmp(json_text(c, "type"), "f32")
                       ? WASM_I32
                       : WASM_I64;
        else if (strcmp(json_text(c, "type"), "either") &&
                 !spec_type_matches(json_text(c, "type"), type))
            return fail(s, "result %u is not of type %s", n, json_text(c, "type"));
        if (!spec_value_matches(c, type, &o.results[n]))
            return fail(s, "result %u: have 0x%llx, want %s %s", n,
                        (unsigned long long)o.results[n].i64, json_text(c, "type"),
                        json_text(c, "value") ? json_text(c, "value") : "");
    }
    return n == o.nresults ? PASS : fail(s, "too many results");
}

static enum verdict assert_exception(struct script *s)
{
    const struct wasm_functype *type;
    struct outcome o;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    if (o.r != WASM_THROWN)
        return fail(s, "no exception (%d)", o.r);
    (void)wasm_exception_values(s->store, wasm_thread_exception(s->thread), &type);
    return type->nresults ? fail(s, "a tag with results") : PASS;
}

/* Messages of scripts say more at times ("uninitialized element 2"), so one must begin with the
 * other. */
static bool message_matches(const char *want, const char *have)
{
    size_t n = strlen(want) < strlen(have) ? strlen(want) : strlen(have);
    return !strncmp(want, have, n);
}

static enum verdict assert_trap(struct script *s)
{
    const char *want = json_text(s->command, "text");
    struct outcome o;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    if (o.r != WASM_TRAPPED)
        return fail(s, "no trap (%d), want: %s", o.r, want);
    if (!message_matches(want, wasm_trap_message(o.kind)))
        return fail(s, "trap '%s', want '%s'", wasm_trap_message(o.kind), want);
    return PASS;
}

/* assert_malformed and assert_invalid. */
static enum verdict assert_refused(struct script *s)
{
    const char *module_type = json_text(s->command, "module_type");
    struct entry *current = s->current, *e;
    struct wasm_error err = {.what = ""};
    int r;

    if (module_type && !strcmp(module_type, "text"))
        return SKIP_TEXT;
    e = new_entry(s, NULL);
    r = load(s, e, &err);
    s->current = current;
    if (s->env->verbose)
        say(s, "want '%s', said '%s'", json_text(s->command, "text"), err.what);
    if (r == -ENOTSUP)
        return SKIP;
    if (r != -EINVAL)
        return fail(s, "accepted (%d), want: %s", r, json_text(s->command, "text"));
    return err.what[0] ? PASS : fail(s, "no message");
}

/* assert_malformed_custom, assert_invalid_custom: something is wrong with a custom section only (as
 * an annotation of the text, or its contents). An engine ignores that (7.2), so the module is good.
 */
static enum verdict assert_custom_ignored(struct script *s)
{
    struct entry *current = s->current, *e = new_entry(s, NULL);
    struct wasm_error err = {.what = ""};
    int r = load(s, e, &err);

    s->current = current;
    if (r == -ENOTSUP)
        return SKIP;
    return r ? fail(s, "refused: %s", err.what) : PASS;
}

/* assert_unlinkable and assert_uninstantiable. */
static enum verdict assert_no_instance(struct script *s, bool want_trap)
{
    const char *want = json_text(s->command, "text");
    struct entry *current = s->current, *e = new_entry(s, NULL);
    enum wasm_trap kind = WASM_TRAP_COUNT;
    struct wasm_error err = {.what = ""};
    int r = load(s, e, &err);

    if (!r)
        r = instantiate(s, e, e->module, &err, &kind);
    s->current = current;
    if (r == -ENOTSUP || s->import_unsupported) {
        note_unsupported(s, e);
        return SKIP;
    }
    if (!r)
        return fail(s, "instantiated, want: %s", want);
    if (want_trap ? r != WASM_TRAPPED : r != -ENOENT && r != -EINVAL)
        return fail(s, "%d '%s', want: %s", r, err.what, want);
    if (want_trap && !message_matches(want, wasm_trap_message(kind)))
        return fail(s, "trap '%s', want '%s'", wasm_trap_message(kind), want);
    return PASS;
}

static enum verdict do_register(struct script *s)
{
    struct entry *e = find_entry(s, json_text(s->command, "name"));

    if (!e)
        return fail(s, "nothing to register");
    register_entry(s, e, json_text(s->command, "as"));
    return PASS;
}

static enum verdict do_plain_action(struct script *s)
{
    struct outcome o;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    return o.r ? fail(s, "%d %s", o.r, o.r == WASM_TRAPPED ? wasm_trap_message(o.kind) : "") : PASS;
}

static enum verdict dispatch(struct script *s, const char *type)
{
    if (!strcmp(type, "module"))
        return do_module(s, false);
    if (!strcmp(type, "module_definition"))
        return do_module(s, true);
    if (!strcmp(type, "module_instance"))
        return do_module_instance(s);
    if (!strcmp(type, "register"))
        return do_register(s);
    if (!strcmp(type, "action"))
        return do_plain_action(s);
    if (!strcmp(type, "assert_return"))
        return assert_return(s);
    if (!strcmp(type, "assert_trap") || !strcmp(type, "assert_exhaustion"))
        return assert_trap(s);
    if (!strcmp(type, "assert_exception"))
        return assert_exception(s);
    if (!strcmp(type, "assert_malformed") || !strcmp(type, "assert_invalid"))
        return assert_refused(s);
    if (!strcmp(type, "assert_malformed_custom") || !strcmp(type, "assert_invalid_custom"))
        return assert_custom_ignored(s);
    if (!strcmp(type, "assert_unlinkable"))
        return assert_no_instance(s, false);
    if (!strcmp(type, "assert_uninstantiable"))
        return assert_no_instance(s, true);
    return SKIP; /* exceptions, threads */
}

static enum verdict do_command(struct script *s, bool *out_is_assertion)
{
    const char *type = json_text(s->command, "type");
    struct entry *e = find_entry(s, json_text(json_get(s->command, "action"), "module"));

    *out_is_assertion = !strncmp(type, "assert_", 7);
    if (spec_is_skipped(s->env->skip_list, s->path, json_text(s->command, "line")))
        return SKIP_LISTED;
    if (json_get(s->command, "action") && e && e->missed)
        return SKIP;
    return dispatch(s, type);
}

/* ---- scripts ---- */

static bool script_init(struct script *s)
{
    const struct spec_env *env = s->env;
    struct test_module *t = ARENA_NEW(&s->arena, struct test_module);
    struct wasm_error err = {.what = "out of memory"};
    struct entry *e = new_entry(s, NULL);

    if (!t || wasm_store_create(env->host, env->owner, &s->store) ||
        wasm_thread_create(s->store, STACK_BYTES, &s->thread))
        return false;
    env->set_thread(s->thread);
    spectest_build(t);
    if (wasm_module_create(env->host, env->owner, t->bytes, t->len, &e->module, &err) ||
        wasm_instance_create(s->store, e->module, spectest_resolve, NULL, NULL, &e->instance,
                             &err)) {
        say(s, "spectest: %s", err.what);
        return false;
    }
    register_entry(s, e, "spectest");
    return true;
}

static void script_fini(struct script *s)
{
    s->env->set_thread(NULL);
    if (s->store)
        wasm_store_destroy(s->store);
    for (struct entry *e = s->entries; e; e = e->next) {
        if (e->module)
            wasm_module_destroy(e->module);
        if (e->bytes)
            s->env->release(e->bytes, e->len);
    }
    arena_fini(&s->arena);
}

static void script_run(struct script *s, const struct json *commands)
{
    for (s->command = commands->child; s->command; s->command = s->command->next) {
        bool assertion = false;
        enum verdict v;
        if (!json_text(s->command, "type"))
            continue;
        v = do_command(s, &assertion);
        s->counts.failed += v == FAIL;
        if (!assertion)
            continue;
        s->counts.passed += v == PASS;
        s->counts.text += v == SKIP_TEXT;
        s->counts.listed += v == SKIP_LISTED;
        s->counts.unsupported += v == SKIP;
    }
}

/* The file's text as nodes of the arena; the text is changed, so it is copied. */
static const struct json *script_parse(struct script *s)
{
    size_t len;
    const uint8_t *bytes = s->env->read(s->path, &len);
    char *text = bytes ? arena_alloc(&s->arena, len + 1) : NULL;

    if (text)
        memcpy(text, bytes, len);
    if (bytes)
        s->env->release(bytes, len);
    return text ? json_get(json_parse(text, &s->arena), "commands") : NULL;
}

struct spec_counts spec_run_script(const struct spec_env *env, const char *path)
{
    struct script s = {.env = env, .path = path};
    const struct json *commands;

    arena_init(&s.arena, (struct arena_source){env->host->alloc, env->host->free, env->owner},
               SIZE_MAX);
    commands = script_parse(&s);
    if (!commands || !script_init(&s)) {
        say(&s, commands ? "out of memory" : "not a script");
        s.counts.failed++;
    } else {
        script_run(&s, commands);
    }
    script_fini(&s);
    return s.counts;
}

void spec_counts_add(struct spec_counts *total, const struct spec_counts *c)
{
    total->passed += c->passed;
    total->failed += c->failed;
    total->text += c->text;
    total->listed += c->listed;
    total->unsupported += c->unsupported;
}

void spec_counts_format(const struct spec_counts *c, char *out, size_t size)
{
    fmt_snprintf(out, size, "%u passed, %u failed, %u skipped (%u text, %u listed, %u unsupported)",
                 c->passed, c->failed, c->text + c->listed + c->unsupported, c->text, c->listed,
                 c->unsupported);
}
