/* Pattern matching, POSIX 2.13. A star never needs to be tried again once a later star of the same
 * segment has matched, so there is one place to go back to and no recursion. */
#include "internal/utf8.h"
#include <fnmatch.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wctype.h>

enum { NO_CHARACTER = 0x200000, CLASS_NAME_MAX = 16 };

/* A part of a pattern or of a string. */
struct span {
    const char *at, *end;
};

/* The next character; a byte that is no UTF-8 is a character of its own. */
static uint32_t take(struct span *s)
{
    wchar_t c;
    int len = __utf8_decode(s->at, (size_t)(s->end - s->at), &c);
    if (len < 1) {
        c = NO_CHARACTER + (unsigned char)*s->at;
        len = 1;
    }
    s->at += len;
    return (uint32_t)c;
}

static uint32_t lower(uint32_t c)
{
    return (uint32_t)towlower((wint_t)c);
}

static uint32_t upper(uint32_t c)
{
    return (uint32_t)towupper((wint_t)c);
}

static int same(uint32_t a, uint32_t b, int flags)
{
    return a == b ||
           (flags & FNM_CASEFOLD && (lower(a) == b || upper(a) == b || lower(a) == lower(b)));
}

static int in_range(uint32_t c, uint32_t from, uint32_t to, int flags)
{
    if (c >= from && c <= to)
        return 1;
    return flags & FNM_CASEFOLD &&
           ((lower(c) >= from && lower(c) <= to) || (upper(c) >= from && upper(c) <= to));
}

/* "[:name:]", "[.x.]" or "[=x=]" behind its bracket; NULL if there is no end. */
static const char *special_end(const struct span *p, char kind)
{
    for (const char *q = p->at + 1; p->end - q > 1; q++)
        if (q[0] == kind && q[1] == ']')
            return q;
    return NULL;
}

static int in_class(const char *name, size_t len, uint32_t c, int flags)
{
    char copy[CLASS_NAME_MAX];
    if (len >= sizeof copy)
        return 0;
    memcpy(copy, name, len);
    copy[len] = '\0';
    wctype_t class = wctype(copy);
    return iswctype((wint_t)c, class) ||
           (flags & FNM_CASEFOLD &&
            (iswctype((wint_t)lower(c), class) || iswctype((wint_t)upper(c), class)));
}

/* One end of a range: a character (a backslash is one, too) or a collating symbol. */
static uint32_t bracket_character(struct span *p)
{
    if (p->end - p->at > 1 && p->at[0] == '[' && (p->at[1] == '.' || p->at[1] == '=')) {
        struct span inner = {p->at + 1, p->end};
        const char *end = special_end(&inner, p->at[1]);
        if (end) {
            inner = (struct span){p->at + 2, end};
            p->at = end + 2;
            return inner.at < inner.end ? take(&inner) : NO_CHARACTER;
        }
    }
    return take(p);
}

/* Matches c with the bracket expression behind p's '['. -1: it has no end, so '[' is ordinary. One
 * in which a class begins and does not end matches nothing. */
static int match_bracket(struct span *p, uint32_t c, int flags)
{
    struct span q = *p;
    int invert = q.at < q.end && (*q.at == '!' || *q.at == '^'), found = 0;
    q.at += invert;
    for (const char *first = q.at; q.at < q.end && (*q.at != ']' || q.at == first);) {
        if (q.end - q.at > 1 && q.at[0] == '[' && q.at[1] == ':') {
            struct span inner = {q.at + 1, q.end};
            const char *end = special_end(&inner, ':');
            if (!end)
                return 0;
            found |= in_class(q.at + 2, (size_t)(end - q.at - 2), c, flags);
            q.at = end + 2;
            continue;
        }
        uint32_t from = bracket_character(&q), to = from;
        if (q.end - q.at > 1 && q.at[0] == '-' && q.at[1] != ']') {
            q.at++;
            to = bracket_character(&q);
        }
        found |= in_range(c, from, to, flags);
    }
    if (q.at == q.end)
        return -1;
    p->at = q.at + 1;
    return found != invert;
}

/* Matches one character with one element of the pattern that is no star; both move on. */
static int match_one(struct span *p, struct span *s, int flags)
{
    if (p->at == p->end)
        return 0;
    uint32_t c = take(s), wanted = take(p);
    if (wanted == '?')
        return 1;
    if (wanted == '[') {
        int matched = match_bracket(p, c, flags);
        if (matched >= 0)
            return matched;
    }
    if (wanted == '\\' && !(flags & FNM_NOESCAPE) && p->at < p->end)
        wanted = take(p);
    return same(wanted, c, flags);
}

static int match_segment(struct span p, struct span s, int flags)
{
    struct span star = {NULL, NULL}, retry = s;
    while (s.at < s.end) {
        if (p.at < p.end && *p.at == '*') {
            p.at++;
            star = p;
            retry = s;
            continue;
        }
        struct span p_before = p;
        if (match_one(&p, &s, flags))
            continue;
        p = p_before;
        if (!star.at)
            return 0;
        p = star;
        take(&retry);
        s = retry;
    }
    while (p.at < p.end && *p.at == '*')
        p.at++;
    return p.at == p.end;
}

/* A leading period needs a period in the pattern. */
static int period_allowed(struct span p, int flags)
{
    if (p.at < p.end && *p.at == '\\' && !(flags & FNM_NOESCAPE))
        p.at++;
    return p.at < p.end && *p.at == '.';
}

/* Where the pattern's segment ends: at a slash, escaped or not. */
static const char *pattern_segment(const char *p, int flags)
{
    for (; *p && *p != '/'; p++) {
        if (*p != '\\' || flags & FNM_NOESCAPE)
            continue;
        if (p[1] == '/')
            break;
        p += p[1] != '\0';
    }
    return p;
}

int fnmatch(const char *pattern, const char *string, int flags)
{
    for (;;) {
        struct span p = {pattern, strchr(pattern, '\0')}, s = {string, strchr(string, '\0')};
        if (flags & FNM_PATHNAME) {
            p.end = pattern_segment(pattern, flags);
            s.end = strchrnul(string, '/');
        }
        if (flags & FNM_PERIOD && *string == '.' && !period_allowed(p, flags))
            return FNM_NOMATCH;
        int matched = match_segment(p, s, flags);
        if (!(flags & FNM_PATHNAME) && !matched && flags & FNM_LEADING_DIR)
            for (s.end = string; !matched && *(s.end = strchrnul(s.end, '/')); s.end++)
                matched = match_segment(p, s, flags);
        if (!matched)
            return FNM_NOMATCH;
        if (!*p.end)
            return !(flags & FNM_PATHNAME) || !*s.end || flags & FNM_LEADING_DIR ? 0 : FNM_NOMATCH;
        if (!*s.end)
            return FNM_NOMATCH;
        pattern = p.end + (*p.end == '\\') + 1;
        string = s.end + 1;
    }
}
