#include "wasm/tools/jit_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wasm/module.h"

static const struct row {
    const char *text, *what;
    int offset; /* of a number in struct jit_options, -1: a switch */
    uint8_t number;
} rows[] = {
#define JIT_SWITCH(id, text, what)       {text, what, -1, JIT_##id},
#define JIT_NUMBER(id, text, test, what) {text, what, offsetof(struct jit_options, id), test},
#include "wasm/jit/options.def"
};

void jit_options_list(void)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].offset < 0)
            printf("%s\n", rows[i].text);
        else
            printf("%s=%u\n", rows[i].text, rows[i].number);
    }
}

static const struct row *find(const char *text, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (strlen(rows[i].text) == len && !memcmp(rows[i].text, text, len))
            return &rows[i];
    return NULL;
}

static int set_one(const char *text, size_t len, struct jit_options *o)
{
    const char *equals = memchr(text, '=', len);
    const struct row *r = find(text, equals ? (size_t)(equals - text) : len);
    unsigned long value = 0;
    char *end = NULL;

    if (r && r->offset < 0 && !equals) {
        o->set |= 1ull << r->number;
        return 0;
    }
    if (equals)
        value = strtoul(equals + 1, &end, 10);
    if (r && r->offset >= 0 && value >= 1 && value <= UINT8_MAX && end == text + len) {
        ((uint8_t *)o)[r->offset] = (uint8_t)value;
        return 0;
    }
    fprintf(stderr, "'%.*s' is no option of the compiler. There are:\n", (int)len, text);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        fprintf(stderr, "    %s%-20s %s\n", rows[i].text, rows[i].offset < 0 ? "" : "=N",
                rows[i].what);
    return -EINVAL;
}

int jit_options_parse(const char *text, struct jit_options *o)
{
    int err = 0;

    while (!err && *text) {
        size_t len = strcspn(text, ",");
        err = set_one(text, len, o);
        text += len + (text[len] == ',');
    }
    return err;
}

void jit_options_apply(struct wasm_module *m, const struct jit_options *o)
{
    m->jit = *o;
}
