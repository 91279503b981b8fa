/* Line discipline: turns keys into what programs read. Pure code, not locked.
 *
 * Cooked: a line can be edited (backspace, ^U, ^W) until its end (Enter, or ^D without one) and is
 * echoed. Raw: every byte at once, as it is. */
#pragma once

#include "base/base.h"

enum linedisc_mode { LINEDISC_COOKED, LINEDISC_RAW };

enum { LINEDISC_LINE_MAX = 1024, LINEDISC_RING = 8192, LINEDISC_ECHO_MAX = 16 };

struct linedisc {
    uint16_t ring[LINEDISC_RING]; /* bytes that are ready, and marks where ^D was */
    unsigned head, count;
    char line[LINEDISC_LINE_MAX]; /* being edited */
    unsigned line_len;
    uint8_t escape; /* inside a key's control sequence, which cooked mode drops */
};

/* What one key has led to. */
struct linedisc_result {
    bool interrupt;               /* ^C */
    bool ready;                   /* there is something to read */
    char echo[LINEDISC_ECHO_MAX]; /* to be shown */
    unsigned echo_len;
    unsigned erase; /* instead: so many columns to erase before the cursor */
};

void linedisc_key(struct linedisc *d, enum linedisc_mode mode, char key,
                  struct linedisc_result *out);
/* Takes at most `size` bytes, at most one line in cooked mode. 0: an end of file (if
 * linedisc_ready), or nothing. */
size_t linedisc_read(struct linedisc *d, enum linedisc_mode mode, char *buf, size_t size);
bool linedisc_ready(const struct linedisc *d, enum linedisc_mode mode);
/* Keys that fit. */
unsigned linedisc_room(const struct linedisc *d);
