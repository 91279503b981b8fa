#pragma once

#include "internal/lock.h"
#include <stddef.h>

/* Held while the list is read or changed. */
extern struct lock __environ_lock;

/* The slot in `environ` of the variable, or NULL. */
char **__environ_find(const char *name, size_t len);
