/* The most reversals that the first number of a permutation asks for. */
#include "tests/bench/bench.h"

#define N 10

static int flips(const int *from)
{
    int p[N], count = 0;

    memcpy(p, from, sizeof p);
    for (int first = p[0]; first; first = p[0], count++) {
        for (int i = 0, j = first; i < j; i++, j--) {
            int t = p[i];
            p[i] = p[j];
            p[j] = t;
        }
    }
    return count;
}

static uint64_t bench_kernel(void)
{
    int p[N], turns[N], most = 0, sign = 1, level;
    int64_t sum = 0;

    for (int i = 0; i < N; i++) {
        p[i] = i;
        turns[i] = 0;
    }
    do {
        int n = flips(p);
        most = n > most ? n : most;
        sum += sign * n;
        sign = -sign;
        for (level = 1; level < N; level++) {
            int first = p[0];
            for (int i = 0; i < level; i++)
                p[i] = p[i + 1];
            p[level] = first;
            if (++turns[level] <= level)
                break;
            turns[level] = 0;
        }
    } while (level < N);
    return bench_mix((uint64_t)sum, (uint64_t)most);
}
