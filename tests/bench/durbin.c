/* Solves the equations of a matrix whose diagonals are constant. */
#include "tests/bench/bench.h"

#define N     2000
#define TIMES 12

static double r[N], y[N], z[N];

static void solve(void)
{
    double alpha = -r[0], beta = 1;

    y[0] = -r[0];
    for (int k = 1; k < N; k++) {
        double t = 0;
        beta = (1 - alpha * alpha) * beta;
        for (int i = 0; i < k; i++)
            t += r[k - i - 1] * y[i];
        alpha = -(r[k] + t) / beta;
        for (int i = 0; i < k; i++)
            z[i] = y[i] + alpha * y[k - i - 1];
        for (int i = 0; i < k; i++)
            y[i] = z[i];
        y[k] = alpha;
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int t = 0; t < TIMES; t++) {
        for (int i = 0; i < N; i++)
            r[i] = 0.5 / (i + 2 + t);
        solve();
        sum = bench_mix(sum, bench_bits(y[N - 1 - t]));
    }
    return sum;
}
