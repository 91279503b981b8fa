/* Solves the equations of a lower triangle, for several right sides. */
#include "tests/bench/bench.h"

#define N     1000
#define TIMES 60

static double l[N][N], x[N], b[N];

static void solve(void)
{
    for (int i = 0; i < N; i++) {
        x[i] = b[i];
        for (int j = 0; j < i; j++)
            x[i] -= l[i][j] * x[j];
        x[i] /= l[i][i];
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        b[i] = i % 10 - 5;
        for (int j = 0; j <= i; j++)
            l[i][j] = (double)(i + N - j + 1) * 2 / N;
    }
    for (int t = 0; t < TIMES; t++) {
        solve();
        b[t] += x[t] / N;
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(x[i]));
    return sum;
}
