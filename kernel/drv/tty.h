/* The terminal: one session on serial line, screen and keyboard together. /dev/console, /dev/tty,
 * /dev/serial0. */
#pragma once

#include "base/base.h"

/* After screen_init. interrupt_kind: the trap that Ctrl-C means (enum wasm_trap). Starts the thread
 * that echoes. */
void tty_init(int interrupt_kind);
/* The size of the terminal behind the serial line, which cannot be asked; it counts where there is
 * no screen. Without it: 80 columns, 24 rows. */
void tty_size_set(unsigned columns, unsigned rows);
/* Bytes from the serial line, the host's terminal or the keyboard (UTF-8, control sequences).
 * Interrupt context. */
void tty_input(const char *bytes, size_t len);
/* Bytes that tty_input takes without losing any. Any context. */
size_t tty_room(void);
