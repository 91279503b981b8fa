/* The Mandelbrot set, counted point by point. */
#include "tests/bench/bench.h"

#define SIDE  420
#define LIMIT 500

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0;

    for (int py = 0; py < SIDE; py++) {
        for (int px = 0; px < SIDE; px++) {
            double cx = 3.0 * px / SIDE - 2.2, cy = 2.4 * py / SIDE - 1.2, x = 0, y = 0;
            int n = 0;
            for (; n < LIMIT && x * x + y * y < 4.0; n++) {
                double t = x * x - y * y + cx;
                y = 2 * x * y + cy;
                x = t;
            }
            sum = bench_mix(sum, (uint64_t)n);
        }
    }
    return sum;
}
