/* The C++ library's streams read through these. */
#pragma once

#include <stdio.h>

/* The characters that can be read without a call to the system, and how many of them; reads some if
 * there are none. NULL and 0 at the end or after an error. They stay where they are until the next
 * function that reads from f. */
char *__file_ahead(FILE *f, size_t *out_len);
/* n of these count as read. */
void __file_take(FILE *f, size_t n);
