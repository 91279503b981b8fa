/* The product of two products of matrices. */
#include "tests/bench/bench.h"

#define N 200

typedef double matrix[N][N];

static matrix a, b, c, d, left, right, product;

static void multiply(matrix to, matrix x, matrix y)
{
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            to[i][j] = 0;
            for (int k = 0; k < N; k++)
                to[i][j] += x[i][k] * y[k][j];
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (double)((i * j + 1) % N) / (5 * N);
            b[i][j] = (double)((i * (j + 1) + 2) % N) / (5 * N);
            c[i][j] = (double)(i * (j + 3) % N) / (5 * N);
            d[i][j] = (double)((i * (j + 2) + 2) % N) / (5 * N);
        }
    }
    multiply(left, a, b);
    multiply(right, c, d);
    multiply(product, left, right);
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, bench_bits(product[i][(i * 7) % N]));
    return sum;
}
