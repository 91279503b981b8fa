/* Bracket expressions. */
#include "internal/utf8.h"
#include "regex/program.h"
#include <string.h>

enum { CLASS_NAME_MAX = 16 };

uint32_t __regex_take(const char **p)
{
    wchar_t wide;
    int len = __utf8_decode(*p, strnlen(*p, 4), &wide);
    if (len < 1)
        return INVALID + (unsigned char)*(*p)++;
    *p += len;
    return (uint32_t)wide;
}

static void add_item(struct compiler *c, uint32_t from, uint32_t to, wctype_t class)
{
    struct __regex *r = c->program;
    if (__regex_grow(c, (void **)&r->items, r->items_len, &r->items_room, sizeof r->items[0]))
        return;
    r->items[r->items_len++] = (struct set_item){from, to, class};
}

/* The text of "[:text:]" and the like, behind its beginning; its length. -1: it has no end. */
static int special_length(const char *p, char kind)
{
    for (int n = 0; p[n]; n++)
        if (p[n] == kind && p[n + 1] == ']')
            return n;
    return -1;
}

static void add_class(struct compiler *c)
{
    char name[CLASS_NAME_MAX] = "";
    int n = special_length(c->at + 2, ':');
    if (n < 0) {
        __regex_fail(c, REG_EBRACK);
        return;
    }
    if (n < CLASS_NAME_MAX)
        memcpy(name, c->at + 2, (size_t)n);
    wctype_t class = wctype(name);
    if (!class)
        __regex_fail(c, REG_ECTYPE);
    add_item(c, 0, 0, class);
    c->at += n + 4;
}

/* One end of a range: a character, [.x.] or [=x=]. */
static uint32_t take_end(struct compiler *c)
{
    char kind = c->at[1];
    if (c->at[0] != '[' || (kind != '.' && kind != '=')) {
        uint32_t ch = __regex_take(&c->at);
        if (ch >= INVALID)
            __regex_fail(c, REG_BADPAT);
        return ch;
    }
    int n = special_length(c->at + 2, kind);
    const char *p = c->at + 2;
    if (n < 0) {
        __regex_fail(c, REG_EBRACK);
        return 0;
    }
    c->at += n + 4;
    uint32_t ch = n > 0 ? __regex_take(&p) : INVALID;
    if (ch >= INVALID || p != c->at - 2) /* several characters that sort as one: there are none */
        __regex_fail(c, REG_ECOLLATE);
    return ch;
}

static void add_range(struct compiler *c)
{
    uint32_t from = take_end(c), to = from;
    if (c->at[0] == '-' && c->at[1] && c->at[1] != ']') {
        c->at++;
        to = take_end(c);
    }
    if (from > to)
        __regex_fail(c, REG_ERANGE);
    add_item(c, from, to, 0);
}

void __regex_bracket(struct compiler *c)
{
    struct __regex *r = c->program;
    struct set s = {.first = r->items_len, .negated = *c->at == '^'};
    c->at += s.negated;
    for (const char *first = c->at; !c->error && (*c->at != ']' || c->at == first);) {
        if (!*c->at)
            __regex_fail(c, REG_EBRACK);
        else if (c->at[0] == '[' && c->at[1] == ':')
            add_class(c);
        else
            add_range(c);
    }
    if (c->error ||
        __regex_grow(c, (void **)&r->sets, r->sets_len, &r->sets_room, sizeof r->sets[0]))
        return;
    c->at++;
    s.count = r->items_len - s.first;
    r->sets[r->sets_len] = s;
    __regex_emit(c, OP_SET, r->sets_len++, 0);
}

static int has(const struct __regex *r, const struct set *s, uint32_t ch)
{
    for (int i = s->first; i < s->first + s->count; i++) {
        const struct set_item *item = &r->items[i];
        if (item->class ? iswctype((wint_t)ch, item->class) : ch >= item->from && ch <= item->to)
            return 1;
    }
    return 0;
}

int __regex_in_set(const struct __regex *r, const struct set *s, uint32_t ch)
{
    int found = has(r, s, ch);
    if (!found && r->flags & REG_ICASE && ch < INVALID)
        found =
            has(r, s, (uint32_t)towlower((wint_t)ch)) || has(r, s, (uint32_t)towupper((wint_t)ch));
    if (s->negated && ch == '\n' && r->flags & REG_NEWLINE)
        return 0;
    return found != s->negated;
}
