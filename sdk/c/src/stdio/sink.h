/* Where formatted output goes. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct sink {
    void (*write)(struct sink *s, const char *from, size_t n);
    uint64_t count; /* characters so far, also those that found no room */
    int failed;     /* an errno value, or 0 */
    char *next;     /* strings: where the next character goes */
    size_t room;    /* strings: characters that still fit */
    void *stream;
};

enum spec_flags {
    SPEC_LEFT = 1,  /* '-' */
    SPEC_PLUS = 2,  /* '+' */
    SPEC_SPACE = 4, /* ' ' */
    SPEC_ALT = 8,   /* '#' */
    SPEC_ZERO = 16  /* '0' */
};

/* One conversion specification. */
struct spec {
    unsigned flags;
    int width;
    int precision; /* -1: none given */
    char length;   /* 0, 'H' (hh), 'h', 'l', 'q' (ll), 'j', 'z', 't', 'L' */
    char conversion;
};

void __sink_write(struct sink *s, const char *from, size_t n);

/* `n` times the character c, a space or a zero. */
void __sink_fill(struct sink *s, char c, long n);
/* Formats into the sink; the number of characters or -1 with errno. */
int __format(struct sink *s, const char *format, va_list args);
