/* The heap at its limits: what does not fit is refused and harms nothing, what
 * is freed is found again, and random use needs little more memory than what is
 * alive. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 3000, ROUNDS = 600000, PAGE = 65536, BIG_MAX = 128 };

static struct slot {
    unsigned char *p;
    size_t n;
} slots[SLOTS];

static uint64_t state = 88172645463325252u;
static size_t live, peak;

static unsigned next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 16);
}

static size_t memory(void)
{
    return __builtin_wasm_memory_size(0) * PAGE;
}

/* The first and the last byte of a block say whose it is. */
static void mark(struct slot *s)
{
    if (s->n > 0)
        s->p[0] = s->p[s->n - 1] = (unsigned char)(s - slots);
}

static int marked(const struct slot *s)
{
    unsigned char name = (unsigned char)(s - slots);
    return s->n == 0 || (s->p[s->n - 1] == name && (s->n == 1 || s->p[0] == name));
}

/* Mostly small, sometimes large: 1 to 2^k bytes, k from 4 to 14. */
static size_t random_size(void)
{
    unsigned log2 = 4 + next() % 6 + (next() % 8 ? 0 : next() % 6);
    return 1 + next() % (1u << log2);
}

static int set(struct slot *s, unsigned char *p, size_t n)
{
    if (!p)
        return 0;
    live += n - s->n;
    peak = live > peak ? live : peak;
    s->p = p;
    s->n = n;
    mark(s);
    return 1;
}

/* One random step; 0 if something is wrong. */
static int step(struct slot *s)
{
    size_t n = random_size();
    if (s->p && !marked(s))
        return 0;
    if (!s->p)
        return set(s, next() % 4 ? malloc(n) : aligned_alloc((size_t)1 << next() % 9, n), n);
    if (next() % 4 == 0)
        return set(s, realloc(s->p, n), n);
    free(s->p);
    live -= s->n;
    *s = (struct slot){0};
    return 1;
}

static void fragmentation(void)
{
    size_t before = memory(), wrong = 0;
    for (int i = 0; i < ROUNDS; i++)
        wrong += !step(&slots[next() % SLOTS]);
    size_t grown = memory() - before;
    printf("random use: %zu wrong, %s\n", wrong,
           grown <= 2 * peak ? "at most twice what was alive" : "fragmented");
    for (int i = 0; i < SLOTS; i++)
        free(slots[i].p);
    before = memory();
    void *all = malloc(grown - grown / 8);
    printf("afterwards it is one block: %s\n", all && memory() == before ? "yes" : "no");
    free(all);
}

/* The compiler would leave out allocations that only have to fail, and believes that they leave
 * errno alone. */
static void *(*volatile allocate)(size_t) = malloc;
static void *(*volatile allocate_zeros)(size_t, size_t) = calloc;
static void *(*volatile allocate_aligned)(size_t, size_t) = aligned_alloc;
static void *(*volatile reallocate)(void *, size_t) = realloc;

static void refused(const char *what, const void *p)
{
    printf("%s: %s, %s\n", what, p ? "?" : "NULL", errno == ENOMEM ? "ENOMEM" : "?");
    errno = 0;
}

/* As many megabytes as there are; then a smaller block fits if one of them
 * goes. */
static void limit(void)
{
    static unsigned char *blocks[BIG_MAX];
    int count = 0, good = 0;
    size_t n = (size_t)64 << 20;
    for (; count < BIG_MAX && (blocks[count] = malloc(n)); count++) {
        blocks[count][0] = (unsigned char)count;
        blocks[count][n - 1] = (unsigned char)count;
    }
    refused("more than there is", count < BIG_MAX ? blocks[count] : NULL);
    refused("realloc", reallocate(blocks[0], 0x7fff0000));
    refused("calloc, counts that multiply to too much", allocate_zeros(0x10000, 0x10000));
    refused("malloc(SIZE_MAX)", allocate(SIZE_MAX));
    refused("aligned_alloc", allocate_aligned((size_t)1 << 30, (size_t)1 << 30));
    for (int i = 0; i < count; i++)
        good += blocks[i][0] == i && blocks[i][n - 1] == i;
    printf("blocks: %s\n", count > 0 && good == count ? "all there, unharmed" : "lost");
    free(blocks[count - 1]);
    void *again = malloc(n);
    printf("one freed, one allocated: %s\n", again ? "yes" : "no");
    free(again);
    for (int i = 0; i < count - 1; i++)
        free(blocks[i]);
    size_t before = memory();
    again = malloc(n);
    printf("all freed, one allocated: %s\n", again && memory() == before ? "no growth" : "grew");
}

int main(void)
{
    fragmentation();
    limit();
    return 0;
}
