/* The terminal: keys in, pictures out. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What a key is. KEY_TEXT comes with the bytes of one character; a letter with Ctrl is
 * CTRL('letter'). */
enum {
    KEY_TEXT = 0x100,
    KEY_ESCAPE,
    KEY_ENTER,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_UP,
    KEY_DOWN,
    KEY_RIGHT,
    KEY_LEFT,
    KEY_HOME,
    KEY_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_PASTE_BEGIN, /* what follows is pasted, not typed */
    KEY_PASTE_END,
    KEY_CLOSED, /* no more input will come */
    KEY_UNKNOWN,
};
#define CTRL(letter) ((letter) & 0x1f)

struct key {
    int code;
    bool shift, control; /* with KEY_UP to KEY_PAGE_DOWN */
    char bytes[8];       /* KEY_TEXT */
    size_t len;
};

int terminal_open(void); /* 0, or an errno: ENOTTY if input or output is none */
void terminal_close(void);
void terminal_size(int *out_rows, int *out_columns);
struct key terminal_key(void); /* waits for one */
bool terminal_key_waits(void); /* there is one already */

/* Output is gathered, and shown by terminal_flush in one piece. */
void terminal_put(const char *bytes, size_t len);
void terminal_print(const char *text);
void terminal_move(int row, int column); /* from 0 */
void terminal_flush(void);
