/* What every file of the project may count on: fixed-width types, a few macros, assertions. */
#pragma once

#include <limits.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/errno.h"

#define ARRAY_LEN(a)          (sizeof(a) / sizeof((a)[0]))
#define MUSTUSE               __attribute__((warn_unused_result))
#define NORETURN              __attribute__((noreturn))
#define UNUSED                __attribute__((unused))
#define PRINTF_LIKE(fmt, va)  __attribute__((format(printf, fmt, va)))
#define LIKELY(x)             __builtin_expect(!!(x), 1)
#define UNLIKELY(x)           __builtin_expect(!!(x), 0)
#define CONTAINER_OF(p, T, f) ((T *)((char *)(p) - offsetof(T, f)))

#define KIB (1024ull)
#define MIB (1024ull * KIB)
#define GIB (1024ull * MIB)

#define NSEC_PER_USEC 1000ull
#define NSEC_PER_MSEC 1000000ull
#define NSEC_PER_SEC  1000000000ull

static inline uint64_t align_up(uint64_t x, uint64_t a)
{
    return (x + a - 1) & ~(a - 1);
}
static inline uint64_t align_down(uint64_t x, uint64_t a)
{
    return x & ~(a - 1);
}
static inline uint64_t min_u64(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}
static inline uint64_t max_u64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Ends the program (hosted tools) or panics (kernel); whoever links base defines it. */
NORETURN void base_assert_fail(const char *expr, const char *file, int line);

#define assert(e) ((e) ? (void)0 : base_assert_fail(#e, __FILE__, __LINE__))

/* dassert: for hot paths; on in sanitizer and test builds only. */
#ifdef WASMOS_DEBUG
#define DEBUG_BUILD 1
#define dassert(e)  assert(e)
#else
#define DEBUG_BUILD 0
#define dassert(e)  ((void)sizeof(e))
#endif
