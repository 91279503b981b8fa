#include "wasm/dump/line.h"

static void put(struct dump_line *l, const char *fmt, va_list ap)
{
    int n = fmt_vsnprintf(l->text + l->len, DUMP_LINE_MAX - l->len, fmt, ap);

    l->len = min_u64(l->len + (size_t)n, DUMP_LINE_MAX - 1);
}

void dump_put(struct dump_line *l, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    put(l, fmt, ap);
    va_end(ap);
}

void dump_end(struct dump_line *l, dump_say_fn say)
{
    l->text[l->len] = '\0';
    say(l->text);
    l->len = 0;
}

void dump_say(dump_say_fn say, const char *fmt, ...)
{
    struct dump_line l = {.len = 0};
    va_list ap;

    va_start(ap, fmt);
    put(&l, fmt, ap);
    va_end(ap);
    dump_end(&l, say);
}
