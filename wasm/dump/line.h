/* A line of a dump, put together piece by piece; what does not fit is cut off. */
#pragma once

#include "base/format.h"

enum { DUMP_LINE_MAX = 400 };

typedef void (*dump_say_fn)(const char *line);

struct dump_line {
    char text[DUMP_LINE_MAX];
    size_t len;
};

void dump_put(struct dump_line *l, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Hands the line on and begins the next. */
void dump_end(struct dump_line *l, dump_say_fn say);
/* A line at once. */
void dump_say(dump_say_fn say, const char *fmt, ...) PRINTF_LIKE(2, 3);
