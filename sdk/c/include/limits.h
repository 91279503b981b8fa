/* C's limits are the compiler's; POSIX's are here. */
#pragma once

#include_next <limits.h>

#define SSIZE_MAX LONG_MAX
#define PATH_MAX  4096
#define NAME_MAX  255
#define PIPE_BUF  4096
#define IOV_MAX   1024
