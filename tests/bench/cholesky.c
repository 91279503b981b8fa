/* The lower triangle whose product with its transpose is the given matrix, in place. */
#include "tests/bench/bench.h"

#include <math.h>

#define N 600

static double a[N][N];

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            a[i][j] = i == j ? N : (double)((i + j) % 19) / 19;
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < i; j++) {
            for (int k = 0; k < j; k++)
                a[i][j] -= a[i][k] * a[j][k];
            a[i][j] /= a[j][j];
        }
        for (int k = 0; k < i; k++)
            a[i][i] -= a[i][k] * a[i][k];
        a[i][i] = sqrt(a[i][i]);
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(a[i][i * 7 % (i + 1)]));
    return sum;
}
