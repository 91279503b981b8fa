/* The editor's state, and who does what with it: view.c shows it, commands.c changes it, prompt.c
 * and search.c ask on the last line of the screen. */
#pragma once

#include "document.h"
#include "syntax.h"
#include "terminal.h"

struct editor {
    struct document doc;
    const struct syntax *syntax; /* NULL: plain text */

    struct place cursor, anchor; /* the selection lies between them */
    bool selecting;
    size_t column; /* where the cursor wants to be when it moves up and down */

    int rows, columns;                       /* of the screen */
    size_t top_line, left_column;            /* what is at its upper left */
    bool *in_comment;                        /* lines that begin in a comment … */
    size_t in_comment_cap, in_comment_known; /* … as far as that is known */

    char *clipboard, *needle; /* from malloc, or NULL */
    size_t clipboard_len;
    bool clipboard_is_lines; /* whole lines, taken without a selection */
    bool pasting, finished;
    char message[256];
};

/* ---- view.c ---- */

void view_draw(struct editor *e);
/* The same with a prompt instead of the message, and the cursor in it. */
void view_draw_prompt(struct editor *e, const char *question, const char *answer);
void view_message(struct editor *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Columns on the screen, counted from 0: where a byte of a line is to be seen, and which is there.
 */
size_t view_column(const struct line *l, size_t at);
size_t view_at(const struct line *l, size_t column);
size_t view_page(const struct editor *e); /* lines of text on the screen */

/* ---- prompt.c ---- */

/* Asks for a line; from malloc, or NULL if the user gave up. `typed`, if given, is called after
 * each key with the answer so far. */
typedef void (*prompt_fn)(struct editor *e, const char *answer, int key);
char *prompt_line(struct editor *e, const char *question, const char *initial, prompt_fn typed);
/* Asks for one of some letters; 0 if the user gave up. */
char prompt_choice(struct editor *e, const char *question, const char *letters);

/* ---- search.c ---- */

void search_ask(struct editor *e);
void search_next(struct editor *e);

/* ---- commands.c ---- */

/* The two ends of the selection in order; false if nothing is selected. */
bool command_selection(const struct editor *e, struct place *from, struct place *to);
void command_go(struct editor *e, struct place p); /* moves the cursor, keeps no selection */
/* Does what a key means. */
void command_key(struct editor *e, struct key k);
extern const char command_help[]; /* one line about the keys */
