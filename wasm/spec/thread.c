/* Commands that run in a thread of their own: a store of its own, to which a module of the starting
 * script may bring its shared memories. */
#include "wasm/spec/script_int.h"

#include "base/string.h"
#include "wasm/spec/json.h"

struct spec_thread {
    struct spec_thread *next;
    const char *name;
    struct script script;
    struct spec_env env;
    const struct json *commands;
    void *handle;
};

static void no_limit(unsigned ms UNUSED) {}

static void thread_main(void *arg)
{
    struct spec_thread *t = arg;

    script__run(&t->script, t->commands);
    script__end(&t->script);
}

enum verdict script__thread(struct script *s)
{
    const char *shared = json_text(s->command, "shared_module");
    struct entry *from = shared ? script__find_entry(s, shared) : NULL, *e;
    struct spec_thread *t;

    if (!s->env->thread_start || (from && from->unsupported))
        return SKIP;
    t = ARENA_NEW(&s->arena, struct spec_thread);
    assert(t);
    *t = (struct spec_thread){.name = json_text(s->command, "name"),
                              .env = *s->env,
                              .commands = json_get(s->command, "commands")};
    t->env.limit = no_limit; /* there is one clock, and it is the starter's */
    script__begin(&t->script, &t->env, s->path);
    if (shared) {
        e = script__new_entry(&t->script, shared);
        e->foreign = true;
        e->instance = from ? from->instance : NULL;
    }
    t->handle = s->env->thread_start(thread_main, t);
    if (!t->handle) {
        script__end(&t->script);
        return script__fail(s, "no thread could be started");
    }
    t->next = s->threads;
    s->threads = t;
    return PASS;
}

static void join(struct script *s, struct spec_thread **at)
{
    struct spec_thread *t = *at;

    s->env->thread_join(t->handle);
    spec_counts_add(&s->counts, &t->script.counts);
    *at = t->next;
}

enum verdict script__wait(struct script *s)
{
    const char *name = json_text(s->command, "thread");

    if (!s->env->thread_start)
        return SKIP;
    for (struct spec_thread **at = &s->threads; *at; at = &(*at)->next)
        if (name && (*at)->name && !strcmp((*at)->name, name)) {
            join(s, at);
            return PASS;
        }
    return script__fail(s, "there is no such thread");
}

void script__join_all(struct script *s)
{
    while (s->threads)
        join(s, &s->threads);
}
