/* random() (POSIX.1-2017): a 64-bit linear congruential generator whose high bits are the result.
 * Its state may lie in the caller's memory, in the first bytes of what initstate() is given. */
#include "internal/lock.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static char first_state[sizeof(uint64_t)] = {1};
static char *current = first_state;
static struct lock state_lock; /* guards both */

static void seed_it(unsigned seed)
{
    uint64_t s = seed;
    memcpy(current, &s, sizeof s);
}

void srandom(unsigned seed)
{
    lock_take(&state_lock);
    seed_it(seed);
    lock_release(&state_lock);
}

long random(void)
{
    uint64_t s;
    lock_take(&state_lock);
    memcpy(&s, current, sizeof s);
    s = s * 6364136223846793005u + 1442695040888963407u;
    memcpy(current, &s, sizeof s);
    lock_release(&state_lock);
    return (long)(s >> 33);
}

char *setstate(char *state)
{
    lock_take(&state_lock);
    char *before = current;
    current = state;
    lock_release(&state_lock);
    return before;
}

char *initstate(unsigned seed, char *state, size_t size)
{
    if (size < sizeof(uint64_t)) {
        errno = EINVAL;
        return NULL;
    }
    lock_take(&state_lock);
    char *before = current;
    current = state;
    seed_it(seed);
    lock_release(&state_lock);
    return before;
}
