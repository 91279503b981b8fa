/* SHA-256 (FIPS 180-4) over a megabyte, several times. The constants are computed: they are the
 * first bits of the fractions of square and cube roots of primes. */
#include "tests/bench/bench.h"

#define SIZE          (1 << 20)
#define ROUNDS        8
#define FRACTION_BITS 32

static uint8_t data[SIZE];
static uint32_t constants[64], initial[8];

static uint32_t rotate(uint32_t x, int by)
{
    return x >> by | x << (32 - by);
}

/* The 32 bits behind the point of the `power`-th root of n (power: 2 or 3). */
static uint32_t root_fraction(uint32_t n, int power)
{
    uint64_t root = 0;

    for (int bit = FRACTION_BITS + 4; bit >= 0; bit--) {
        uint64_t r = root | 1ull << bit;
        unsigned __int128 value = (unsigned __int128)r * r;
        unsigned __int128 limit = (unsigned __int128)n << (2 * FRACTION_BITS);
        if (power == 3) {
            value = (value >> FRACTION_BITS) * r;
            limit = (unsigned __int128)n << (2 * FRACTION_BITS);
        }
        if (value <= limit)
            root = r;
    }
    return (uint32_t)root;
}

static void make_constants(void)
{
    uint32_t n = 2;

    for (int found = 0; found < 64; n++) {
        int prime = 1;
        for (uint32_t d = 2; d * d <= n; d++)
            prime &= n % d != 0;
        if (!prime)
            continue;
        if (found < 8)
            initial[found] = root_fraction(n, 2);
        constants[found++] = root_fraction(n, 3);
    }
}

static void block(uint32_t h[8], const uint8_t *p)
{
    uint32_t w[64], v[8];

    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    memcpy(v, h, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t e = v[4], a = v[0];
        uint32_t t1 = v[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                      ((e & v[5]) ^ (~e & v[6])) + constants[i] + w[i];
        uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
                      ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        for (int j = 7; j > 0; j--)
            v[j] = v[j - 1];
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        h[i] += v[i];
}

static uint64_t bench_kernel(void)
{
    uint32_t h[8];
    uint64_t sum = 0;

    make_constants();
    for (int i = 0; i < SIZE; i++)
        data[i] = (uint8_t)(i * 7 + (i >> 8));
    memcpy(h, initial, sizeof h);
    for (int r = 0; r < ROUNDS; r++) {
        for (int i = 0; i < SIZE; i += 64)
            block(h, data + i);
    }
    for (int i = 0; i < 8; i++)
        sum = bench_mix(sum, h[i]);
    return sum;
}
