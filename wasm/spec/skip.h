/* The list of script commands that are left out, each with a reason. */
#pragma once

#include "base/base.h"

/* Text of the list, NUL-terminated; one entry a line: the end of a script's path, `:` and the line
 * in the script (or neither: the whole script), then the reason. `#` begins a comment line. `list`
 * may be NULL. */
bool spec_is_skipped(const char *list, const char *path, const char *line);
