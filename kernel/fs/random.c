/* The kernel's random numbers: ChaCha20 (RFC 8439) as a generator with fast key erasure: the first
 * 32 bytes of each refill become the next key, so that an earlier output cannot be computed from a
 * later state. */
#include "base/string.h"
#include "kernel/core/spinlock.h"
#include "kernel/fs/vfs.h"
#include "kernel/proc/thread.h"

enum { CHACHA_BLOCK = 64, POOL_BLOCKS = 8, KEY_WORDS = 8, RESEED_BYTES = 1 << 20 };

static struct {
    struct spinlock lock;
    bool seeded;
    uint32_t key[KEY_WORDS];
    uint64_t since_seed; /* bytes handed out */
    uint8_t pool[POOL_BLOCKS * CHACHA_BLOCK];
    size_t left; /* unused bytes at the end of pool */
} rng;

static inline uint32_t rotl(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static void quarter(uint32_t *s, int a, int b, int c, int d)
{
    s[a] += s[b], s[d] = rotl(s[d] ^ s[a], 16);
    s[c] += s[d], s[b] = rotl(s[b] ^ s[c], 12);
    s[a] += s[b], s[d] = rotl(s[d] ^ s[a], 8);
    s[c] += s[d], s[b] = rotl(s[b] ^ s[c], 7);
}

static void chacha_block(const uint32_t key[KEY_WORDS], uint32_t counter, uint8_t out[CHACHA_BLOCK])
{
    uint32_t in[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, s[16];
    memcpy(in + 4, key, KEY_WORDS * sizeof(*key));
    in[12] = counter;
    memcpy(s, in, sizeof(s));
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 4; i++)
            quarter(s, i, 4 + i, 8 + i, 12 + i);
        for (int i = 0; i < 4; i++)
            quarter(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
    }
    for (int i = 0; i < 16; i++)
        s[i] += in[i];
    memcpy(out, s, sizeof(s));
}

static void refill(void)
{
    for (uint32_t i = 0; i < POOL_BLOCKS; i++)
        chacha_block(rng.key, i, rng.pool + i * CHACHA_BLOCK);
    memcpy(rng.key, rng.pool, sizeof(rng.key));
    memset(rng.pool, 0, sizeof(rng.key));
    rng.left = sizeof(rng.pool) - sizeof(rng.key);
}

/* Mixes what the machine offers into the key; the old key stays in the mix. */
static void reseed(void)
{
    struct {
        uint32_t entropy[KEY_WORDS];
        uint64_t clock, wall;
    } seed;
    bool good = arch_entropy(seed.entropy, sizeof(seed.entropy));
    (void)good; /* best effort otherwise: the clocks below are all there is */
    seed.clock = arch_clock_ns();
    seed.wall = arch_wall_ns();
    for (unsigned i = 0; i < KEY_WORDS; i++)
        rng.key[i] ^= seed.entropy[i];
    rng.key[0] ^= (uint32_t)seed.clock;
    rng.key[1] ^= (uint32_t)(seed.clock >> 32);
    rng.key[2] ^= (uint32_t)seed.wall;
    rng.key[3] ^= (uint32_t)(seed.wall >> 32);
    rng.since_seed = 0;
    rng.seeded = true;
    refill();
}

/* At most one pool's worth, under the lock. */
static size_t take(uint8_t *out, size_t len)
{
    arch_irq_t irq = spin_lock(&rng.lock);
    if (!rng.seeded || rng.since_seed >= RESEED_BYTES)
        reseed();
    if (!rng.left)
        refill();
    size_t n = min_u64(len, rng.left);
    uint8_t *from = rng.pool + sizeof(rng.pool) - rng.left;
    memcpy(out, from, n);
    memset(from, 0, n);
    rng.left -= n;
    rng.since_seed += n;
    spin_unlock(&rng.lock, irq);
    return n;
}

void random_fill(void *buf, size_t len)
{
    uint8_t
        piece[128]; /* the caller's buffer may fault in, which must not happen under a spin lock */
    uint8_t *out = buf;
    while (len && !thread_dying()) {
        size_t n = take(piece, min_u64(len, sizeof(piece)));
        memcpy(out, piece, n);
        out += n;
        len -= n;
    }
    memset(piece, 0, sizeof(piece));
}
