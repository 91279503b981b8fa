#pragma once

#include <stddef.h>

/* Splits a command line into argv[0 …] and NULL, one block to be freed. Words are separated by
 * spaces; '…', "…" and \ quote as in a shell. NULL with errno: ENOMEM, EINVAL (open quote). */
char **__command_split(const char *line, size_t *out_count);
