/* What the programs of `./foreman bench sdk` share. Each measurement is a function that does
 * something `count` times; a line `name ns` is printed for it: ns for one of them, the best of some
 * runs. */
#pragma once

#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C"
#endif
    __attribute__((import_module("wasi_snapshot_preview1"), import_name("clock_time_get"))) int32_t
    measure_clock(int32_t clock, int64_t precision_ns, uint64_t *out_ns);

enum { MEASURE_RUNS = 5 };

static volatile uintptr_t measure_sink; /* what is stored here, no compiler leaves out */

static inline uint32_t measure_random(uint32_t *state)
{
    uint32_t x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *state = x;
}

/* CPU time, so that a busy machine changes little; other programs' time only the other clock sees.
 */
enum { MEASURE_MONOTONIC = 1, MEASURE_CPUTIME = 2 };
#ifndef MEASURE_CLOCK
#define MEASURE_CLOCK MEASURE_CPUTIME
#endif

static uint64_t measure_now_ns(void)
{
    uint64_t now_ns = 0;
    measure_clock(MEASURE_CLOCK, 1, &now_ns);
    return now_ns;
}

static void measure(const char *name, void (*function)(int count), int count)
{
    void (*volatile run)(int) = function;
    uint64_t best_ns = UINT64_MAX;
    for (int i = 0; i < MEASURE_RUNS; i++) {
        uint64_t begin = measure_now_ns(), time_ns;
        run(count);
        time_ns = measure_now_ns() - begin;
        best_ns = time_ns < best_ns ? time_ns : best_ns;
    }
    fprintf(stderr, "%s %.3f\n", name, (double)best_ns / count);
}
