/* A matrix into a lower and an upper triangle, in place. */
#include "tests/bench/bench.h"

#define N 560

static double a[N][N];

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            a[i][j] = (i == j ? N : 0) + (double)((i * 3 + j * 5) % 17) / 17;
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < i; j++) {
            for (int k = 0; k < j; k++)
                a[i][j] -= a[i][k] * a[k][j];
            a[i][j] /= a[j][j];
        }
        for (int j = i; j < N; j++) {
            for (int k = 0; k < i; k++)
                a[i][j] -= a[i][k] * a[k][j];
        }
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(a[i][(i * 7) % N]));
    return sum;
}
