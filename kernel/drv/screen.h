/* The picture of the console: a terminal emulator (vt.h) and a thread that draws what changed in
 * it, at most 60 times a second, to VGA text cells or to pixels. */
#pragma once

#include "base/base.h"

/* Finds the screen and starts the thread; without a screen everything below does nothing. */
void screen_init(void);
/* Size in characters; false: there is no screen. */
bool screen_size(unsigned *out_columns, unsigned *out_rows);
/* Bytes for the terminal emulator. Any thread. */
void screen_write(const char *bytes, size_t len);
/* Scroll-back by half screens: +1 back, -1 towards the present. Any context: done by the thread. */
void screen_scroll(int halves);
/* For warnings and panics: draws at once, without locks, over what is there. Any context. */
void screen_emergency_write(const char *text, size_t len);
