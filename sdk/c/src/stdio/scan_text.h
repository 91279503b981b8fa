/* Where %c, %s and %[ store: bytes or (l) wide characters, in the caller's array or (m) a new one.
 */
#pragma once

#include <stddef.h>
#include <wchar.h>

struct scan_text {
    char *at; /* of the next byte or character; NULL: it is read and thrown away */
    int wide;
    mbstate_t state;
    char **out; /* m: where the array's address goes, else NULL */
    char *start;
    size_t capacity;
};

/* `to`: the caller's argument, NULL to throw away. 0, or -1 without memory. */
int __scan_text_init(struct scan_text *t, void *to, int wide, int allocate);
/* 0, or -1 with errno: no memory, or no UTF-8. */
int __scan_text_put(struct scan_text *t, int byte);
/* Ends it: with a NUL if `terminated`; `matched` 0 frees what was allocated. 0, or -1 with errno.
 */
int __scan_text_fini(struct scan_text *t, int terminated, int matched);
