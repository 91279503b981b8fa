/* A compressor: matches found through a hash of three bytes (LZ77), then codes of unequal length
 * for literals and lengths (Huffman); the bits go into a checksum. */
#include "tests/bench/bench.h"

#define SIZE      (3 << 20)
#define HASHES    (1 << 15)
#define WINDOW    32768
#define TRIES     16
#define MATCH_MIN 3
#define MATCH_MAX 130
#define SYMBOLS   (256 + MATCH_MAX + 1)

struct token {
    uint16_t symbol, distance;
};

static uint8_t data[SIZE + MATCH_MAX];
static int32_t heads[HASHES], previous[WINDOW];
static struct token tokens[SIZE];
static uint32_t counts[SYMBOLS], codes[SYMBOLS];
static uint8_t lengths[SYMBOLS];

static void make_data(void)
{
    static const char *const words[] = {"the ",  "kernel ", "of ", "a ",   "page ", "and ",
                                        "frame", "queue ",  "to ", "file", ".\n",   "module "};
    uint32_t seed = 1234567, at = 0;

    while (at < SIZE) {
        uint32_t r = bench_random(&seed) >> 7;
        const char *word = words[r % (sizeof words / sizeof *words)];
        size_t len = strlen(word);
        memcpy(data + at, word, len);
        at += (uint32_t)len;
        if (r % 29 == 0)
            data[at++] = (uint8_t)(r >> 8);
    }
}

static int match_len(const uint8_t *a, const uint8_t *b, int limit)
{
    int n = 0;

    while (n < limit && a[n] == b[n])
        n++;
    return n;
}

static uint32_t hash(const uint8_t *p)
{
    return ((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]) * 2654435761u >> 17;
}

static struct token longest(int at)
{
    struct token best = {data[at], 0};
    int best_len = MATCH_MIN - 1, limit = SIZE - at < MATCH_MAX ? SIZE - at : MATCH_MAX;
    int from = heads[hash(data + at)];

    for (int tries = 0; tries < TRIES && from >= 0 && at - from < WINDOW; tries++) {
        int len = match_len(data + from, data + at, limit);
        if (len > best_len) {
            best_len = len;
            best.symbol = (uint16_t)(256 + len);
            best.distance = (uint16_t)(at - from);
        }
        from = previous[from % WINDOW];
    }
    return best;
}

static int find_tokens(void)
{
    int count = 0;

    memset(heads, 0xff, sizeof heads);
    for (int at = 0; at < SIZE;) {
        struct token t = longest(at);
        int len = t.distance ? t.symbol - 256 : 1;
        tokens[count++] = t;
        counts[t.symbol]++;
        for (; len > 0; len--, at++) {
            uint32_t h = hash(data + at);
            previous[at % WINDOW] = heads[h];
            heads[h] = at;
        }
    }
    return count;
}

/* Lengths by merging the two rarest trees until one is left; then codes in the lengths' order. */
static void make_codes(void)
{
    static uint32_t weight[2 * SYMBOLS];
    static int parent[2 * SYMBOLS];
    int nodes = SYMBOLS;
    uint32_t code = 0;

    memset(parent, 0, sizeof parent);
    for (int i = 0; i < SYMBOLS; i++)
        weight[i] = counts[i];
    for (;; nodes++) {
        int a = -1, b = -1;
        for (int i = 0; i < nodes; i++) {
            if (!weight[i] || parent[i])
                continue;
            if (a < 0 || weight[i] < weight[a])
                b = a, a = i;
            else if (b < 0 || weight[i] < weight[b])
                b = i;
        }
        if (b < 0)
            break;
        weight[nodes] = weight[a] + weight[b];
        parent[nodes] = 0;
        parent[a] = parent[b] = nodes;
    }
    memset(lengths, 0, sizeof lengths);
    for (int i = 0; i < SYMBOLS; i++) {
        for (int n = i; parent[n]; n = parent[n])
            lengths[i]++;
    }
    for (int len = 1; len < 32; len++, code <<= 1) {
        for (int i = 0; i < SYMBOLS; i++) {
            if (lengths[i] == len)
                codes[i] = code++;
        }
    }
}

static uint64_t bench_kernel(void)
{
    uint64_t sum = 0, bits = 0;
    int count, used = 0;

    make_data();
    memset(counts, 0, sizeof counts);
    count = find_tokens();
    make_codes();
    for (int i = 0; i < count; i++) {
        bits = bits << lengths[tokens[i].symbol] | codes[tokens[i].symbol];
        used += lengths[tokens[i].symbol];
        if (used >= 32) {
            used -= 32;
            sum = bench_mix(sum, (uint32_t)(bits >> used));
        }
        sum += tokens[i].distance;
    }
    return bench_mix(sum, (uint64_t)count);
}
