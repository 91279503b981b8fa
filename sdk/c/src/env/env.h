#pragma once

#include <stddef.h>

/* The slot in `environ` of the variable, or NULL. */
char **__environ_find(const char *name, size_t len);
