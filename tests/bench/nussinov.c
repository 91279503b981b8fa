/* The most pairs that a strand can form when it folds: a triangle of integers, filled from its
 * diagonal outwards. */
#include "tests/bench/bench.h"

#define N 640

static int8_t strand[N];
static int32_t best[N][N];

static int32_t most(int32_t a, int32_t b)
{
    return a >= b ? a : b;
}

static void fill(int i, int j)
{
    int32_t here = best[i][j];

    here = most(here, best[i][j - 1]);
    if (i + 1 < N) {
        here = most(here, best[i + 1][j]);
        here = most(here, best[i + 1][j - 1] + (i < j - 1 && strand[i] + strand[j] == 3));
    }
    for (int k = i + 1; k < j; k++)
        here = most(here, best[i][k] + best[k + 1][j]);
    best[i][j] = here;
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++)
        strand[i] = (int8_t)((i * i + 1) % 7 % 4);
    memset(best, 0, sizeof best);
    for (int i = N - 1; i >= 0; i--) {
        for (int j = i + 1; j < N; j++)
            fill(i, j);
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, (uint64_t)best[i][(i * 7) % N]);
    return sum;
}
