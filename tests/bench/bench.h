/* What every program of `./foreman bench engine` shares: main runs the kernel several times, the
 * first ones so that an engine that compiles late has done so, and prints the last run's checksum
 * and the better CPU time in ns of the last BENCH_TIMED runs.
 * The first argument is the number of runs, for engines that need more of them to warm up. */
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/clock.h"

#define BENCH_RUNS  3
#define BENCH_TIMED 2

/* The measured work; returns a checksum that is the same in every run. Defined by the program. */
static uint64_t bench_kernel(void);

/* Mixes `value` into the checksum `sum` (FNV's multiplication over the whole word). */
static inline uint64_t bench_mix(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * 0x100000001b3u;
}

/* The next number of a 32-bit xorshift; `*state` must not be 0. */
static inline uint32_t bench_random(uint32_t *state)
{
    uint32_t x = *state;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return *state = x;
}

/* A double as a number for the checksum: bits, so that every rounding counts. */
static inline uint64_t bench_bits(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : BENCH_RUNS;
    uint64_t sum = 0, best_ns = UINT64_MAX;

    for (int left = runs; left > 0; left--) {
        uint64_t begin = bench_now_ns(), time_ns;
        sum = bench_kernel();
        time_ns = bench_now_ns() - begin;
        if (left <= BENCH_TIMED && time_ns < best_ns)
            best_ns = time_ns;
    }
    printf("%016llx %llu\n", (unsigned long long)sum, (unsigned long long)best_ns);
    return 0;
}
