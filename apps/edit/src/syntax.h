/* Which bytes of a line are what, by simple rules: good enough to read by, not a parser. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum style { STYLE_PLAIN, STYLE_COMMENT, STYLE_STRING, STYLE_NUMBER, STYLE_KEYWORD, STYLE_TYPE };

struct syntax;

/* The rules for a file of this name; NULL if there are none. */
const struct syntax *syntax_for(const char *name);
const char *syntax_name(const struct syntax *s);

/* Gives each byte its style; inside: the line begins in a comment over several lines. Returns
 * whether the next line does. */
bool syntax_line(const struct syntax *s, const char *bytes, size_t len, bool inside,
                 unsigned char *out_styles);
