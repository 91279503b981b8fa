/* What a script's commands call, and what they assert of it. */
#include "base/string.h"
#include "wasm/spec/json.h"
#include "wasm/spec/script_int.h"
#include "wasm/spec/values.h"

enum { VALUES_MAX = 64 }; /* arguments or results of one call */

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
        script__fail(s, "no global '%s'", field->text);
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
        script__fail(s, "no function '%s'", field->text);
        return false;
    }
    type = wasm_instance_func_type(e->instance, index);
    for (const struct json *a = args ? args->child : NULL; a; a = a->next)
        if (n == VALUES_MAX || !spec_value_parse(a, &values[n++])) {
            out->unsupported = true;
            return false;
        }
    if (n != type->nparams || type->nresults > VALUES_MAX) {
        script__fail(s, "'%s' takes %u arguments, not %u", field->text, type->nparams, n);
        return false;
    }
    out->nresults = type->nresults;
    out->types = type->results;
    out->r = script__call(s, e->instance, index, values, out->results);
    if (out->r == WASM_TRAPPED || out->r == WASM_THROWN)
        out->kind = wasm_thread_trap(s->thread)->kind;
    return true;
}

/* false: it could not even be tried, and that was reported or is out->unsupported. */
static bool do_action(struct script *s, struct outcome *out)
{
    const struct json *action = json_get(s->command, "action");
    const struct json *field = json_get(action, "field");
    struct entry *e = script__find_entry(s, json_text(action, "module"));

    memset(out, 0, sizeof *out);
    if (!e || e->unsupported) {
        out->unsupported = true;
        return false;
    }
    if (!e->instance || !field) {
        script__fail(s, "no instance");
        return false;
    }
    if (!strcmp(json_text(action, "type"), "get"))
        return do_get(s, e, field, out);
    return do_invoke(s, e, field, json_get(action, "args"), out);
}

enum verdict script__action(struct script *s)
{
    struct outcome o;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    return o.r ? script__fail(s, "%d %s", o.r, o.r == WASM_TRAPPED ? wasm_trap_message(o.kind) : "")
               : PASS;
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
        return script__fail(s, "trapped: %s", wasm_trap_message(o.kind));
    if (o.r)
        return script__fail(s, "wasm_call: %d", o.r);
    for (const struct json *c = expected ? expected->child : NULL; c; c = c->next, n++) {
        wasm_valtype_t type;
        if (n == o.nresults)
            return script__fail(s, "too few results");
        type = o.types[n];
        if (!strcmp(json_text(json_get(s->command, "action"), "type"), "get"))
            type = !strcmp(json_text(c, "type"), "i32") || !strcmp(json_text(c, "type"), "f32")
                       ? WASM_I32
                       : WASM_I64;
        else if (strcmp(json_text(c, "type"), "either") &&
                 !spec_type_matches(json_text(c, "type"), type))
            return script__fail(s, "result %u is not of type %s", n, json_text(c, "type"));
        if (!spec_value_matches(c, type, &o.results[n]))
            return script__fail(s, "result %u: have 0x%llx, want %s %s", n,
                                (unsigned long long)o.results[n].i64, json_text(c, "type"),
                                json_text(c, "value") ? json_text(c, "value") : "");
    }
    return n == o.nresults ? PASS : script__fail(s, "too many results");
}

static enum verdict assert_exception(struct script *s)
{
    const struct wasm_functype *type;
    struct outcome o;

    if (!do_action(s, &o))
        return o.unsupported ? SKIP : FAIL;
    if (o.r != WASM_THROWN)
        return script__fail(s, "no exception (%d)", o.r);
    (void)wasm_exception_values(s->store, wasm_thread_exception(s->thread), &type);
    return type->nresults ? script__fail(s, "a tag with results") : PASS;
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
        return script__fail(s, "no trap (%d), want: %s", o.r, want);
    if (!message_matches(want, wasm_trap_message(o.kind)))
        return script__fail(s, "trap '%s', want '%s'", wasm_trap_message(o.kind), want);
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
    e = script__new_entry(s, NULL);
    r = script__load(s, e, &err);
    s->current = current;
    if (s->env->verbose)
        script__say(s, "want '%s', said '%s'", json_text(s->command, "text"), err.what);
    if (r == -ENOTSUP)
        return SKIP;
    if (r != -EINVAL)
        return script__fail(s, "accepted (%d), want: %s", r, json_text(s->command, "text"));
    return err.what[0] ? PASS : script__fail(s, "no message");
}

/* assert_malformed_custom, assert_invalid_custom: something is wrong with a custom section only (as
 * an annotation of the text, or its contents). An engine ignores that (7.2), so the module is good.
 */
static enum verdict assert_custom_ignored(struct script *s)
{
    struct entry *current = s->current, *e = script__new_entry(s, NULL);
    struct wasm_error err = {.what = ""};
    int r = script__load(s, e, &err);

    s->current = current;
    if (r == -ENOTSUP)
        return SKIP;
    return r ? script__fail(s, "refused: %s", err.what) : PASS;
}

/* assert_unlinkable and assert_uninstantiable. */
static enum verdict assert_no_instance(struct script *s, bool want_trap)
{
    const char *want = json_text(s->command, "text");
    struct entry *current = s->current, *e = script__new_entry(s, NULL);
    enum wasm_trap kind = WASM_TRAP_COUNT;
    struct wasm_error err = {.what = ""};
    int r = script__load(s, e, &err);

    if (!r)
        r = script__instantiate(s, e, e->module, &err, &kind);
    s->current = current;
    if (r == -ENOTSUP || s->import_unsupported) {
        script__note_unsupported(s, e);
        return SKIP;
    }
    if (!r)
        return script__fail(s, "instantiated, want: %s", want);
    if (want_trap ? r != WASM_TRAPPED : r != -ENOENT && r != -EINVAL)
        return script__fail(s, "%d '%s', want: %s", r, err.what, want);
    if (want_trap && !message_matches(want, wasm_trap_message(kind)))
        return script__fail(s, "trap '%s', want '%s'", wasm_trap_message(kind), want);
    return PASS;
}

enum verdict script__assert(struct script *s, const char *type)
{
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
    return script__fail(s, "an assertion that the runner does not know");
}
