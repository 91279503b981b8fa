/* Shell patterns: *, ?, [a-z], [!abc], [[:alpha:]], \x. Characters are UTF-8. Time grows with the
 * product of both lengths at worst. */
#pragma once

#include <bits/decls.h>

#define FNM_NOMATCH     1
#define FNM_NOESCAPE    1 /* a backslash is an ordinary character */
#define FNM_PATHNAME    2 /* only a slash matches a slash */
#define FNM_PERIOD      4 /* only a period matches a leading period */
#define FNM_LEADING_DIR 8 /* what follows behind a slash of the string does not count */
#define FNM_CASEFOLD    16
#define FNM_FILE_NAME   FNM_PATHNAME

__BEGIN_DECLS
int fnmatch(const char *pattern, const char *string, int flags);
__END_DECLS
