/* Wide characters are code points. */
#pragma once

#include <bits/decls.h>
#include <bits/wint.h>
#include <stddef.h>

__BEGIN_DECLS

#if __MORE_THAN_C
/* Columns on a terminal: 0, 1 or 2; -1 for what cannot be shown. */
int wcwidth(wchar_t c);
int wcswidth(const wchar_t *s, size_t n);
#endif

__END_DECLS
