/* The average of five neighbours, back and forth between two grids. */
#include "tests/bench/bench.h"

#define N     400
#define STEPS 300

static double a[N][N], b[N][N];

static void smooth(double to[N][N], double from[N][N])
{
    for (int i = 1; i < N - 1; i++) {
        for (int j = 1; j < N - 1; j++) {
            to[i][j] = 0.2 * (from[i][j] + from[i][j - 1] + from[i][j + 1] + from[i + 1][j] +
                              from[i - 1][j]);
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = ((double)i * (j + 2) + 2) / N;
            b[i][j] = ((double)i * (j + 3) + 3) / N;
        }
    }
    for (int i = 0; i < STEPS; i++) {
        smooth(b, a);
        smooth(a, b);
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(a[i][(i * 7) % N]));
    return sum;
}
