/* How much each two columns of a table depend on one another. */
#include "tests/bench/bench.h"

#include <math.h>

#define ROWS 380
#define COLS 360

static double data[ROWS][COLS], corr[COLS][COLS], mean[COLS], spread[COLS];

static void normalize(void)
{
    for (int j = 0; j < COLS; j++) {
        mean[j] = 0;
        for (int i = 0; i < ROWS; i++)
            mean[j] += data[i][j];
        mean[j] /= ROWS;
        spread[j] = 0;
        for (int i = 0; i < ROWS; i++)
            spread[j] += (data[i][j] - mean[j]) * (data[i][j] - mean[j]);
        spread[j] = sqrt(spread[j] / ROWS);
        spread[j] = spread[j] <= 0.1 ? 1 : spread[j];
    }
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLS; j++)
            data[i][j] = (data[i][j] - mean[j]) / (sqrt(ROWS) * spread[j]);
    }
}

static void correlate(void)
{
    for (int i = 0; i < COLS; i++) {
        corr[i][i] = 1;
        for (int j = i + 1; j < COLS; j++) {
            corr[i][j] = 0;
            for (int k = 0; k < ROWS; k++)
                corr[i][j] += data[k][i] * data[k][j];
            corr[j][i] = corr[i][j];
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLS; j++)
            data[i][j] = (double)(i * j % 61) / COLS + i;
    }
    normalize();
    correlate();
    for (int i = 0; i < COLS; i++)
        sum = bench_mix(sum, bench_bits(corr[i][(i * 7) % COLS]));
    return sum;
}
