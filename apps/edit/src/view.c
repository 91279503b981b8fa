/* What is on the screen: the text, a line about the file, a line for messages. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "editor.h"

enum { TAB_WIDTH = 8, STATUS_ROWS = 2, LINE_SHOWN_MAX = 512 };

/* How bytes look: the styles of syntax.h, and these. */
enum { LOOK_MATCH = STYLE_TYPE + 1, LOOK_SELECTED, LOOK_CONTROL };

static const char *const looks[] = {
    [STYLE_PLAIN] = "\x1b[0m",      [STYLE_COMMENT] = "\x1b[0;36m", [STYLE_STRING] = "\x1b[0;32m",
    [STYLE_NUMBER] = "\x1b[0;35m",  [STYLE_KEYWORD] = "\x1b[0;33m", [STYLE_TYPE] = "\x1b[0;94m",
    [LOOK_MATCH] = "\x1b[0;30;43m", [LOOK_SELECTED] = "\x1b[0;7m",  [LOOK_CONTROL] = "\x1b[0;7m"};

/* ---- characters ---- */

struct glyph {
    size_t len;    /* bytes of the line */
    int width;     /* columns */
    bool control;  /* shown by other characters, as ^X or ? */
    char shown[8]; /* terminated; empty for a tab */
};

static struct glyph glyph_at(const struct line *l, size_t at, size_t column)
{
    unsigned char byte = (unsigned char)l->bytes[at];
    struct glyph g = {.len = 1, .width = 1};
    if (byte == '\t') {
        g.width = TAB_WIDTH - (int)(column % TAB_WIDTH);
    } else if (byte < ' ' || byte == 0x7f) {
        g.control = true;
        g.width = 2;
        snprintf(g.shown, sizeof g.shown, "^%c", byte ^ 0x40);
    } else {
        wchar_t wide;
        int n = mbtowc(&wide, l->bytes + at, l->len - at);
        int width = n > 0 ? wcwidth(wide) : -1;
        g.control = width < 0;
        g.len = width < 0 ? 1 : (size_t)n;
        g.width = width < 0 ? 1 : width;
        memcpy(g.shown, width < 0 ? "?" : l->bytes + at, g.len);
    }
    return g;
}

size_t view_column(const struct line *l, size_t at)
{
    size_t column = 0;
    for (size_t i = 0; i < at && i < l->len;) {
        struct glyph g = glyph_at(l, i, column);
        column += (size_t)g.width;
        i += g.len;
    }
    return column;
}

size_t view_at(const struct line *l, size_t column)
{
    size_t at = 0, seen = 0;
    while (at < l->len) {
        struct glyph g = glyph_at(l, at, seen);
        if (seen + (size_t)g.width > column)
            break;
        seen += (size_t)g.width;
        at += g.len;
    }
    return at;
}

size_t view_page(const struct editor *e)
{
    return e->rows > STATUS_ROWS + 1 ? (size_t)(e->rows - STATUS_ROWS) : 1;
}

/* ---- how bytes look ---- */

/* Makes sure that it is known for the lines before `end` whether they begin in a comment; false
 * when memory is out. */
static bool learn_comments(struct editor *e, size_t end)
{
    struct document *d = &e->doc;
    if (d->text.count + 1 > e->in_comment_cap) {
        size_t cap = 2 * d->text.count + 64;
        bool *more = realloc(e->in_comment, cap * sizeof *more);
        if (!more)
            return false;
        e->in_comment = more;
        e->in_comment_cap = cap;
    }
    if (d->changed_from < e->in_comment_known)
        e->in_comment_known = d->changed_from;
    d->changed_from = SIZE_MAX;
    e->in_comment[0] = false;
    for (size_t i = e->in_comment_known; i < end && i < d->text.count; i++) {
        const struct line *l = &d->text.lines[i];
        unsigned char *styles = malloc(l->len + 1);
        if (!styles)
            return false;
        e->in_comment[i + 1] = syntax_line(e->syntax, l->bytes, l->len, e->in_comment[i], styles);
        free(styles);
        e->in_comment_known = i + 1;
    }
    return true;
}

static void mark(unsigned char *out, size_t from, size_t to, int look)
{
    memset(out + from, look, to - from);
}

static void mark_matches(const struct editor *e, const struct line *l, unsigned char *out)
{
    size_t at = 0;
    while (e->needle && line_find(l, e->needle, at, &at)) {
        mark(out, at, at + strlen(e->needle), LOOK_MATCH);
        at += strlen(e->needle);
    }
}

static void mark_selection(const struct editor *e, size_t number, unsigned char *out)
{
    struct place from, to;
    size_t len = e->doc.text.lines[number].len;
    if (command_selection(e, &from, &to) && number >= from.line && number <= to.line)
        mark(out, number == from.line ? from.at : 0, number == to.line ? to.at : len,
             LOOK_SELECTED);
}

/* The look of each byte of a line, from malloc; NULL when memory is out. */
static unsigned char *looks_of(const struct editor *e, size_t number)
{
    const struct line *l = &e->doc.text.lines[number];
    unsigned char *out = malloc(l->len + 1);
    if (!out)
        return NULL;
    syntax_line(e->syntax, l->bytes, l->len, e->in_comment[number], out);
    mark_matches(e, l, out);
    mark_selection(e, number, out);
    return out;
}

/* ---- drawing ---- */

static void put_look(int look, int *current)
{
    if (look != *current)
        terminal_print(looks[look]);
    *current = look;
}

static void put_blanks(size_t n)
{
    while (n--)
        terminal_put(" ", 1);
}

/* The part of a line from left_column on that fits. Of a character that is cut, blanks are seen. */
static void draw_line(const struct editor *e, size_t number)
{
    const struct line *l = &e->doc.text.lines[number];
    unsigned char *look = looks_of(e, number);
    size_t column = 0, left = e->left_column, right = left + (size_t)e->columns;
    int current = STYLE_PLAIN;
    for (size_t at = 0; look && at < l->len && column < right;) {
        struct glyph g = glyph_at(l, at, column);
        size_t end = column + (size_t)g.width;
        size_t from = column > left ? column : left, to = end < right ? end : right;
        bool whole = g.shown[0] && column >= left && end <= right;
        if (to > from || (whole && g.width == 0)) {
            put_look(g.control && look[at] < LOOK_MATCH ? LOOK_CONTROL : look[at], &current);
            if (whole)
                terminal_print(g.shown);
            else
                put_blanks(to - from);
        }
        column = end;
        at += g.len;
    }
    put_look(STYLE_PLAIN, &current);
    free(look);
}

static void scroll(struct editor *e)
{
    size_t page = view_page(e),
           column = view_column(&e->doc.text.lines[e->cursor.line], e->cursor.at);
    if (e->cursor.line < e->top_line)
        e->top_line = e->cursor.line;
    if (e->cursor.line >= e->top_line + page)
        e->top_line = e->cursor.line - page + 1;
    if (column < e->left_column)
        e->left_column = column;
    if (column >= e->left_column + (size_t)e->columns)
        e->left_column = column - (size_t)e->columns + 1;
}

static void draw_text(struct editor *e)
{
    size_t page = view_page(e);
    bool known = learn_comments(e, e->top_line + page);
    for (size_t row = 0; row < page; row++) {
        size_t number = e->top_line + row;
        terminal_move((int)row, 0);
        terminal_print("\x1b[0m\x1b[K");
        if (number < e->doc.text.count && known)
            draw_line(e, number);
        else if (number >= e->doc.text.count)
            terminal_print("\x1b[36m~");
    }
}

/* Cut to the width of the screen; filled up with blanks if `fill`. */
static void draw_words(const struct editor *e, const char *text, bool fill)
{
    struct line l = {.bytes = (char *)text, .len = strlen(text)};
    size_t end = view_at(&l, (size_t)e->columns);
    terminal_put(text, end);
    if (fill)
        put_blanks((size_t)e->columns - view_column(&l, end));
}

static void draw_status(const struct editor *e)
{
    char text[LINE_SHOWN_MAX];
    const struct text *t = &e->doc.text;
    snprintf(text, sizeof text, " %.300s%s  %zu:%zu of %zu  %s",
             e->doc.name ? e->doc.name : "(no name)", document_modified(&e->doc) ? " *" : "",
             e->cursor.line + 1, view_column(&t->lines[e->cursor.line], e->cursor.at) + 1, t->count,
             syntax_name(e->syntax));
    terminal_move((int)view_page(e), 0);
    terminal_print("\x1b[0;7m");
    draw_words(e, text, true);
    terminal_move((int)view_page(e) + 1, 0);
    terminal_print("\x1b[0m\x1b[K");
}

static void draw_all(struct editor *e)
{
    terminal_size(&e->rows, &e->columns);
    scroll(e);
    terminal_print("\x1b[?25l"); /* no cursor that jumps about */
    draw_text(e);
    draw_status(e);
}

static void finish_at(size_t row, size_t column)
{
    terminal_move((int)row, (int)column);
    terminal_print("\x1b[?25h");
    terminal_flush();
}

void view_draw(struct editor *e)
{
    draw_all(e);
    draw_words(e, e->message, false);
    finish_at(e->cursor.line - e->top_line,
              view_column(&e->doc.text.lines[e->cursor.line], e->cursor.at) - e->left_column);
}

void view_draw_prompt(struct editor *e, const char *question, const char *answer)
{
    char text[LINE_SHOWN_MAX];
    draw_all(e);
    snprintf(text, sizeof text, "%s%.400s", question, answer);
    draw_words(e, text, false);
    struct line l = {.bytes = text, .len = strlen(text)};
    size_t column = view_column(&l, l.len);
    finish_at(view_page(e) + 1, column < (size_t)e->columns ? column : (size_t)e->columns - 1);
}

void view_message(struct editor *e, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(e->message, sizeof e->message, format, arguments);
    va_end(arguments);
}
