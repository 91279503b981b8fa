/* Questions on the last line of the screen. */
#include <stdlib.h>
#include <string.h>

#include "editor.h"

enum { ANSWER_MAX = 4096 };

static void erase_last(char *answer, size_t *len)
{
    struct line l = {.bytes = answer, .len = *len};
    *len = line_before(&l, *len);
    answer[*len] = 0;
}

static void append(char *answer, size_t *len, const struct key *k)
{
    if (*len + k->len >= ANSWER_MAX)
        return;
    memcpy(answer + *len, k->bytes, k->len);
    *len += k->len;
    answer[*len] = 0;
}

char *prompt_line(struct editor *e, const char *question, const char *initial, prompt_fn typed)
{
    char *answer = calloc(1, ANSWER_MAX);
    if (!answer)
        return NULL;
    strncat(answer, initial ? initial : "", ANSWER_MAX - 1);
    size_t len = strlen(answer);
    for (;;) {
        view_draw_prompt(e, question, answer);
        struct key k = terminal_key();
        bool given_up = k.code == KEY_ESCAPE || k.code == KEY_CLOSED || k.code == CTRL('c') ||
                        k.code == CTRL('q');
        if (k.code == KEY_BACKSPACE)
            erase_last(answer, &len);
        else if (k.code == KEY_TEXT)
            append(answer, &len, &k);
        if (typed)
            typed(e, answer, given_up ? KEY_ESCAPE : k.code);
        if (k.code == KEY_ENTER && len)
            return answer;
        if (given_up || k.code == KEY_ENTER) {
            free(answer);
            return NULL;
        }
    }
}

char prompt_choice(struct editor *e, const char *question, const char *letters)
{
    for (;;) {
        view_draw_prompt(e, question, "");
        struct key k = terminal_key();
        if (k.code == KEY_TEXT && strchr(letters, k.bytes[0]))
            return k.bytes[0];
        if (k.code == KEY_ESCAPE || k.code == KEY_CLOSED || k.code == CTRL('c'))
            return 0;
    }
}
