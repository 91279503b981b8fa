/* Heat that spreads through a cube, back and forth between two grids. */
#include "tests/bench/bench.h"

#define N     60
#define STEPS 40

typedef double grid[N][N][N];

static grid a, b;

static void spread(grid to, grid from)
{
    for (int i = 1; i < N - 1; i++) {
        for (int j = 1; j < N - 1; j++) {
            for (int k = 1; k < N - 1; k++) {
                double here = from[i][j][k];
                to[i][j][k] = 0.125 * (from[i + 1][j][k] - 2.0 * here + from[i - 1][j][k]) +
                              0.125 * (from[i][j + 1][k] - 2.0 * here + from[i][j - 1][k]) +
                              0.125 * (from[i][j][k + 1] - 2.0 * here + from[i][j][k - 1]) + here;
            }
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            for (int k = 0; k < N; k++)
                a[i][j][k] = b[i][j][k] = (double)(i + j + (N - k)) * 10 / N;
        }
    }
    for (int t = 0; t < STEPS; t++) {
        spread(b, a);
        spread(a, b);
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(a[i][(i * 7) % N][(i * 11) % N]));
    return sum;
}
