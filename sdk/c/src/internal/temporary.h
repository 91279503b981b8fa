/* Names nobody else uses. */
#pragma once

#include <stddef.h>

enum { TEMPORARY_LETTERS = 6, TEMPORARY_ATTEMPTS = 100 };

/* The six X that `template` has in front of its last `suffix` characters; NULL with EINVAL. */
char *__temporary_letters(char *template, int suffix);
/* Stores random letters; -1 with errno without random numbers. */
int __temporary_fill(char letters[TEMPORARY_LETTERS]);
