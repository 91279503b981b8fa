/* POSIX's linear congruential generator of 48 bits: X = aX + c mod 2^48. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_LOW = 0x330e, DEFAULT_C = 0xb };
#define DEFAULT_A UINT64_C(0x5deece66d)
#define MASK48    ((UINT64_C(1) << 48) - 1)

/* The hidden state of the family; seed48 returns the last of these. */
static unsigned short state[3];
static uint64_t multiplier = DEFAULT_A;
static unsigned addend = DEFAULT_C;
static unsigned short previous[3];

static uint64_t join(const unsigned short x[3])
{
    return x[0] | (uint64_t)x[1] << 16 | (uint64_t)x[2] << 32;
}

static void split(uint64_t n, unsigned short x[3])
{
    for (int i = 0; i < 3; i++, n >>= 16)
        x[i] = (unsigned short)n;
}

static uint64_t next(unsigned short x[3])
{
    uint64_t n = (join(x) * multiplier + addend) & MASK48;
    split(n, x);
    return n;
}

double erand48(unsigned short x[3])
{
    return (double)next(x) * 0x1p-48;
}

double drand48(void)
{
    return erand48(state);
}

long nrand48(unsigned short x[3])
{
    return (long)(next(x) >> 17);
}

long lrand48(void)
{
    return nrand48(state);
}

long jrand48(unsigned short x[3])
{
    return (long)(int32_t)(next(x) >> 16);
}

long mrand48(void)
{
    return jrand48(state);
}

unsigned short *seed48(unsigned short seed[3])
{
    memcpy(previous, state, sizeof state);
    memcpy(state, seed, sizeof state);
    multiplier = DEFAULT_A;
    addend = DEFAULT_C;
    return previous;
}

void srand48(long seed)
{
    seed48((unsigned short[3]){SEED_LOW, (unsigned short)seed,
                               (unsigned short)((unsigned long)seed >> 16)});
}

void lcong48(unsigned short p[7])
{
    memcpy(state, p, sizeof state);
    multiplier = join(p + 3);
    addend = p[6];
}
