/* Five bodies under their gravity. */
#include "tests/bench/bench.h"

#define BODIES 5
#define STEPS  600000

struct body {
    double x[3], v[3], mass;
};

static void advance(struct body *b, double dt)
{
    for (int i = 0; i < BODIES; i++) {
        for (int j = i + 1; j < BODIES; j++) {
            double d[3], square = 0.01, force;
            for (int k = 0; k < 3; k++) {
                d[k] = b[i].x[k] - b[j].x[k];
                square += d[k] * d[k];
            }
            force = dt / (square * __builtin_sqrt(square));
            for (int k = 0; k < 3; k++) {
                b[i].v[k] -= d[k] * b[j].mass * force;
                b[j].v[k] += d[k] * b[i].mass * force;
            }
        }
    }
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++)
            b[i].x[k] += dt * b[i].v[k];
    }
}

static uint64_t bench_kernel(void)
{
    struct body bodies[BODIES];
    uint64_t sum = 0;

    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) {
            bodies[i].x[k] = (i + 1) * (k + 2) % 7 * 1.5 - k;
            bodies[i].v[k] = (i * 3 + k) % 5 * 0.1 - 0.2;
        }
        bodies[i].mass = i == 0 ? 40 : 0.01 * i;
    }
    for (int i = 0; i < STEPS; i++)
        advance(bodies, 0.001);
    for (int i = 0; i < BODIES; i++)
        sum = bench_mix(sum, bench_bits(bodies[i].x[0]));
    return sum;
}
