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

#define __PRINTF_LIKE(format_index, first)                                                         \
    __attribute__((__format__(__printf__, format_index, first)))
#define __SCANF_LIKE(format_index, first)                                                          \
    __attribute__((__format__(__scanf__, format_index, first)))
