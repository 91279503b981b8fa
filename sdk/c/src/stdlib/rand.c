/* A 64-bit linear congruential generator whose high bits are the result. */
#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;

static int next(uint64_t *s)
{
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return (int)(*s >> 33);
}

void srand(unsigned seed)
{
    state = seed;
}

int rand(void)
{
    return next(&state);
}

void srandom(unsigned seed)
{
    state = seed;
}

long random(void)
{
    return next(&state);
}

int rand_r(unsigned *seed)
{
    uint64_t s = *seed;
    next(&s);
    *seed = (unsigned)(s >> 32);
    return (int)(s >> 33);
}
