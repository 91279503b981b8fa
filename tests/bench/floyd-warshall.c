/* The shortest way between every two places. */
#include "tests/bench/bench.h"

#define N 400

static int32_t way[N][N];

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            way[i][j] = i * j % 7 + 1;
            if ((i + j) % 13 == 0 || (i + j) % 7 == 0 || (i + j) % 11 == 0)
                way[i][j] = 999;
        }
    }
    for (int k = 0; k < N; k++) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int32_t through = way[i][k] + way[k][j];
                way[i][j] = way[i][j] < through ? way[i][j] : through;
            }
        }
    }
    for (int i = 0; i < N; i++)
        sum = bench_mix(sum, (uint64_t)way[i][(i * 7) % N]);
    return sum;
}
