/* C's limits are the compiler's; POSIX's are here. */
#pragma once

#include_next <limits.h>

#define SSIZE_MAX LONG_MAX
#define PATH_MAX  4096
#define NAME_MAX  255
#define PIPE_BUF  4096
#define IOV_MAX   1024

#define PTHREAD_THREADS_MAX           129 /* the first among them */
#define PTHREAD_STACK_MIN             2048
#define PTHREAD_KEYS_MAX              128
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#define SEM_VALUE_MAX                 INT_MAX
