/* Numbers in wide strings: what may belong to one is ASCII. */
#pragma once

#include <wchar.h>

enum { NARROW_SPACE = 128 };

struct narrow {
    const wchar_t *start; /* behind white space */
    char *text;           /* the same as bytes, as far as it can belong to a number */
    char space[NARROW_SPACE];
};

/* 0, or -1 with errno without memory. */
int __narrow_init(struct narrow *n, const wchar_t *s);
/* Frees it; stores in *end where the number ends that `s` began with and text up to `text_end` is.
 */
void __narrow_fini(struct narrow *n, const wchar_t *s, const char *text_end, wchar_t **end);
