/* The average of nine neighbours, in place: every point waits for the one before it. */
#include "tests/bench/bench.h"

#define N     300
#define STEPS 60

static double a[N][N];

static void smooth(void)
{
    for (int i = 1; i < N - 1; i++) {
        for (int j = 1; j < N - 1; j++) {
            a[i][j] = (a[i - 1][j - 1] + a[i - 1][j] + a[i - 1][j + 1] + a[i][j - 1] + a[i][j] +
                       a[i][j + 1] + a[i + 1][j - 1] + a[i + 1][j] + a[i + 1][j + 1]) /
                      9.0;
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            a[i][j] = ((double)i * (j + 2) + 2) / N;
    }
    for (int t = 0; t < STEPS; t++)
        smooth();
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(a[i][(i * 7) % N]));
    return sum;
}
