#pragma once

#include <bits/decls.h>

__BEGIN_DECLS
/* Both may change `path` and return a part of it, or a constant string. */
char *basename(char *path);
char *dirname(char *path);
__END_DECLS
