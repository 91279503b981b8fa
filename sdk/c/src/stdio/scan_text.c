#include "stdio/scan_text.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 32 };

int __scan_text_init(struct scan_text *t, void *to, int wide, int allocate)
{
    *t = (struct scan_text){.at = to, .wide = wide};
    if (!to || !allocate)
        return 0;
    t->out = to;
    t->capacity = FIRST_CAPACITY;
    t->start = t->at = *t->out = malloc(t->capacity);
    return t->at ? 0 : -1;
}

static int store(struct scan_text *t, const void *unit, size_t size)
{
    size_t used = (size_t)(t->at - t->start);
    if (t->out && used + size > t->capacity) {
        char *larger = realloc(t->start, 2 * t->capacity);
        if (!larger)
            return -1;
        t->start = *t->out = larger;
        t->at = larger + used;
        t->capacity *= 2;
    }
    memcpy(t->at, unit, size);
    t->at += size;
    return 0;
}

int __scan_text_put(struct scan_text *t, int byte)
{
    char b = (char)byte;
    wchar_t c;
    if (!t->at)
        return 0;
    if (!t->wide)
        return store(t, &b, 1);
    size_t len = mbrtowc(&c, &b, 1, &t->state);
    return len == (size_t)-2 ? 0 : len == (size_t)-1 ? -1 : store(t, &c, sizeof c);
}

int __scan_text_fini(struct scan_text *t, int terminated, int matched)
{
    int failed = t->at && matched && terminated && store(t, L"", t->wide ? sizeof(wchar_t) : 1);
    if (t->out && (failed || !matched)) {
        free(t->start);
        *t->out = NULL;
    }
    return failed ? -1 : 0;
}
