/* Reading a pattern: by recursive descent, straight to the program. */
#include "regex/program.h"
#include <stdlib.h>
#include <string.h>

enum { DUP_MAX = 255, DEPTH_MAX = 250 };

/* Whether the operator `letter` stands here: basic ones have a backslash in front. */
static int is_operator(const struct compiler *c, char letter)
{
    if (c->program->flags & REG_EXTENDED)
        return c->at[0] == letter;
    return c->at[0] == '\\' && c->at[1] == letter;
}

static void skip_operator(struct compiler *c)
{
    c->at += c->program->flags & REG_EXTENDED ? 1 : 2;
}

static int branch_ends(const struct compiler *c)
{
    return !*c->at || is_operator(c, '|') || is_operator(c, ')');
}

/* A number of a bound; -1 if there is none, DUP_MAX + 1 if it is too large. */
static int read_number(struct compiler *c)
{
    int n = -1;
    for (; (unsigned)*c->at - '0' < 10; c->at++) {
        n = (n < 0 ? 0 : n) * 10 + (*c->at - '0');
        if (n > DUP_MAX)
            n = DUP_MAX + 1;
    }
    return n;
}

/* "n}", "n,}", "n,m}" behind the brace. */
static void read_bound(struct compiler *c, int *least, int *most)
{
    *least = *most = read_number(c);
    if (*c->at == ',') {
        c->at++;
        *most = read_number(c);
    }
    if (!*c->at)
        __regex_fail(c, REG_EBRACE);
    else if (!is_operator(c, '}') || *least < 0 || *least > DUP_MAX || *most > DUP_MAX ||
             (*most >= 0 && *most < *least))
        __regex_fail(c, REG_BADBR);
    else
        skip_operator(c);
}

/* Whether a repetition stands here; if so it is read. A star needs no backslash in either language;
 * \+ and \? are GNU's. */
static int read_repetition(struct compiler *c, int *least, int *most)
{
    *least = 0;
    *most = -1;
    if (*c->at == '*') {
        c->at++;
    } else if (is_operator(c, '+')) {
        *least = 1;
        skip_operator(c);
    } else if (is_operator(c, '?')) {
        *most = 1;
        skip_operator(c);
    } else if (is_operator(c, '{')) {
        skip_operator(c);
        read_bound(c, least, most);
    } else {
        return 0;
    }
    return 1;
}

static void read_alternatives(struct compiler *c);

static void read_group(struct compiler *c)
{
    struct __regex *r = c->program;
    int group = ++c->groups;
    skip_operator(c);
    if (group > GROUPS_MAX || ++c->depth > DEPTH_MAX)
        __regex_fail(c, REG_ESPACE);
    __regex_grow(c, (void **)&r->repeated, group, &r->repeated_room, 1);
    if (c->error)
        return;
    int start = r->len;
    r->repeated[group] = 0;
    __regex_emit(c, OP_SAVE, 2 * group, 0);
    read_alternatives(c);
    if (!is_operator(c, ')'))
        __regex_fail(c, REG_EPAREN);
    __regex_emit(c, OP_SAVE, 2 * group + 1, 0);
    if (c->error)
        return;
    r->code[start].y = c->groups;
    skip_operator(c);
    c->depth--;
}

static void read_character(struct compiler *c)
{
    if (c->at[0] == '\\') {
        c->at++;
        if (!*c->at)
            __regex_fail(c, REG_EESCAPE);
        else if (!(c->program->flags & REG_EXTENDED) && *c->at >= '1' && *c->at <= '9')
            __regex_fail(c, REG_ESUBREG);
        if (c->error)
            return;
    }
    uint32_t ch = __regex_take(&c->at);
    if (ch >= INVALID)
        __regex_fail(c, REG_BADPAT);
    if (c->program->flags & REG_ICASE)
        ch = (uint32_t)towlower((wint_t)ch);
    __regex_emit(c, OP_CHARACTER, (int)ch, 0);
}

/* An anchor if one stands here, which is read. In basic patterns ^ begins a branch and $ ends one.
 */
static int read_anchor(struct compiler *c, int first)
{
    int extended = c->program->flags & REG_EXTENDED;
    struct compiler behind = *c;
    behind.at++;
    if (*c->at == '^' && (extended || first))
        __regex_emit(c, OP_BEGIN, 0, 0);
    else if (*c->at == '$' && (extended || branch_ends(&behind)))
        __regex_emit(c, OP_END, 0, 0);
    else
        return 0;
    c->at++;
    return 1;
}

static void read_atom(struct compiler *c)
{
    if (is_operator(c, '(')) {
        read_group(c);
    } else if (*c->at == '[') {
        c->at++;
        __regex_bracket(c);
    } else if (*c->at == '.') {
        c->at++;
        __regex_emit(c, OP_ANY, 0, 0);
    } else {
        read_character(c);
    }
}

/* Anchors and atoms with their repetitions. In a basic pattern a star that would repeat nothing is
 * a character. */
static void read_branch(struct compiler *c)
{
    int least, most, first = 1, ordinary_star = !(c->program->flags & REG_EXTENDED);
    while (!c->error && !branch_ends(c)) {
        int anchor = read_anchor(c, first), start = c->program->len, groups = c->groups;
        first = 0;
        if (anchor)
            continue;
        if (*c->at == '*' && ordinary_star)
            read_character(c);
        else if (read_repetition(c, &least, &most))
            __regex_fail(c, REG_BADRPT);
        else
            read_atom(c);
        ordinary_star = 0;
        while (!c->error && read_repetition(c, &least, &most)) {
            for (int g = groups + 1; g <= c->groups; g++)
                c->program->repeated[g] |= most < 0 || most > 1;
            __regex_repeat(c, start, least, most);
        }
    }
}

static void read_alternatives(struct compiler *c)
{
    struct __regex *r = c->program;
    int start = r->len, jumps = -1; /* the last jump behind all; its x is the one before */
    read_branch(c);
    while (!c->error && is_operator(c, '|')) {
        skip_operator(c);
        __regex_insert_split(c, start, 1, r->len - start + 2);
        __regex_emit(c, OP_JUMP, jumps, 0);
        jumps = r->len - 1;
        start = r->len;
        read_branch(c);
    }
    while (!c->error && jumps >= 0) {
        int before = r->code[jumps].x;
        r->code[jumps].x = r->len - jumps;
        jumps = before;
    }
}

int regcomp(regex_t *restrict out, const char *restrict pattern, int flags)
{
    struct __regex *r = calloc(1, sizeof *r);
    struct compiler c = {.program = r, .at = pattern};
    *out = (regex_t){.__program = r};
    if (!r)
        return REG_ESPACE;
    r->flags = flags;
    __regex_grow(&c, (void **)&r->repeated, 0, &r->repeated_room, 1);
    __regex_emit(&c, OP_SAVE, 0, 0);
    read_alternatives(&c);
    if (*c.at && !c.error)
        c.error = REG_EPAREN; /* one that closes nothing */
    __regex_emit(&c, OP_SAVE, 1, 0);
    __regex_emit(&c, OP_MATCH, 0, 0);
    if (c.error) {
        regfree(out);
        return c.error;
    }
    r->repeated[0] = 0;
    out->re_nsub = (size_t)c.groups;
    return 0;
}

void regfree(regex_t *out)
{
    struct __regex *r = out->__program;
    if (!r)
        return;
    free(r->code);
    free(r->items);
    free(r->sets);
    free(r->repeated);
    free(r);
    out->__program = NULL;
}
