/* Eight threads allocate, fill, check, resize, free, and free what others allocated. */
#include "tests/sdk_threads/check.h"
#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum { THREADS = 8, SLOTS = 64, STEPS = 20000, SHARED = 32 };

struct block {
    unsigned char *bytes;
    size_t len;
    unsigned char fill;
};

static struct block shared[SHARED];
static pthread_mutex_t shared_lock = PTHREAD_MUTEX_INITIALIZER;

static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

static void check(const struct block *b, size_t len)
{
    for (size_t i = 0; i < len; i++)
        CHECK(b->bytes[i] == b->fill);
}

static void refill(struct block *b, unsigned char fill)
{
    b->fill = fill;
    if (b->len > 0)
        memset(b->bytes, fill, b->len);
}

static size_t random_len(uint32_t *state)
{
    uint32_t r = next(state);
    return r % 64 == 0 ? r >> 8 & 0xffff : r >> 8 & (r & 1 ? 63 : 1023);
}

static void allocate(struct block *b, uint32_t *state)
{
    b->len = random_len(state);
    switch (next(state) % 4) {
    case 0:
        b->bytes = calloc(1, b->len);
        b->fill = 0;
        check(b, b->len);
        break;
    case 1: {
        size_t alignment = (size_t)16 << next(state) % 6;
        b->bytes = aligned_alloc(alignment, b->len);
        CHECK((uintptr_t)b->bytes % alignment == 0);
        break;
    }
    default:
        b->bytes = malloc(b->len);
    }
    CHECK(b->bytes);
    refill(b, (unsigned char)next(state));
}

static void resize(struct block *b, uint32_t *state)
{
    size_t len = random_len(state) + 1, kept = len < b->len ? len : b->len;
    b->bytes = realloc(b->bytes, len);
    CHECK(b->bytes);
    check(b, kept);
    b->len = len;
    refill(b, (unsigned char)next(state));
}

static void swap_with_others(struct block *b, uint32_t *state)
{
    struct block *s = &shared[next(state) % SHARED], mine = *b;
    pthread_mutex_lock(&shared_lock);
    *b = *s;
    *s = mine;
    pthread_mutex_unlock(&shared_lock);
}

static void *work(void *argument)
{
    struct block slots[SLOTS] = {0};
    uint32_t state = 12345 + (uint32_t)(uintptr_t)argument;
    for (int i = 0; i < STEPS; i++) {
        struct block *b = &slots[next(&state) % SLOTS];
        unsigned what = next(&state) % 8;
        if (!b->bytes) {
            allocate(b, &state);
        } else if (what < 2) {
            resize(b, &state);
        } else if (what < 4) {
            swap_with_others(b, &state);
        } else {
            check(b, b->len);
            free(b->bytes);
            *b = (struct block){0};
        }
    }
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].bytes)
            check(&slots[i], slots[i].len);
        free(slots[i].bytes);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        CHECK(pthread_create(&t[i], NULL, work, (void *)i) == 0);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(t[i], NULL) == 0);
    for (int i = 0; i < SHARED; i++)
        if (shared[i].bytes)
            check(&shared[i], shared[i].len);
    puts("the heap is whole");
}
