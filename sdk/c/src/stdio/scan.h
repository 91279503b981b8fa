#pragma once

#include "internal/float_scan.h"
#include <stdarg.h>

/* scanf: the number of stored items, or EOF. */
int __scan(struct char_source *s, const char *format, va_list args);
