/* Reading floating-point numbers: from strings for strtod, from streams for scanf. */
#pragma once

#include "internal/binary_float.h"
#include <stdio.h>

/* Characters to read: a stream, or a string if `stream` is NULL. At most `left` of them. What reads
 * streams comes as pointers, so that strtod does not bring stdio along. */
struct char_source {
    const unsigned char *string;
    FILE *stream;
    int one_way; /* scanf's rule: only the last character is given back, so "10e" is no number;
                    strtod goes back to what is one */
    int (*get)(FILE *);
    int (*unget)(int, FILE *);
    long long left;
    long long taken;
};

/* The next character or EOF. */
int __source_get(struct char_source *s);
/* Takes back the character that __source_get returned last (EOF: does nothing). */
void __source_unget(struct char_source *s, int c);

enum scan_result { SCAN_OK, SCAN_NONE, SCAN_RANGE };

/* Reads a number with `bits` of precision whose mantissa never goes below 2^least_exponent (53,
 * -1074 for double); without leading white space. SCAN_NONE: no number (nothing counts as read
 * then, unless one_way), SCAN_RANGE: too large (out is infinite) or too small (out is rounded).
 * out's mantissa has at most `bits` bits. */
enum scan_result __float_scan(struct char_source *s, int bits, int least_exponent,
                              int largest_exponent, struct binary_float *out);

/* bits, least_exponent, largest_exponent of the types */
#define FLOAT_SCAN_FLOAT  24, -149, 128
#define FLOAT_SCAN_DOUBLE 53, -1074, 1024
#define FLOAT_SCAN_QUAD   113, -16494, 16384
