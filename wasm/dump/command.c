/* The options of wasmdump, hosted and inside the system. */
#include "base/string.h"
#include "wasm/dump/dump.h"

typedef int (*each_fn)(struct wasm_module *m, uint32_t func, dump_say_fn say);

static int instructions(struct wasm_module *m, uint32_t func, dump_say_fn say)
{
    dump_instructions(m, func, say);
    return 0;
}

static const struct {
    const char *name;
    each_fn each;
    bool defined; /* leaves imported functions out */
} options[] = {
    {"--dis", instructions, false},
    {"--ir", dump_ir, true},
    {"--passes", dump_passes, true},
    {"--code", dump_code, true},
};

static bool number(const char *text, uint32_t *out)
{
    uint64_t v = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || v > UINT32_MAX)
            return false;
        v = v * 10 + (uint64_t)(*text - '0');
    }
    *out = (uint32_t)v;
    return v <= UINT32_MAX;
}

/* The function with this number or name; UINT32_MAX: there is none. */
static uint32_t find(const struct wasm_module *m, const char *which)
{
    uint32_t func;
    size_t len = strlen(which);

    if (number(which, &func))
        return func < m->nfuncs ? func : UINT32_MAX;
    for (func = 0; func < m->nfuncs; func++)
        if (m->funcs[func].name.len == len && !memcmp(m->funcs[func].name.at, which, len))
            return func;
    return UINT32_MAX;
}

static int one(struct wasm_module *m, size_t option, uint32_t func, dump_say_fn say)
{
    int err;

    if (options[option].defined && m->funcs[func].imported)
        return 0;
    err = options[option].each(m, func, say);
    if (err)
        dump_say(say, "func %u: %s", func, errno_name(-err));
    return err ? DUMP_EXIT_FAILED : 0;
}

static int for_functions(struct wasm_module *m, size_t option, const char *which, dump_say_fn say)
{
    uint32_t func;
    int status = 0;

    if (!strcmp(which, "all")) {
        for (func = 0; func < m->nfuncs; func++)
            status |= one(m, option, func, say);
        return status;
    }
    func = find(m, which);
    if (func != UINT32_MAX)
        return one(m, option, func, say);
    dump_say(say, "wasmdump: there is no function '%s'", which);
    return DUMP_EXIT_FAILED;
}

int dump_command(struct wasm_module *m, int argc, char **argv, dump_say_fn say)
{
    int status = 0;

    if (!argc)
        dump_module(m, say);
    for (int i = 0; i < argc && !status; i++) {
        size_t option = 0;
        while (option < ARRAY_LEN(options) && strcmp(argv[i], options[option].name) != 0)
            option++;
        if (option < ARRAY_LEN(options) && i + 1 < argc) {
            status = for_functions(m, option, argv[++i], say);
        } else if (!strcmp(argv[i], "--check")) {
            status = dump_check(m, say) ? DUMP_EXIT_FAILED : 0;
        } else {
            dump_say(say, "wasmdump: what is '%s'?", argv[i]);
            return DUMP_EXIT_USAGE;
        }
    }
    return status;
}
