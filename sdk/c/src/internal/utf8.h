#pragma once

#include <stddef.h>

/* Length of the character at `s` (at most n bytes), 0 for NUL, -1 for bytes that are no UTF-8. */
int __utf8_decode(const char *s, size_t n, wchar_t *out);
/* Stores 1 to 4 bytes and returns how many; -1 for what is no character. */
int __utf8_encode(char *to, wchar_t c);
