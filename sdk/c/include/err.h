/* Messages on standard error: "program: text: reason". The x forms give no reason. */
#pragma once

#include <bits/decls.h>
#include <stdarg.h>

__BEGIN_DECLS
__NORETURN void err(int status, const char *format, ...) __PRINTF_LIKE(2, 3);
__NORETURN void errx(int status, const char *format, ...) __PRINTF_LIKE(2, 3);
__NORETURN void verr(int status, const char *format, va_list args) __PRINTF_LIKE(2, 0);
__NORETURN void verrx(int status, const char *format, va_list args) __PRINTF_LIKE(2, 0);
void warn(const char *format, ...) __PRINTF_LIKE(1, 2);
void warnx(const char *format, ...) __PRINTF_LIKE(1, 2);
void vwarn(const char *format, va_list args) __PRINTF_LIKE(1, 0);
void vwarnx(const char *format, va_list args) __PRINTF_LIKE(1, 0);
__END_DECLS
