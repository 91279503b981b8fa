/* C = alpha * A * B + beta * C over doubles. */
#include "tests/bench/bench.h"

#define N 480

static double a[N][N], b[N][N], c[N][N];

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)((i * j + 1) % N) / N;
            b[i][j] = (double)(i * (j + 1) % N) / N;
            c[i][j] = (double)(i * (j + 2) % N) / N;
        }
    }
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            c[i][j] *= 1.2;
        for (int k = 0; k < N; k++) {
            for (int j = 0; j < N; j++)
                c[i][j] += 1.5 * a[i][k] * b[k][j];
        }
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(c[i][(i * 7) % N]));
    return sum;
}
