/* A matrix's transpose times the matrix times a vector. */
#include "tests/bench/bench.h"

#define ROWS  700
#define COLS  800
#define TIMES 60

static double a[ROWS][COLS], x[COLS], y[COLS], between[ROWS];

static void multiply(void)
{
    for (int j = 0; j < COLS; j++)
        y[j] = 0;
    for (int i = 0; i < ROWS; i++) {
        between[i] = 0;
        for (int j = 0; j < COLS; j++)
            between[i] += a[i][j] * x[j];
        for (int j = 0; j < COLS; j++)
            y[j] += a[i][j] * between[i];
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int j = 0; j < COLS; j++)
        x[j] = 1 + (double)j / COLS;
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLS; j++)
            a[i][j] = (double)((i + j) % COLS) / (5 * ROWS);
    }
    for (int t = 0; t < TIMES; t++) {
        multiply();
        x[t] = y[t] / ROWS;
    }
    for (int j = 0; j < COLS; j++)
        sum = bench_mix(sum, bench_bits(y[j]));
    return sum;
}
