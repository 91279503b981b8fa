/* What memcpy and memset of a length that the compiler does not know cost; with -mbulk-memory they
 * are memory.copy and memory.fill. Prints `copy-LENGTH ns` and `fill-LENGTH ns` lines, ns for one
 * turn of a loop around it; `mixed-LENGTH`: copies of random lengths up to that one. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/clock.h"

#define LONGEST     65536
#define BYTES_A_RUN 1000000000u
#define TURNS       4000000u /* at most */
#define ROUNDS      5
#define LENGTHS     4096

#define NOINLINE __attribute__((noinline))

typedef uint32_t (*turns_fn)(uint32_t n, uint32_t turns);

static unsigned char to[LONGEST + 64], from[LONGEST + 64];
static uint32_t lengths[LENGTHS];

static void used(void)
{
    __asm__ volatile("" ::: "memory");
}

static NOINLINE uint32_t copies(uint32_t n, uint32_t turns)
{
    for (uint32_t i = 0; i < turns; i++) {
        memcpy(to + (i & 63), from + (i & 31), n);
        used();
    }
    return to[0];
}

static NOINLINE uint32_t fills(uint32_t n, uint32_t turns)
{
    for (uint32_t i = 0; i < turns; i++) {
        memset(to + (i & 63), (int)i, n);
        used();
    }
    return to[0];
}

static NOINLINE uint32_t mixed(uint32_t n, uint32_t turns)
{
    for (uint32_t i = 0; i < turns; i++) {
        memcpy(to + (i & 63), from + (i & 31), lengths[i % LENGTHS] % (n + 1));
        used();
    }
    return to[0];
}

/* The best of ROUNDS runs. */
static void measure(const char *name, turns_fn function, uint32_t n)
{
    turns_fn volatile run = function; /* no compiler knows the length */
    uint32_t turns = n > BYTES_A_RUN / TURNS ? BYTES_A_RUN / n : TURNS;
    uint64_t best_ns = UINT64_MAX;
    volatile uint32_t result;

    for (int i = 0; i < ROUNDS; i++) {
        uint64_t begin = bench_now_ns(), time_ns;
        result = run(n, turns);
        time_ns = bench_now_ns() - begin;
        best_ns = time_ns < best_ns ? time_ns : best_ns;
    }
    (void)result;
    printf("%s-%u %.3f\n", name, (unsigned)n, (double)best_ns / turns);
}

int main(void)
{
    static const uint32_t sizes[] = {0, 1, 4, 8, 16, 31, 64, 100, 256, 1024, 4096, LONGEST};
    uint32_t random = 12345;

    for (unsigned i = 0; i < LENGTHS; i++)
        lengths[i] = (random = random * 1664525 + 1013904223) >> 8;
    for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        measure("copy", copies, sizes[i]);
        measure("fill", fills, sizes[i]);
    }
    measure("mixed", mixed, 16);
    measure("mixed", mixed, 128);
    return 0;
}
