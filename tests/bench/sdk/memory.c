/* Copying and searching memory and strings. The functions are called through pointers, so that all
 * of them are the library's. */
#include <stdlib.h>
#include <string.h>

#include "tests/bench/sdk/measure.h"

enum { BIG = 1 << 20 };

static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
static void *(*volatile move)(void *, const void *, size_t) = memmove;
static void *(*volatile set)(void *, int, size_t) = memset;
static int (*volatile compare)(const void *, const void *, size_t) = memcmp;
static void *(*volatile find)(const void *, int, size_t) = memchr;
static size_t (*volatile length)(const char *) = strlen;
static int (*volatile string_compare)(const char *, const char *) = strcmp;
static char *(*volatile string_find)(const char *, int) = strchr;
static char *(*volatile string_search)(const char *, const char *) = strstr;

static char *from, *to;

#define SIZED(name, call, bytes)                                                                   \
    static void name##_##bytes(int count)                                                          \
    {                                                                                              \
        for (int i = 0; i < count; i++) {                                                          \
            size_t n = bytes;                                                                      \
            measure_sink = (uintptr_t)(call);                                                      \
        }                                                                                          \
    }

SIZED(copies, copy(to + (i & 7), from + (i & 3), n - (size_t)(i & 3)), 16)
SIZED(copies, copy(to + (i & 7), from + (i & 3), n - (size_t)(i & 3)), 100)
SIZED(copies, copy(to, from, n), 4096)
SIZED(copies, copy(to, from, n), 1000000)
SIZED(moves, move(from + 1, from, n), 1000)
SIZED(sets, set(to, i, n), 100)
SIZED(sets, set(to, i, n), 4096)
SIZED(compares, compare(to, from, n), 1000)
SIZED(finds, find(from, 'y', n), 1000)
SIZED(lengths, length(from + BIG - 1 - n), 12)
SIZED(lengths, length(from + BIG - 1 - n), 1000)
SIZED(string_compares, string_compare(from + BIG - 1 - n, to + BIG - 1 - n), 1000)
SIZED(string_finds, string_find(from + BIG - 1 - n, 'y'), 1000)
SIZED(string_searches, string_search(from + BIG - 1 - n, "xxy"), 1000)

int main(void)
{
    from = malloc(BIG);
    to = malloc(BIG);
    memset(from, 'x', BIG - 1);
    memset(to, 'x', BIG - 1);
    from[BIG - 1] = to[BIG - 1] = '\0';
    measure("memcpy: 13 to 16 bytes", copies_16, 1000000);
    measure("memcpy: 97 to 100 bytes", copies_100, 1000000);
    measure("memcpy: 4 KiB", copies_4096, 100000);
    measure("memcpy: 1 MB", copies_1000000, 200);
    measure("memmove: 1000 bytes, by 1", moves_1000, 200000);
    memset(from, 'x', BIG - 1);
    measure("memset: 100 bytes", sets_100, 1000000);
    measure("memset: 4 KiB", sets_4096, 100000);
    memset(to, 'x', BIG - 1);
    measure("memcmp: 1000 equal bytes", compares_1000, 100000);
    measure("memchr: 1000 bytes", finds_1000, 100000);
    measure("strlen: 12 characters", lengths_12, 1000000);
    measure("strlen: 1000 characters", lengths_1000, 100000);
    measure("strcmp: 1000 equal characters", string_compares_1000, 50000);
    measure("strchr: 1000 characters", string_finds_1000, 100000);
    measure("strstr: 1000 characters", string_searches_1000, 20000);
    return 0;
}
