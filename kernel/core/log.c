#include "kernel/core/log.h"

#include "base/format.h"
#include "base/string.h"
#include "kernel/core/spinlock.h"

enum {
    LOG_RING_BYTES = 32 * 1024,
    LOG_LINE_MAX = 512, /* longer lines are cut off */
};

enum log_level log_level = LOG_WARN;
void (*log_screen)(const char *text, size_t len);

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warning", [LOG_ERROR] = "error"};

static struct spinlock ring_lock; /* guards the ring, and keeps lines of several CPUs apart */
static char ring[LOG_RING_BYTES];
static uint64_t ring_written; /* bytes since boot; the newest LOG_RING_BYTES of them are there */

static void ring_append(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        ring[ring_written++ % LOG_RING_BYTES] = text[i];
}

/* "[    0.012345] warning: text\n" */
static size_t format_line(char *line, enum log_level level, const char *fmt, va_list ap)
{
    uint64_t us = arch_clock_ns() / NSEC_PER_USEC;
    size_t len;

    fmt_snprintf(line, LOG_LINE_MAX, "[%5llu.%06llu] ", (unsigned long long)(us / 1000000),
                 (unsigned long long)(us % 1000000));
    len = strlen(line);
    if (level >= LOG_WARN) {
        fmt_snprintf(line + len, LOG_LINE_MAX - len, "%s: ", level_names[level]);
        len += strlen(line + len);
    }
    fmt_vsnprintf(line + len, LOG_LINE_MAX - len, fmt, ap);
    len += strlen(line + len);
    if (len == LOG_LINE_MAX - 1)
        len--;
    line[len] = '\n';
    return len + 1;
}

void log_write(enum log_level level, const char *fmt, ...)
{
    char line[LOG_LINE_MAX];
    va_list ap;
    arch_irq_t irq;
    size_t len;

    assert(level <= LOG_ERROR);
    va_start(ap, fmt);
    len = format_line(line, level, fmt, ap);
    va_end(ap);
    irq = spin_lock(&ring_lock);
    ring_append(line, len);
    if (level >= log_level)
        arch_log_write(line, len);
    if (level >= LOG_WARN && log_screen)
        log_screen(line, len);
    spin_unlock(&ring_lock, irq);
}

/* Takes no lock: a panic may have stopped the CPU that held it. The worst is a garbled line. */
size_t log_tail(char *buf, size_t size)
{
    uint64_t end = ring_written, start;
    size_t len = 0;

    if (!size)
        return 0;
    start = end - min_u64(end, min_u64(size - 1, LOG_RING_BYTES));
    if (start) /* not from the beginning: skip to a whole line */
        while (start < end && ring[(start - 1) % LOG_RING_BYTES] != '\n')
            start++;
    for (; start < end; start++)
        buf[len++] = ring[start % LOG_RING_BYTES];
    buf[len] = 0;
    return len;
}
