/* What the keys do. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "editor.h"

const char command_help[] =
    "Ctrl-S save  Ctrl-Q quit  Ctrl-F find  Ctrl-G line  Ctrl-Z undo  Ctrl-Y redo  "
    "Ctrl-X/C/V cut, copy, paste  Shift-arrows select";

static struct line *line_of(struct editor *e)
{
    return &e->doc.text.lines[e->cursor.line];
}

/* ---- the cursor and the selection ---- */

bool command_selection(const struct editor *e, struct place *from, struct place *to)
{
    bool forward = place_compare(e->anchor, e->cursor) < 0;
    *from = forward ? e->anchor : e->cursor;
    *to = forward ? e->cursor : e->anchor;
    return e->selecting && place_compare(*from, *to) != 0;
}

static void move_to(struct editor *e, struct place p)
{
    e->cursor = p;
    e->column = view_column(line_of(e), p.at);
}

void command_go(struct editor *e, struct place p)
{
    e->selecting = false;
    move_to(e, p);
    document_seal(&e->doc);
}

static void move_lines(struct editor *e, bool down, size_t count)
{
    size_t last = e->doc.text.count - 1, line = e->cursor.line;
    e->cursor.line =
        down ? (last - line > count ? line + count : last) : (line > count ? line - count : 0);
    e->cursor.at = view_at(line_of(e), e->column);
}

static void move_right(struct editor *e)
{
    struct place p = e->cursor;
    if (p.at < line_of(e)->len)
        p.at = line_next(line_of(e), p.at);
    else if (p.line + 1 < e->doc.text.count)
        p = (struct place){p.line + 1, 0};
    move_to(e, p);
}

static void move_left(struct editor *e)
{
    struct place p = e->cursor;
    if (p.at > 0)
        p.at = line_before(line_of(e), p.at);
    else if (p.line > 0)
        p = (struct place){p.line - 1, e->doc.text.lines[p.line - 1].len};
    move_to(e, p);
}

static bool at_word(struct editor *e, size_t at)
{
    unsigned char c = at < line_of(e)->len ? (unsigned char)line_of(e)->bytes[at] : ' ';
    return isalnum(c) || c == '_' || c >= 0x80;
}

static void move_word_right(struct editor *e)
{
    move_right(e);
    while (e->cursor.at < line_of(e)->len &&
           !(at_word(e, e->cursor.at) && !at_word(e, e->cursor.at - 1)))
        move_right(e);
}

static void move_word_left(struct editor *e)
{
    move_left(e);
    while (e->cursor.at > 0 && !(at_word(e, e->cursor.at) && !at_word(e, e->cursor.at - 1)))
        move_left(e);
}

/* Home goes to the first letter, and from there to the line's beginning. */
static void move_home(struct editor *e)
{
    size_t at = 0;
    const struct line *l = line_of(e);
    while (at < l->len && (l->bytes[at] == ' ' || l->bytes[at] == '\t'))
        at++;
    move_to(e, (struct place){e->cursor.line, e->cursor.at == at ? 0 : at});
}

/* True if the key moves the cursor. */
static bool move(struct editor *e, struct key k)
{
    struct place end = text_end(&e->doc.text);
    if (k.code < KEY_UP || k.code > KEY_PAGE_DOWN)
        return false;
    if (k.shift && !e->selecting)
        e->anchor = e->cursor;
    e->selecting = k.shift;
    document_seal(&e->doc);
    if (k.code == KEY_UP || k.code == KEY_DOWN)
        move_lines(e, k.code == KEY_DOWN, 1);
    else if (k.code == KEY_PAGE_UP || k.code == KEY_PAGE_DOWN)
        move_lines(e, k.code == KEY_PAGE_DOWN, view_page(e));
    else if (k.code == KEY_RIGHT)
        k.control ? move_word_right(e) : move_right(e);
    else if (k.code == KEY_LEFT)
        k.control ? move_word_left(e) : move_left(e);
    else if (k.code == KEY_HOME)
        k.control ? move_to(e, (struct place){0, 0}) : move_home(e);
    else
        move_to(e, k.control ? end : (struct place){e->cursor.line, line_of(e)->len});
    return true;
}

/* ---- changes ---- */

static void report(struct editor *e, int error)
{
    if (error)
        view_message(e, "%s; nothing was changed", strerror(error));
}

static bool replace(struct editor *e, struct place from, struct place to, const char *bytes,
                    size_t len)
{
    struct place end;
    int error = document_replace(&e->doc, from, to, bytes, len, &end);
    report(e, error);
    if (error)
        return false;
    e->selecting = false;
    move_to(e, end);
    return true;
}

/* Puts bytes at the cursor, in the place of what is selected. */
static void insert(struct editor *e, const char *bytes, size_t len)
{
    struct place from, to;
    if (!command_selection(e, &from, &to))
        from = to = e->cursor;
    replace(e, from, to, bytes, len);
}

/* A new line begins as the one before it did, unless the text is pasted. */
static void insert_newline(struct editor *e)
{
    const struct line *l = line_of(e);
    size_t indent = 0;
    while (!e->pasting && indent < e->cursor.at &&
           (l->bytes[indent] == ' ' || l->bytes[indent] == '\t'))
        indent++;
    char *bytes = malloc(indent + 1);
    if (!bytes) {
        report(e, ENOMEM);
        return;
    }
    bytes[0] = '\n';
    if (indent)
        memcpy(bytes + 1, l->bytes, indent);
    insert(e, bytes, indent + 1);
    free(bytes);
}

/* Removes the selection, or what lies between the cursor and where `step` leads. */
static void erase(struct editor *e, void (*step)(struct editor *))
{
    struct place from, to;
    if (!command_selection(e, &from, &to)) {
        struct place start = e->cursor;
        step(e);
        bool forward = place_compare(start, e->cursor) < 0;
        from = forward ? start : e->cursor;
        to = forward ? e->cursor : start;
        move_to(e, start);
    }
    if (place_compare(from, to) != 0)
        replace(e, from, to, "", 0);
}

static void undo(struct editor *e)
{
    struct place p;
    int error = document_undo(&e->doc, &p);
    if (!error)
        command_go(e, p);
    else if (error == ENOENT)
        view_message(e, "There is nothing to undo");
    else
        report(e, error);
}

static void redo(struct editor *e)
{
    struct place p;
    int error = document_redo(&e->doc, &p);
    if (!error)
        command_go(e, p);
    else if (error == ENOENT)
        view_message(e, "There is nothing to do again");
    else
        report(e, error);
}

/* ---- the clipboard ---- */

/* What is selected, or else the whole line with its newline. */
static void clip_range(struct editor *e, struct place *from, struct place *to)
{
    e->clipboard_is_lines = !command_selection(e, from, to);
    if (!e->clipboard_is_lines)
        return;
    *from = (struct place){e->cursor.line, 0};
    *to = from->line + 1 < e->doc.text.count ? (struct place){from->line + 1, 0}
                                             : (struct place){from->line, line_of(e)->len};
}

static bool copy_range(struct editor *e, struct place from, struct place to)
{
    size_t len;
    char *copy = text_copy(&e->doc.text, from, to, &len);
    if (!copy) {
        report(e, ENOMEM);
        return false;
    }
    free(e->clipboard);
    e->clipboard = copy;
    e->clipboard_len = len;
    return true;
}

static void copy(struct editor *e)
{
    struct place from, to;
    clip_range(e, &from, &to);
    if (copy_range(e, from, to))
        view_message(e, "Copied");
}

static void cut(struct editor *e)
{
    struct place from, to;
    clip_range(e, &from, &to);
    if (copy_range(e, from, to) && place_compare(from, to) != 0)
        replace(e, from, to, "", 0);
}

static void paste(struct editor *e)
{
    if (!e->clipboard)
        return;
    document_seal(&e->doc);
    if (e->clipboard_is_lines && !e->selecting)
        e->cursor.at = 0;
    insert(e, e->clipboard, e->clipboard_len);
    document_seal(&e->doc);
}

static void select_all(struct editor *e)
{
    e->anchor = (struct place){0, 0};
    move_to(e, text_end(&e->doc.text));
    e->selecting = true;
}

/* ---- files, and the rest ---- */

static bool name_it(struct editor *e)
{
    char *name = prompt_line(e, "Save as: ", e->doc.name, NULL);
    int error = name ? document_rename(&e->doc, name) : ECANCELED;
    free(name);
    if (error)
        return false;
    e->syntax = syntax_for(e->doc.name);
    e->doc.changed_from = 0;
    return true;
}

static bool save(struct editor *e)
{
    if (!e->doc.name && !name_it(e)) {
        view_message(e, "Not saved");
        return false;
    }
    int error = document_save(&e->doc);
    if (error)
        view_message(e, "Not saved: %s: %s", e->doc.name, strerror(error));
    else
        view_message(e, "Saved %zu lines", e->doc.text.count);
    return !error;
}

static void save_it(struct editor *e)
{
    save(e);
}

static void quit(struct editor *e)
{
    char answer = 'n';
    if (document_modified(&e->doc))
        answer = prompt_choice(e, "Save the changes? (y, n, Esc: go on editing) ", "yn");
    e->finished = answer == 'n' || (answer == 'y' && save(e));
}

static void go_to_line(struct editor *e)
{
    char *answer = prompt_line(e, "Go to line: ", NULL, NULL), *end;
    unsigned long line = answer ? strtoul(answer, &end, 10) : 0;
    if (answer && (*end || line == 0))
        view_message(e, "\"%.100s\" is no line's number", answer);
    else if (answer)
        command_go(e,
                   (struct place){line <= e->doc.text.count ? line - 1 : e->doc.text.count - 1, 0});
    free(answer);
}

static void help(struct editor *e)
{
    e->selecting = false;
    view_message(e, "%s", command_help);
}

void command_key(struct editor *e, struct key k)
{
    static const struct {
        int code;
        void (*run)(struct editor *e);
    } commands[] = {{CTRL('s'), save_it},     {CTRL('q'), quit},       {CTRL('f'), search_ask},
                    {CTRL('n'), search_next}, {CTRL('g'), go_to_line}, {CTRL('z'), undo},
                    {CTRL('y'), redo},        {CTRL('x'), cut},        {CTRL('c'), copy},
                    {CTRL('v'), paste},       {CTRL('a'), select_all}, {KEY_ENTER, insert_newline},
                    {KEY_ESCAPE, help}};
    e->message[0] = 0;
    if (move(e, k))
        return;
    if (k.code == KEY_TEXT)
        insert(e, k.bytes, k.len);
    else if (k.code == KEY_TAB)
        insert(e, "\t", 1);
    else if (k.code == KEY_BACKSPACE)
        erase(e, move_left);
    else if (k.code == KEY_DELETE)
        erase(e, move_right);
    else if (k.code == KEY_PASTE_BEGIN || k.code == KEY_PASTE_END)
        e->pasting = k.code == KEY_PASTE_BEGIN;
    else if (k.code == KEY_CLOSED)
        e->finished = true;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i].code == k.code)
            commands[i].run(e);
}
