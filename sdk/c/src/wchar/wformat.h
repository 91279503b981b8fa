#pragma once

#include "stdio/sink.h"
#include <wchar.h>

/* As __format, with wide characters counted; the sink gets UTF-8, whole characters at a time. */
int __format_wide(struct sink *s, const wchar_t *format, va_list args);
