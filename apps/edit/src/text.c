#include "text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

static bool line_reserve(struct line *l, size_t cap)
{
    if (cap <= l->cap)
        return true;
    if (cap < l->cap + l->cap / 2)
        cap = l->cap + l->cap / 2;
    char *bytes = realloc(l->bytes, cap);
    if (!bytes)
        return false;
    l->bytes = bytes;
    l->cap = cap;
    return true;
}

/* There is room for it. */
static void line_append(struct line *l, const char *bytes, size_t len)
{
    if (len) /* bytes may be NULL otherwise */
        memcpy(l->bytes + l->len, bytes, len);
    l->len += len;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

size_t line_next(const struct line *l, size_t at)
{
    if (at < l->len)
        at++;
    while (at < l->len && is_continuation(l->bytes[at]))
        at++;
    return at;
}

size_t line_before(const struct line *l, size_t at)
{
    if (at > 0)
        at--;
    while (at > 0 && is_continuation(l->bytes[at]))
        at--;
    return at;
}

/* ---- the text ---- */

static bool text_reserve(struct text *t, size_t more)
{
    size_t cap = t->count + more;
    if (cap <= t->cap)
        return true;
    if (cap < t->cap + t->cap / 2)
        cap = t->cap + t->cap / 2;
    if (cap > SIZE_MAX / sizeof *t->lines)
        return false;
    struct line *lines = realloc(t->lines, cap * sizeof *lines);
    if (!lines)
        return false;
    t->lines = lines;
    t->cap = cap;
    return true;
}

bool text_init(struct text *t)
{
    *t = (struct text){0};
    if (!text_reserve(t, 1))
        return false;
    t->lines[t->count++] = (struct line){0};
    return true;
}

void text_fini(struct text *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->lines[i].bytes);
    free(t->lines);
    *t = (struct text){0};
}

int place_compare(struct place a, struct place b)
{
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return a.at < b.at ? -1 : a.at > b.at;
}

struct place text_end(const struct text *t)
{
    return (struct place){t->count - 1, t->lines[t->count - 1].len};
}

static bool insert_within(struct line *l, size_t at, const char *bytes, size_t len)
{
    if (!line_reserve(l, l->len + len))
        return false;
    if (len) {
        memmove(l->bytes + at + len, l->bytes + at, l->len - at);
        memcpy(l->bytes + at, bytes, len);
    }
    l->len += len;
    return true;
}

static size_t count_newlines(const char *bytes, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n;
}

/* The pieces of bytes that follow their first newline, each a line of its own; the last one has
 * room for `tail` bytes more. False when memory is out, with nothing left behind. */
static bool make_lines(struct line *out, size_t count, const char *bytes, size_t len, size_t tail)
{
    for (size_t i = 0; i < count; i++) {
        const char *stop = memchr(bytes, '\n', len);
        size_t piece = stop ? (size_t)(stop - bytes) : len;
        out[i] = (struct line){0};
        if (!line_reserve(&out[i], piece + (i + 1 == count ? tail : 0))) {
            while (i--)
                free(out[i].bytes);
            return false;
        }
        line_append(&out[i], bytes, piece);
        bytes += piece + (stop != NULL);
        len -= piece + (stop != NULL);
    }
    return true;
}

static bool insert_lines(struct text *t, struct place p, const char *bytes, size_t len,
                         size_t newlines)
{
    struct line *l = &t->lines[p.line];
    size_t first = (size_t)((const char *)memchr(bytes, '\n', len) - bytes);
    size_t tail = l->len - p.at;
    if (!text_reserve(t, newlines))
        return false;
    l = &t->lines[p.line];
    if (!line_reserve(l, p.at + first))
        return false;
    /* made behind the last line, where there is room, and then put in their place */
    struct line *made = malloc(newlines * sizeof *made);
    if (!made || !make_lines(made, newlines, bytes + first + 1, len - first - 1, tail)) {
        free(made);
        return false;
    }
    if (tail)
        line_append(&made[newlines - 1], l->bytes + p.at, tail);
    l->len = p.at;
    line_append(l, bytes, first);
    memmove(l + 1 + newlines, l + 1, (t->count - p.line - 1) * sizeof *l);
    memcpy(l + 1, made, newlines * sizeof *l);
    t->count += newlines;
    free(made);
    return true;
}

bool text_insert(struct text *t, struct place p, const char *bytes, size_t len, struct place *end)
{
    size_t newlines = count_newlines(bytes, len), tail = t->lines[p.line].len - p.at;
    bool done = newlines ? insert_lines(t, p, bytes, len, newlines)
                         : insert_within(&t->lines[p.line], p.at, bytes, len);
    if (done) {
        end->line = p.line + newlines;
        end->at = t->lines[end->line].len - tail;
    }
    return done;
}

bool text_remove(struct text *t, struct place from, struct place to)
{
    struct line *first = &t->lines[from.line], *last = &t->lines[to.line];
    size_t tail = last->len - to.at, gone = to.line - from.line;
    if (!line_reserve(first, from.at + tail))
        return false;
    if (tail)
        memmove(first->bytes + from.at, last->bytes + to.at, tail);
    first->len = from.at + tail;
    for (size_t i = from.line + 1; i <= to.line; i++)
        free(t->lines[i].bytes);
    memmove(first + 1, last + 1, (t->count - to.line - 1) * sizeof *first);
    t->count -= gone;
    return true;
}

char *text_copy(const struct text *t, struct place from, struct place to, size_t *out_len)
{
    size_t len = to.line - from.line; /* the newlines */
    for (size_t i = from.line; i <= to.line; i++)
        len += (i == to.line ? to.at : t->lines[i].len) - (i == from.line ? from.at : 0);
    char *copy = malloc(len + 1), *p = copy;
    if (!copy)
        return NULL;
    for (size_t i = from.line; i <= to.line; i++) {
        size_t start = i == from.line ? from.at : 0;
        size_t n = (i == to.line ? to.at : t->lines[i].len) - start;
        if (n)
            memcpy(p, t->lines[i].bytes + start, n);
        p += n;
        if (i != to.line)
            *p++ = '\n';
    }
    *p = 0;
    *out_len = len;
    return copy;
}

/* ---- searching ---- */

static bool has_capital(const char *s)
{
    while (*s && !isupper((unsigned char)*s))
        s++;
    return *s != 0;
}

static bool matches(const char *bytes, const char *needle, size_t len, bool exactly)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] != needle[i] && (exactly || tolower((unsigned char)bytes[i]) != needle[i]))
            return false;
    return true;
}

bool line_find(const struct line *l, const char *needle, size_t at, size_t *out_at)
{
    size_t len = strlen(needle);
    bool exactly = has_capital(needle);
    for (; len && at + len <= l->len; at++) {
        if (matches(l->bytes + at, needle, len, exactly)) {
            *out_at = at;
            return true;
        }
    }
    return false;
}

bool text_find(const struct text *t, const char *needle, struct place from, struct place *out)
{
    for (size_t n = 0; n <= t->count; n++) { /* the first line twice: its other half at last */
        size_t line = (from.line + n) % t->count;
        if (line_find(&t->lines[line], needle, n ? 0 : from.at, &out->at)) {
            out->line = line;
            return true;
        }
    }
    return false;
}

/* The last one in a line that begins before `limit`. */
static bool line_find_last(const struct line *l, const char *needle, size_t limit, size_t *out_at)
{
    size_t at = 0, found;
    bool any = false;
    while (line_find(l, needle, at, &found) && found < limit) {
        *out_at = found;
        any = true;
        at = found + 1;
    }
    return any;
}

bool text_find_before(const struct text *t, const char *needle, struct place from,
                      struct place *out)
{
    for (size_t n = 0; n <= t->count; n++) {
        size_t line = (from.line + t->count - n % t->count) % t->count;
        if (line_find_last(&t->lines[line], needle, n ? SIZE_MAX : from.at, &out->at)) {
            out->line = line;
            return true;
        }
    }
    return false;
}
