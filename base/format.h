/* Formatted text without a C library: %d %i %u %x %X %o %c %s %p %% with flags `-0+ #`, width,
 * precision (also `*`) and the lengths hh h l ll z t j. No floating point: the kernel has none. */
#pragma once

#include "base/base.h"

/* Writes at most size bytes including the final NUL; returns the length that the whole text has. */
int fmt_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap);
int fmt_snprintf(char *buf, size_t size, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Receives the text in pieces. */
typedef void (*fmt_sink_fn)(void *arg, const char *text, size_t len);
int fmt_vformat(fmt_sink_fn sink, void *arg, const char *fmt, va_list ap);
