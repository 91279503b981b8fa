/* The kernel's log: levels, timestamps, a ring of the last lines. Never mixed with program output:
 * lines go to the ring and to arch_log_write (the serial line; standard error of the host port);
 * warnings and worse also to the screen. */
#pragma once

#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_write(enum log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
/* Lines below this level stay in the ring; default LOG_WARN, boot parameter `log=`. */
extern enum log_level log_level;
/* Writes warnings and panics to the screen without taking locks; NULL until there is one. Set by
 * main.c. */
extern void (*log_screen)(const char *text, size_t len);

/* The newest text of the ring (at most `size` - 1 bytes, whole lines), for panics and /dev/kmsg. */
size_t log_tail(char *buf, size_t size);

/* Prints message, registers, backtrace and the last log lines on serial and screen; stops the
 * machine. */
struct arch_regs;
NORETURN void panic(const char *fmt, ...) PRINTF_LIKE(1, 2);
NORETURN void panic_regs(const struct arch_regs *regs, const char *fmt, ...) PRINTF_LIKE(2, 3);
