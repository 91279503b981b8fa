/* One script, command after command. */
#include "wasm/spec/script_int.h"

#include "base/format.h"
#include "base/string.h"
#include "wasm/spec/json.h"
#include "wasm/spec/skip.h"
#include "wasm/spec/spectest.h"

enum {
    STACK_BYTES = 1024 * 1024,
    COMMAND_TIMEOUT_MS = 20000,
    LINE_BYTES = 1024,
    PATH_BYTES = 1024,
};

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

void script__say(struct script *s, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_in_place(s, fmt, ap);
    va_end(ap);
}

enum verdict script__fail(struct script *s, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say_in_place(s, fmt, ap);
    va_end(ap);
    return FAIL;
}

/* ---- modules ---- */

struct entry *script__new_entry(struct script *s, const char *name)
{
    struct entry *e = ARENA_NEW(&s->arena, struct entry);

    assert(e);
    e->name = name;
    e->next = s->entries;
    s->entries = e;
    return e;
}

struct entry *script__find_entry(struct script *s, const char *name)
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
                if (r->entry->foreign)
                    out->memory = wasm_instance_shared_memory(out->instance, out->index);
                return r->entry->foreign && (k != WASM_MEMORY || !out->memory) ? -ENOENT : 0;
            }
        return -ENOENT;
    }
    return -ENOENT;
}

int script__load(struct script *s, struct entry *e, struct wasm_error *err)
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

int script__call(struct script *s, struct wasm_instance *i, uint32_t func,
                 const union wasm_value *args, union wasm_value *results)
{
    int r;

    s->env->limit(COMMAND_TIMEOUT_MS);
    r = wasm_call(s->thread, i, func, args, results);
    s->env->limit(0);
    return r;
}

int script__instantiate(struct script *s, struct entry *e, struct wasm_module *m,
                        struct wasm_error *err, enum wasm_trap *kind)
{
    int r;

    s->import_unsupported = false;
    r = wasm_instance_create(s->store, m, resolve, s, NULL, &e->instance, err);
    if (r == WASM_TRAPPED)
        *kind = wasm_store_trap(s->store)->kind;
    if (r || wasm_instance_start(e->instance) < 0)
        return r;
    r = script__call(s, e->instance, (uint32_t)wasm_instance_start(e->instance), NULL, NULL);
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

void script__note_unsupported(struct script *s, struct entry *e)
{
    e->unsupported = true;
    s->import_unsupported = false;
    for (struct registration *r = s->registrations; r; r = r->next)
        if (occurs(e->bytes, e->len, r->as))
            r->entry->missed = true;
}

static enum verdict do_module(struct script *s, bool definition)
{
    struct entry *e = script__new_entry(s, json_text(s->command, "name"));
    struct wasm_error err = {.what = ""};
    enum wasm_trap kind = WASM_TRAP_COUNT;
    int r = script__load(s, e, &err);

    if (!definition)
        s->current = e;
    if (!r && !definition)
        r = script__instantiate(s, e, e->module, &err, &kind);
    if (r == -ENOTSUP || s->import_unsupported) {
        script__note_unsupported(s, e);
        if (s->env->verbose)
            script__say(s, "%s", err.what);
        return SKIP;
    }
    if (r)
        return script__fail(s, "%s (%d)",
                            kind == WASM_TRAP_COUNT ? err.what : wasm_trap_message(kind), r);
    return PASS;
}

static enum verdict do_module_instance(struct script *s)
{
    struct entry *of = script__find_entry(s, json_text(s->command, "module")), *e;
    struct wasm_error err = {.what = ""};
    enum wasm_trap kind = WASM_TRAP_COUNT;
    int r;

    if (!json_text(s->command, "module"))
        of = s->entries;
    e = script__new_entry(s, json_text(s->command, "instance"));
    s->current = e;
    if (!of || of->unsupported || !of->module) {
        e->unsupported = true;
        return SKIP;
    }
    r = script__instantiate(s, e, of->module, &err, &kind);
    return r ? script__fail(s, "%s (%d)", err.what, r) : PASS;
}

static enum verdict do_register(struct script *s)
{
    struct entry *e = script__find_entry(s, json_text(s->command, "name"));

    if (!e)
        return script__fail(s, "nothing to register");
    register_entry(s, e, json_text(s->command, "as"));
    return PASS;
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
        return script__action(s);
    if (!strncmp(type, "assert_", 7))
        return script__assert(s, type);
    if (!strcmp(type, "thread"))
        return script__thread(s);
    if (!strcmp(type, "wait"))
        return script__wait(s);
    return script__fail(s, "a command that the runner does not know");
}

static enum verdict do_command(struct script *s, bool *out_is_assertion)
{
    const char *type = json_text(s->command, "type");
    struct entry *e = script__find_entry(s, json_text(json_get(s->command, "action"), "module"));

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
    struct entry *e = script__new_entry(s, NULL);

    if (!t || wasm_store_create(env->host, env->owner, &s->store) ||
        wasm_thread_create(s->store, STACK_BYTES, &s->thread))
        return false;
    env->set_thread(s->thread);
    spectest_build(t);
    if (wasm_module_create(env->host, env->owner, t->bytes, t->len, &e->module, &err) ||
        wasm_instance_create(s->store, e->module, spectest_resolve, NULL, NULL, &e->instance,
                             &err)) {
        script__say(s, "spectest: %s", err.what);
        return false;
    }
    register_entry(s, e, "spectest");
    return true;
}

void script__end(struct script *s)
{
    script__join_all(s);
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

static void run_commands(struct script *s, const struct json *commands)
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

void script__begin(struct script *s, const struct spec_env *env, const char *path)
{
    *s = (struct script){.env = env, .path = path};
    arena_init(&s->arena, (struct arena_source){env->host->alloc, env->host->free, env->owner},
               SIZE_MAX);
}

void script__run(struct script *s, const struct json *commands)
{
    if (!commands || !script_init(s)) {
        script__say(s, commands ? "out of memory" : "not a script");
        s->counts.failed++;
    } else {
        run_commands(s, commands);
    }
}

struct spec_counts spec_run_script(const struct spec_env *env, const char *path)
{
    struct script s;

    script__begin(&s, env, path);
    script__run(&s, script_parse(&s));
    script__end(&s);
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
