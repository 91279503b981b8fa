/* An electric and a magnetic field over time, by finite differences. */
#include "tests/bench/bench.h"

#define NX    300
#define NY    360
#define STEPS 400

static double ex[NX][NY], ey[NX][NY], hz[NX][NY];

static void step(int t)
{
    for (int j = 0; j < NY; j++)
        ey[0][j] = t;
    for (int i = 1; i < NX; i++) {
        for (int j = 0; j < NY; j++)
            ey[i][j] -= 0.5 * (hz[i][j] - hz[i - 1][j]);
    }
    for (int i = 0; i < NX; i++) {
        for (int j = 1; j < NY; j++)
            ex[i][j] -= 0.5 * (hz[i][j] - hz[i][j - 1]);
    }
    for (int i = 0; i < NX - 1; i++) {
        for (int j = 0; j < NY - 1; j++)
            hz[i][j] -= 0.7 * (ex[i][j + 1] - ex[i][j] + ey[i + 1][j] - ey[i][j]);
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < NX; i++) {
        for (int j = 0; j < NY; j++) {
            ex[i][j] = (double)i * (j + 1) / NX;
            ey[i][j] = (double)i * (j + 2) / NY;
            hz[i][j] = (double)i * (j + 3) / NX;
        }
    }
    for (int t = 0; t < STEPS; t++)
        step(t);
    for (int i = 0; i < NX; i++)
        sum = bench_mix(sum, bench_bits(hz[i][(i * 7) % NY]));
    return sum;
}
