/* Random and absurd arguments for fuzz-calls.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    PAGE = 64 * 1024,
    ARENA_PAGES = 4,
    GUARD_BYTES = 64 * 1024,
    LOW_BYTES = 64,
    WORK_FD = 3, /* the folder; never closed, with all rights */
    ERRNO_MAX = 76,
    ARGS_MAX = 12,
    NAMES_MAX = 6000,
    ROUNDS = 4,
};
#define TOP    "/fuzz-calls"
#define WORK   TOP "/inside"
#define REPORT "report"

/* ---- dice: xorshift64* ---- */

static uint64_t dice_state;

static uint64_t dice(void)
{
    dice_state ^= dice_state >> 12;
    dice_state ^= dice_state << 25;
    dice_state ^= dice_state >> 27;
    return dice_state * 0x2545f4914f6cdd1dull;
}

static uint32_t below(uint32_t n)
{
    return (uint32_t)((dice() >> 32) * n >> 32);
}

static bool one_in(uint32_t n)
{
    return below(n) == 0;
}

/* ---- addresses and lengths ---- */

static uint32_t arena; /* its address */

static uint64_t memory_end(void)
{
    return (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
}

static uint32_t inside(uint32_t length)
{
    return arena + below(ARENA_PAGES * PAGE - length);
}

static uint32_t any_address(void)
{
    switch (below(16)) {
    case 0:
        return 0;
    case 1:
        return below(LOW_BYTES);
    case 2:
        return (uint32_t)memory_end() - below(80);
    case 3:
        return (uint32_t)memory_end() + below(80);
    case 4:
        return 0xffffffffu - below(80);
    case 5:
        return 0x80000000u - 2 + below(4);
    default:
        return inside(1);
    }
}

static uint32_t absurd_length(void)
{
    static const uint32_t lengths[] = {0xffffffff, 0xfffffff8, 0x80000000, 0x7fffffff, 0x20000001};
    return lengths[below(sizeof lengths / sizeof *lengths)];
}

/* A length for what starts at an address: nothing beyond what belongs to us, or beyond all memory.
 */
static uint32_t length_at(uint32_t at, uint32_t usual)
{
    if (at < arena)
        return one_in(4) ? absurd_length() : below(LOW_BYTES);
    uint64_t rest = memory_end() > at ? memory_end() - at : 0;
    switch (below(12)) {
    case 0:
        return absurd_length();
    case 1:
        return (uint32_t)rest;
    case 2:
        return (uint32_t)rest + 1;
    case 3:
        return 0;
    default:
        return below(usual);
    }
}

static bool is_ours(uint32_t at, uint64_t length)
{
    return at < LOW_BYTES ? length <= LOW_BYTES : at >= arena && at + length <= memory_end();
}

static uint8_t *bytes_at(uint32_t at)
{
    return (uint8_t *)(uintptr_t)at;
}

static void put(uint32_t at, const void *from, size_t length)
{
    volatile uint8_t *to = bytes_at(at);
    for (size_t i = 0; i < length; i++)
        to[i] = ((const uint8_t *)from)[i];
}

/* ---- arguments ---- */

static uint32_t last_pid, last_fd;

static uint32_t any_descriptor(void)
{
    static const uint32_t odd[] = {0xffffffff, 0x80000000, 0x7fffffff, 1000000, 1023, 1024, 4096};
    uint32_t n = below(32);
    if (n == 0)
        return odd[below(sizeof odd / sizeof *odd)];
    return n < 10 ? WORK_FD : n < 18 ? last_fd : below(n < 31 ? 14 : 64);
}

static uint32_t any_number(void)
{
    static const uint32_t odd[] = {0xffffffff, 0x80000000, 0x7fffffff, 0x10000, 0xffff, 0x100};
    uint32_t n = below(8);
    return n == 0   ? odd[below(sizeof odd / sizeof *odd)]
           : n == 1 ? 1u << below(32)
                    : below(n < 6 ? 2 : 16);
}

static uint64_t any_wide(void)
{
    static const uint64_t odd[] = {UINT64_MAX, INT64_MAX,  1ull << 63,
                                   UINT32_MAX, 1ull << 32, INT64_MAX - 1};
    uint32_t n = below(8);
    return n == 0   ? odd[below(sizeof odd / sizeof *odd)]
           : n == 1 ? 1ull << below(64)
           : n == 2 ? dice()
                    : below(10);
}

static uint64_t any_size(void)
{
    uint32_t n = below(16);
    return n == 0   ? any_wide()
           : n == 1 ? (uint64_t)-(int64_t)below(5000)
                    : below(n < 12 ? 20000 : 300000);
}

static size_t make_path(char *out)
{
    static const char *const pieces[] = {
        "a", "b", "c", "d", "l", "m", "..", ".", "", "a", "b", "\xc3\x28", "\xf0\x9f\x98\x80"};
    size_t n = 0;
    uint32_t kind = below(24), count = kind < 12 ? 1 : kind < 20 ? 1 + below(4) : below(60);
    if (kind == 20) {
        n = 250 + below(10); /* around the longest name */
        memset(out, 'x', n);
        return n;
    }
    if (kind == 21) {
        for (n = 0; n < 4090 + below(12); n++) /* around the longest path */
            out[n] = n & 1 ? '/' : '.';
        return n;
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *piece = pieces[below(kind < 16 ? 6 : sizeof pieces / sizeof *pieces)];
        if (i || one_in(30))
            out[n++] = '/';
        memcpy(out + n, piece, strlen(piece));
        n += strlen(piece);
    }
    if (one_in(20))
        out[n++] = one_in(3) ? 0 : '/';
    return n;
}

static void any_program(uint64_t *a)
{
    static const char *const names[] = {"fib",  "/bin/fib.wasm",   "helloworld-c",
                                        "fib",  WORK "/a",         "/dev/zero",
                                        "/bin", "/../bin/fib.wasm"};
    const char *name = names[below(sizeof names / sizeof *names)];
    a[0] = inside(NAMES_MAX);
    a[1] = strlen(name);
    put((uint32_t)a[0], name, strlen(name));
}

static void any_path(uint64_t *a)
{
    static char path[NAMES_MAX];
    size_t length = make_path(path);
    if (one_in(16)) {
        a[0] = any_address();
        a[1] = length_at((uint32_t)a[0], 5000);
        return;
    }
    a[0] = one_in(8) ? (uint32_t)memory_end() - length : inside(NAMES_MAX);
    a[1] = length;
    put((uint32_t)a[0], path, length);
}

/* Pointers that the kernel reads from memory must be ours as well: an array is written whole or is
 * out of reach. */
static void any_iovecs(uint64_t *a)
{
    static const uint32_t counts[] = {0,    8,          9,          64,         1023,      1024,
                                      1025, 0x1fffffff, 0x20000000, 0x20000001, 0xffffffff};
    uint32_t count = one_in(6) ? counts[below(sizeof counts / sizeof *counts)] : 1 + below(4);
    uint32_t at = any_address();
    uint64_t length = (uint64_t)count * 8;
    if (length > 0x10000000 || at + length > memory_end()) {
        a[0] = at;
        a[1] = count;
        return;
    }
    if (!is_ours(at, at + length))
        at = at >= arena && is_ours(at, length) ? at : inside((uint32_t)length);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t iovec[2] = {one_in(16 + count) ? any_address() : inside(4096)};
        iovec[1] = one_in(16 + count) ? length_at(iovec[0], 300)
                   : iovec[0] < arena ? below(LOW_BYTES)
                                      : below(300);
        put(at + i * 8, iovec, sizeof iovec);
    }
    a[0] = at;
    a[1] = count;
}

/* Command lines and blocks of strings: of programs that end soon, or of none. */
static void any_strings(uint64_t *a)
{
    static const char texts[][24] = {"fib\0005\0",
                                     "fib 4\0",
                                     "nothing\0",
                                     "\0",
                                     "'fib\0",
                                     "helloworld-c\0x\0y\0",
                                     "/bin/fib.wasm\0003\0",
                                     "a\0b\0",
                                     "A=1\0B=2\0",
                                     "/\0",
                                     "/dev/null\0"};
    uint32_t n = below(sizeof texts / sizeof *texts), at = inside(NAMES_MAX);
    put(at, texts[n], sizeof *texts);
    a[0] = at;
    a[1] = one_in(4) ? below(sizeof *texts) : sizeof *texts;
    if (one_in(20)) {
        memset(bytes_at(at), 'y', NAMES_MAX - 1);
        bytes_at(at)[NAMES_MAX - 1] = 0;
        a[1] = NAMES_MAX;
    }
}

/* What a child gets of our descriptors: mostly 0 to 2. */
static void any_fd_pairs(uint64_t *a)
{
    uint32_t count = one_in(3) ? below(6) : 0xffffffff;
    uint32_t pairs[6][2], at = inside(sizeof pairs);
    for (uint32_t i = 0; i < 6; i++) {
        pairs[i][0] = one_in(4) ? any_descriptor() : below(3);
        pairs[i][1] = one_in(8) ? any_descriptor() : i < 3 ? i : 8 + i;
    }
    put(at, pairs, sizeof pairs);
    a[0] = one_in(16) ? any_address() : at;
    a[1] = one_in(16) ? any_number() : count;
}

struct subscription {
    uint64_t userdata;
    uint8_t tag, pad[7];
    uint32_t id, pad2; /* or descriptor */
    uint64_t timeout, precision;
    uint16_t flags, pad3[3];
};

/* At least one subscription is due soon. */
static void any_poll(uint64_t *a)
{
    static const uint32_t counts[] = {0, 4097, 1000000, 0x05555556, 0x80000000, 0xffffffff};
    uint32_t count = one_in(8) ? counts[below(sizeof counts / sizeof *counts)]
                               : 1 + below(one_in(20) ? 1000 : 6);
    uint32_t in = inside(count < 4097 ? count * sizeof(struct subscription) : 1);
    for (uint32_t i = 0; i < count && count < 4097; i++) {
        struct subscription s = {
            .userdata = dice(), .tag = (uint8_t)(i ? below(one_in(50) ? 4 : 3) : 0), .id = 1};
        s.timeout = i ? any_wide() : below(200000);
        if (i && (s.tag || one_in(8)))
            s.id = s.tag ? any_descriptor() : any_number();
        if (i && !s.tag)
            s.flags = (uint16_t)(one_in(16) ? any_number() : below(2));
        put(in + i * sizeof s, &s, sizeof s);
    }
    a[0] = one_in(20) ? (uint32_t)memory_end() - 8 : in;
    a[1] = one_in(20) ? any_address() | 0x80000000 : inside(count < 4097 ? count * 32 : 1);
    a[2] = count;
    a[3] = any_address();
}

/* Two ranges within the arena: the functions of env trap on others. */
static void any_ranges(uint64_t *a)
{
    uint32_t length = below(one_in(10) ? PAGE : 300) + 8;
    a[0] = inside(length);
    a[1] = inside(length);
    a[2] = one_in(10) ? 0 : length;
}

static uint32_t any_signal(void)
{
    static const uint32_t harmless[] = {0,  16, 17, 18,  19,         20,        21,
                                        22, 27, 31, 255, 0x80000000, 0xffffffff};
    return harmless[below(sizeof harmless / sizeof *harmless)];
}

static uint32_t any_pid(void)
{
    static const uint32_t odd[] = {0, 1, 0xffffffff, 0x80000000, 0x7fffffff, 0xfffffffe};
    return one_in(2) ? last_pid + 1 - below(2) : odd[below(sizeof odd / sizeof *odd)];
}

/* Makes the arguments of one kind, returns how many. */
static unsigned make(char kind, uint64_t *a)
{
    static const uint64_t rights[] = {0, UINT64_MAX, 0x1fffffff, 0x3fffffff};
    switch (kind) {
    case 'D':
        do
            *a = any_descriptor();
        while (*a == WORK_FD);
        return 1;
    case 'd':
        return *a = any_descriptor(), 1;
    case 'w':
        return *a = one_in(3) ? any_descriptor() : WORK_FD, 1;
    case 'o':
        return *a = any_address(), 1;
    case 'c':
        return *a = 'a' + below(26), 1;
    case 'P':
        return *a = any_pid(), 1;
    case 'S':
        return *a = any_signal(), 1;
    case 'p':
        return any_path(a), 2;
    case 'n':
        return one_in(4) ? any_path(a) : any_program(a), 2;
    case 'v':
        return any_iovecs(a), 2;
    case 'b':
        a[0] = any_address();
        return a[1] = length_at((uint32_t)a[0], 600), 2;
    case 'x':
        return any_strings(a), 2;
    case 'f':
        return any_fd_pairs(a), 2;
    case 'I':
        return *a = any_wide(), 1;
    case 's':
        return *a = any_size(), 1;
    case 'r':
        return *a = one_in(3) ? 1ull << below(32) | dice() : rights[below(4)], 1;
    case 'l':
        return *a = 1000000 * (1 + below(20)), 1;
    case 'm':
        return any_ranges(a), 3;
    case 'q':
        return any_poll(a), 4;
    default:
        return *a = any_number(), 1;
    }
}
