/* What every header of the C library needs from the compiler. */
#pragma once

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS   }
#define __NORETURN    [[noreturn]]
#else
#define __BEGIN_DECLS
#define __END_DECLS
#define __NORETURN _Noreturn
#endif

/* What POSIX, BSD and GNU add to C's own headers. `-std=c17` alone hides it, so that programs may
 * use the names themselves; any of the usual feature macros shows it. C++ always sees it. */
#if !defined __STRICT_ANSI__ || defined __cplusplus || defined _POSIX_SOURCE ||                    \
    defined _POSIX_C_SOURCE || defined _XOPEN_SOURCE || defined _GNU_SOURCE ||                     \
    defined _BSD_SOURCE || defined _DEFAULT_SOURCE
#define __MORE_THAN_C 1
#else
#define __MORE_THAN_C 0
#endif

#define __PRINTF_LIKE(format_index, first)                                                         \
    __attribute__((__format__(__printf__, format_index, first)))
#define __SCANF_LIKE(format_index, first)                                                          \
    __attribute__((__format__(__scanf__, format_index, first)))
