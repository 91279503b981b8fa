/* A 64-bit linear congruential generator whose high bits are the result. */
#include "internal/lock.h"
#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;
static struct lock state_lock;

static int next(uint64_t *s)
{
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return (int)(*s >> 33);
}

static int next_shared(void)
{
    lock_take(&state_lock);
    int n = next(&state);
    lock_release(&state_lock);
    return n;
}

void srand(unsigned seed)
{
    lock_take(&state_lock);
    state = seed;
    lock_release(&state_lock);
}

int rand(void)
{
    return next_shared();
}

int rand_r(unsigned *seed)
{
    uint64_t s = *seed;
    next(&s);
    *seed = (unsigned)(s >> 32);
    return (int)(s >> 33);
}
