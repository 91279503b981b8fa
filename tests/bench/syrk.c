/* A matrix times its own transpose, the lower triangle: C = alpha * A * A' + beta * C. */
#include "tests/bench/bench.h"

#define N 480
#define M 400

static double a[N][M], c[N][N];

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < M; j++)
            a[i][j] = (double)((i * j + 1) % N) / N;
        for (int j = 0; j < N; j++)
            c[i][j] = (double)((i * j + 2) % M) / M;
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j <= i; j++)
            c[i][j] *= 1.2;
        for (int k = 0; k < M; k++) {
            for (int j = 0; j <= i; j++)
                c[i][j] += 1.5 * a[i][k] * a[j][k];
        }
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(c[i][i * 7 % (i + 1)]));
    return sum;
}
