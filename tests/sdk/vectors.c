/* 128-bit vectors (WebAssembly's SIMD), against the same sums one lane at a time; long enough that
 * the timer interrupts the loops with vectors in registers. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef double f64x2 __attribute__((vector_size(16)));

enum { N = 1 << 14, ROUNDS = 100 };

static int32_t numbers[N];
static uint8_t bytes[N];
static double reals[N];

__attribute__((target("simd128"), noinline)) static uint32_t sum_of_products(int32_t factor)
{
    i32x4 sum = {0, 0, 0, 0};
    for (int i = 0; i < N; i += 4) {
        i32x4 x;
        memcpy(&x, numbers + i, sizeof x);
        sum += (x ^ (x >> 3)) * (i32x4){factor, factor + 1, factor + 2, factor + 3};
    }
    return (uint32_t)sum[0] + (uint32_t)sum[1] + (uint32_t)sum[2] + (uint32_t)sum[3];
}

__attribute__((noinline)) static uint32_t sum_of_products_by_lane(int32_t factor)
{
    uint32_t sum = 0;
    for (int i = 0; i < N; i++)
        sum += (uint32_t)(numbers[i] ^ (numbers[i] >> 3)) * (uint32_t)(factor + i % 4);
    return sum;
}

__attribute__((target("simd128"), noinline)) static unsigned count_above(uint8_t limit)
{
    unsigned count = 0;
    for (int i = 0; i < N; i += 16) {
        u8x16 x;
        memcpy(&x, bytes + i, sizeof x);
        u8x16 above = (u8x16)(x > (u8x16){limit, limit, limit, limit, limit, limit, limit, limit,
                                          limit, limit, limit, limit, limit, limit, limit, limit});
        for (int lane = 0; lane < 16; lane++)
            count += above[lane] & 1;
    }
    return count;
}

__attribute__((noinline)) static unsigned count_above_by_lane(uint8_t limit)
{
    unsigned count = 0;
    for (int i = 0; i < N; i++)
        count += bytes[i] > limit;
    return count;
}

__attribute__((target("simd128"), noinline)) static double sum_of_quotients(double d)
{
    f64x2 sum = {0, 0};
    for (int i = 0; i < N; i += 2) {
        f64x2 x;
        memcpy(&x, reals + i, sizeof x);
        sum += x / (f64x2){d, d};
    }
    return sum[0] + sum[1];
}

__attribute__((noinline)) static double sum_of_quotients_by_lane(double d)
{
    double even = 0, odd = 0;
    for (int i = 0; i < N; i += 2) {
        even += reals[i] / d;
        odd += reals[i + 1] / d;
    }
    return even + odd;
}

int main(void)
{
    uint32_t seed = 1;
    for (int i = 0; i < N; i++) {
        seed = seed * 1664525 + 1013904223;
        numbers[i] = (int32_t)seed;
        bytes[i] = (uint8_t)(seed >> 24);
        reals[i] = (double)(seed >> 8) / 3;
    }

    unsigned differences = 0;
    for (int round = 0; round < ROUNDS; round++) {
        differences += sum_of_products(round) != sum_of_products_by_lane(round);
        differences += count_above((uint8_t)round) != count_above_by_lane((uint8_t)round);
        differences += sum_of_quotients(round + 1) != sum_of_quotients_by_lane(round + 1);
    }
    printf("%u differences\n", differences);
    return differences != 0;
}
