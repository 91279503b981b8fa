/* A text as an array of lines. Lines are bytes, mostly UTF-8, without their newlines; a text that
 * ends with a newline has an empty last line, so what is joined again is what was taken apart. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct line {
    char *bytes; /* NULL while cap is 0 */
    size_t len, cap;
};

struct text {
    struct line *lines; /* at least one */
    size_t count, cap;
};

/* A place between two bytes of a line. */
struct place {
    size_t line, at;
};

bool text_init(struct text *t); /* false: out of memory */
void text_fini(struct text *t);

int place_compare(struct place a, struct place b); /* below, equal to or above 0 */
struct place text_end(const struct text *t);

/* Inserts bytes, newlines among them; *end is then the place behind them. False when memory is out:
 * then nothing has changed. */
bool text_insert(struct text *t, struct place p, const char *bytes, size_t len, struct place *end);
/* Removes what lies between two places, from <= to. False when memory is out: nothing has changed.
 */
bool text_remove(struct text *t, struct place from, struct place to);
/* What lies between two places, newlines included, from malloc; NULL when memory is out. */
char *text_copy(const struct text *t, struct place from, struct place to, size_t *out_len);

/* The next character of a line, and the one before: whole UTF-8 sequences. */
size_t line_next(const struct line *l, size_t at);
size_t line_before(const struct line *l, size_t at);

/* The place of the first `needle` (within one line) at or after `from`, or the last one before it;
 * goes on at the other end of the text. Letters match capitals unless the needle has a capital. */
bool text_find(const struct text *t, const char *needle, struct place from, struct place *out);
bool text_find_before(const struct text *t, const char *needle, struct place from,
                      struct place *out);
/* The first one in a line from `at` on; false if there is none. */
bool line_find(const struct line *l, const char *needle, size_t at, size_t *out_at);
