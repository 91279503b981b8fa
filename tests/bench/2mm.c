/* D = alpha * A * B * C + beta * D over doubles, the inner loops down the columns. */
#include "tests/bench/bench.h"

#define N 360

static double a[N][N], b[N][N], c[N][N], d[N][N], t[N][N];

static void multiply(double out[N][N], double x[N][N], double y[N][N], double alpha, double beta)
{
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            double cell = out[i][j] * beta;
            for (int k = 0; k < N; k++)
                cell += alpha * x[i][k] * y[k][j];
            out[i][j] = cell;
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)((i * j + 1) % N) / N;
            b[i][j] = (double)(i * (j + 1) % N) / N;
            c[i][j] = (double)((i * (j + 3) + 1) % N) / N;
            d[i][j] = (double)(i * (j + 2) % N) / N;
            t[i][j] = 0;
        }
    }
    multiply(t, a, b, 1.5, 0.0);
    multiply(d, t, c, 1.0, 1.2);
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(d[i][(i * 7) % N]));
    return sum;
}
