/* Searching while one types. */
#include <stdlib.h>
#include <string.h>

#include "editor.h"

static struct place origin; /* where the cursor was when the search began */

static void set_needle(struct editor *e, const char *needle)
{
    free(e->needle);
    e->needle = needle && *needle ? strdup(needle) : NULL;
}

/* Up and Down go to the neighbours; whatever is typed starts again from the origin. */
static void search_typed(struct editor *e, const char *answer, int key)
{
    struct place from = origin, found;
    set_needle(e, answer);
    if (key == KEY_ESCAPE || !e->needle) {
        command_go(e, origin);
        return;
    }
    if (key == KEY_UP || key == KEY_DOWN || key == KEY_ENTER)
        from = e->cursor;
    if (key == KEY_DOWN)
        from.at = line_next(&e->doc.text.lines[from.line], from.at);
    bool any = key == KEY_UP ? text_find_before(&e->doc.text, e->needle, from, &found)
                             : text_find(&e->doc.text, e->needle, from, &found);
    command_go(e, any ? found : origin);
}

void search_ask(struct editor *e)
{
    char *before = e->needle ? strdup(e->needle) : NULL;
    origin = e->cursor;
    char *answer = prompt_line(e, "Find (Up, Down: others; Esc: back): ", NULL, search_typed);
    struct place found;
    if (!answer)
        set_needle(e, before);
    else if (!text_find(&e->doc.text, answer, e->cursor, &found))
        view_message(e, "\"%.100s\" is not in this text", answer);
    free(answer);
    free(before);
}

void search_next(struct editor *e)
{
    struct place from = e->cursor, found;
    from.at = line_next(&e->doc.text.lines[from.line], from.at);
    if (!e->needle)
        search_ask(e);
    else if (text_find(&e->doc.text, e->needle, from, &found))
        command_go(e, found);
    else
        view_message(e, "\"%.100s\" is not in this text", e->needle);
}
