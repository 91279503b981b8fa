/* What a call costs: a loop whose body is a function's, in line and called in each of the ways that
 * there are, and Fibonacci numbers by recursion. Prints `name ns` lines, ns for one turn of the
 * loop or one call of the recursion. The host function is WASI's clock_res_get, which has least to
 * do. */
#include <stdio.h>

#include "tests/bench/clock.h"

#define TURNS      20000000
#define HOST_TURNS 2000000
#define FIB_OF     32
#define ROUNDS     3
#define CLOCK      1 /* monotonic */

#define NOINLINE __attribute__((noinline))

typedef uint32_t (*step_fn)(uint32_t x, uint32_t i);

static inline uint32_t step(uint32_t x, uint32_t i)
{
    return (x >> 1) ^ i; /* nothing that a compiler could make a formula or a vector of */
}

static NOINLINE uint32_t step_called(uint32_t x, uint32_t i)
{
    return step(x, i);
}

static NOINLINE uint32_t step_other(uint32_t x, uint32_t i)
{
    return x + i;
}

static NOINLINE uint32_t loop_alone(void)
{
    uint32_t x = 1;

    for (uint32_t i = 0; i < TURNS; i++)
        x = step(x, i);
    return x;
}

static NOINLINE uint32_t loop_direct(void)
{
    uint32_t x = 1;

    for (uint32_t i = 0; i < TURNS; i++)
        x = step_called(x, i);
    return x;
}

static NOINLINE uint32_t loop_indirect(void)
{
    static step_fn volatile choices[] = {step_called, step_other};
    step_fn chosen = choices[0];
    uint32_t x = 1;

    for (uint32_t i = 0; i < TURNS; i++)
        x = chosen(x, i);
    return x;
}

#ifdef __wasi__
__attribute__((import_module("wasi_snapshot_preview1"), import_name("clock_res_get"))) uint32_t
host_call(uint32_t clock, uint64_t *out_ns);

static NOINLINE uint32_t loop_host(void)
{
    static uint64_t resolution_ns;
    uint32_t x = 1;

    for (uint32_t i = 0; i < HOST_TURNS; i++)
        x = step(x, i) + host_call(CLOCK, &resolution_ns);
    return x;
}
#endif

/* Calls stay calls: compilers like to make a loop of one of them. */
static NOINLINE __attribute__((disable_tail_calls)) uint32_t fib(uint32_t n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static NOINLINE uint32_t recursion(void)
{
    return fib(FIB_OF);
}

/* The best of ROUNDS runs. */
static void measure(const char *name, uint32_t (*function)(void), uint32_t count)
{
    uint32_t (*volatile run)(void) = function; /* no compiler sees that it has no effect */
    uint64_t best_ns = UINT64_MAX;
    volatile uint32_t result;

    for (int i = 0; i < ROUNDS; i++) {
        uint64_t begin = bench_now_ns(), time_ns;
        result = run();
        time_ns = bench_now_ns() - begin;
        best_ns = time_ns < best_ns ? time_ns : best_ns;
    }
    (void)result;
    printf("%s %.3f\n", name, (double)best_ns / count);
}

int main(void)
{
    uint32_t a = 1, b = 1;

    for (int i = 2; i <= FIB_OF; i++) {
        uint32_t next = a + b;
        a = b;
        b = next;
    }
    measure("loop", loop_alone, TURNS);
    measure("direct", loop_direct, TURNS);
    measure("indirect", loop_indirect, TURNS);
#ifdef __wasi__
    measure("host", loop_host, HOST_TURNS);
#endif
    measure("fibonacci", recursion, 2 * b - 1); /* b is fib(FIB_OF + 1) */
    return 0;
}
