/* A tree hash with BLAKE3's compression: 16 words of state, seven rounds of additions, rotations
 * and exclusive ors; chunks of 1 KiB are leaves, two results make a parent. */
#include "tests/bench/bench.h"

#define SIZE  (4 << 20)
#define CHUNK 1024
#define DEPTH 32
#define TIMES 5

static uint8_t data[SIZE];
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
static const uint8_t order[16] = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

static inline uint32_t rotate(uint32_t x, int by)
{
    return x >> by | x << (32 - by);
}

static inline void quarter(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, const uint32_t *m)
{
    *a += *b + m[0];
    *d = rotate(*d ^ *a, 16);
    *c += *d;
    *b = rotate(*b ^ *c, 12);
    *a += *b + m[1];
    *d = rotate(*d ^ *a, 8);
    *c += *d;
    *b = rotate(*b ^ *c, 7);
}

static void compress(uint32_t value[8], const uint32_t words[16], uint32_t count, uint32_t flags)
{
    uint32_t v[16], m[16], n[16];

    memcpy(v, value, 32);
    memcpy(v + 8, start, 16);
    v[12] = count;
    v[13] = 0;
    v[14] = 64;
    v[15] = flags;
    memcpy(m, words, sizeof m);
    for (int r = 0; r < 7; r++) {
        for (int i = 0; i < 4; i++)
            quarter(&v[i], &v[4 + i], &v[8 + i], &v[12 + i], m + 2 * i);
        for (int i = 0; i < 4; i++)
            quarter(&v[i], &v[4 + ((i + 1) & 3)], &v[8 + ((i + 2) & 3)], &v[12 + ((i + 3) & 3)],
                    m + 8 + 2 * i);
        for (int i = 0; i < 16; i++)
            n[i] = m[order[i]];
        memcpy(m, n, sizeof m);
    }
    for (int i = 0; i < 8; i++)
        value[i] = v[i] ^ v[i + 8];
}

static void leaf(uint32_t value[8], const uint8_t *p, uint32_t count)
{
    uint32_t words[16];

    memcpy(value, start, 32);
    for (int i = 0; i < CHUNK; i += 64) {
        memcpy(words, p + i, sizeof words);
        compress(value, words, count, (i == 0) | (i + 64 == CHUNK) << 1);
    }
}

static uint64_t bench_kernel(void)
{
    static uint32_t stack[DEPTH][8];
    uint64_t sum = 0;

    for (int i = 0; i < SIZE; i++)
        data[i] = (uint8_t)(i % 251);
    for (int t = 0; t < TIMES; t++) {
        int depth = 0;
        for (uint32_t i = 0; i < SIZE / CHUNK; i++) {
            leaf(stack[depth++], data + (size_t)i * CHUNK, i);
            for (uint32_t n = i + 1; !(n & 1); n >>= 1) {
                uint32_t words[16];
                memcpy(words, stack[depth - 2], 64);
                depth--;
                memcpy(stack[depth - 1], start, 32);
                compress(stack[depth - 1], words, 0, 4);
            }
        }
        for (int i = 0; i < 8; i++)
            sum = bench_mix(sum, stack[0][i]);
        data[t]++;
    }
    return sum;
}
