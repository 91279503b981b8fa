/* Turns a module into a slightly different one: for the fuzzer. Deterministic in the generator's
 * state. */
#pragma once

#include "base/base.h"

/* xorshift64*; the state is never 0. */
struct prng {
    uint64_t state;
};

void prng_seed(struct prng *r, uint64_t seed, uint64_t number);
uint64_t prng_next(struct prng *r);
/* Uniform enough in [0, n); 0 for n = 0. */
static inline uint32_t prng_below(struct prng *r, uint32_t n)
{
    return n ? (uint32_t)((prng_next(r) >> 32) * n >> 32) : 0;
}

enum { MUTANT_BYTES_MAX = 4 * 1024 * 1024 };

struct mutant {
    uint8_t *bytes; /* room for MUTANT_BYTES_MAX */
    uint32_t len;
};

/* Applies one random change. `other` is another module to take pieces from. */
void mutate(struct mutant *m, const uint8_t *other, uint32_t other_len, struct prng *r);
