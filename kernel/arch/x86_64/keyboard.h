/* PS/2 keyboard: scan code set 1 (as the controller translates it) to characters and CSI sequences,
 * US layout. */
#pragma once

#include "base/base.h"

#define KEYBOARD_TEXT_MAX 8

struct keyboard {
    bool shift_left, shift_right, ctrl_left, ctrl_right, alt_left, alt_right, caps, num;
    bool extended; /* 0xe0 seen */
    uint8_t skip;  /* bytes of a 0xe1 sequence still to come */
};

/* Feeds one byte; writes what the key sends (0 … KEYBOARD_TEXT_MAX bytes) and returns its length.
 */
size_t keyboard_feed(struct keyboard *k, uint8_t code, char text[KEYBOARD_TEXT_MAX]);

/* The controller: sets it up and takes its interrupts. Without one nothing happens. */
void keyboard_init(void);
