/* C's limits are the compiler's; POSIX's are here. */
#pragma once

#include <bits/decls.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-include-next"
#include_next <limits.h>
#pragma clang diagnostic pop

#if __MORE_THAN_C
#define SSIZE_MAX            LONG_MAX
#define LONG_BIT             32
#define WORD_BIT             32
#define PATH_MAX             4096
#define NAME_MAX             255
#define PIPE_BUF             4096
#define IOV_MAX              1024
#define ARG_MAX              131072
#define HOST_NAME_MAX        255
#define LOGIN_NAME_MAX       256
#define TTY_NAME_MAX         32
#define LINE_MAX             2048
#define SYMLOOP_MAX          40
#define RE_DUP_MAX           255
#define NL_ARGMAX            9
#define _POSIX_ARG_MAX       4096
#define _POSIX_OPEN_MAX      20
#define _POSIX_NAME_MAX      14
#define _POSIX_PATH_MAX      256
#define _POSIX_PIPE_BUF      512
#define _POSIX_HOST_NAME_MAX 255
#define _POSIX2_LINE_MAX     2048
#define PAGESIZE             65536
#define PAGE_SIZE            PAGESIZE
#define NGROUPS_MAX          32
#define NZERO                20

#define PTHREAD_THREADS_MAX           129 /* the first among them */
#define PTHREAD_STACK_MIN             2048
#define PTHREAD_KEYS_MAX              128
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#define SEM_VALUE_MAX                 INT_MAX
#endif
