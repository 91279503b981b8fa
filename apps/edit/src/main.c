/* edit: a text editor for the terminal. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "editor.h"

static int usage(void)
{
    fputs("Usage: edit [FILE]\n", stderr);
    fprintf(stderr, "%s\n", command_help);
    return 2;
}

static void run(struct editor *e)
{
    view_message(e, "%s", command_help);
    while (!e->finished) {
        if (!terminal_key_waits()) /* what was pasted is shown at its end */
            view_draw(e);
        command_key(e, terminal_key());
    }
}

int main(int argc, char **argv)
{
    struct editor e = {0};
    if (argc > 2 || (argc == 2 && argv[1][0] == '-'))
        return usage();
    setlocale(LC_ALL, "C.UTF-8");
    int error = document_open(&e.doc, argc == 2 ? argv[1] : NULL);
    if (error) {
        fprintf(stderr, "edit: %s: %s\n", argc == 2 ? argv[1] : "no file", strerror(error));
        return 1;
    }
    e.syntax = syntax_for(e.doc.name);
    error = terminal_open();
    if (error)
        fprintf(stderr, "edit: %s\n", error == ENOTTY ? "this needs a terminal" : strerror(error));
    else {
        run(&e);
        terminal_close();
    }
    document_close(&e.doc);
    free(e.in_comment);
    free(e.clipboard);
    free(e.needle);
    return error ? 1 : 0;
}
