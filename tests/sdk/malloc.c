/* The heap under random use: contents survive, alignment holds, calloc is zero, freed memory is
 * used again. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 500, ROUNDS = 200000 };

static struct slot {
    unsigned char *p;
    size_t n;
    unsigned char fill;
} slots[SLOTS];

static uint64_t state = 88172645463325252u;
static int failures;

static unsigned next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 16);
}

static size_t random_size(void)
{
    switch (next() % 16) {
    case 0:
        return next() % 70000;
    case 1:
    case 2:
        return next() % 5000;
    case 3:
        return 0;
    default:
        return next() % 200;
    }
}

static void check(int ok, const char *what)
{
    if (!ok && failures++ < 10)
        printf("failed: %s\n", what);
}

static void check_contents(const struct slot *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s->p[i] != s->fill) {
            check(0, "contents");
            return;
        }
}

static void fill(struct slot *s, size_t n)
{
    s->n = n;
    s->fill = (unsigned char)next();
    memset(s->p, s->fill, n);
}

static void allocate(struct slot *s)
{
    size_t n = random_size(), alignment = 16;
    switch (next() % 4) {
    case 0:
        s->p = calloc(1, n);
        for (size_t i = 0; i < n; i++)
            if (s->p[i]) {
                check(0, "calloc is zero");
                break;
            }
        break;
    case 1:
        alignment = (size_t)1 << (next() % 13);
        s->p = aligned_alloc(alignment, n);
        break;
    default:
        s->p = malloc(n);
    }
    check(s->p != NULL, "memory");
    check(((uintptr_t)s->p & (alignment - 1)) == 0 && ((uintptr_t)s->p & 15) == 0, "alignment");
    check(malloc_usable_size(s->p) >= n, "usable size");
    fill(s, n);
}

static void resize(struct slot *s)
{
    size_t n = random_size();
    unsigned char *moved = realloc(s->p, n);
    check(moved != NULL, "realloc");
    s->p = moved;
    check_contents(s, n < s->n ? n : s->n);
    fill(s, n);
}

static void stress(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct slot *s = &slots[next() % SLOTS];
        if (!s->p) {
            allocate(s);
        } else if (next() % 3 == 0) {
            resize(s);
        } else {
            check_contents(s, s->n);
            free(s->p);
            s->p = NULL;
        }
    }
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].p)
            check_contents(&slots[i], slots[i].n);
        free(slots[i].p);
    }
}

static size_t pages(void)
{
    return __builtin_wasm_memory_size(0);
}

int main(void)
{
    stress();
    printf("stress: %d failures\n", failures);

    size_t before = pages();
    for (int i = 0; i < 100000; i++) {
        char *p = malloc(1000 + (unsigned)i % 100);
        *(volatile char *)p = 1;
        free(p);
    }
    printf("reuse: %s\n", pages() == before ? "no growth" : "grew");

    char *big = malloc(50 << 20);
    printf("50 MiB: %s\n", big ? "yes" : "no");
    big = realloc(big, 60 << 20);
    printf("60 MiB: %s\n", big ? "yes" : "no");
    before = pages();
    free(big);
    big = malloc(60 << 20);
    printf("again: %s\n", big && pages() == before ? "no growth" : "grew");
    free(big);

    volatile size_t huge = SIZE_MAX;
    void *volatile none = malloc(huge);
    printf("too much: %d\n", none == NULL);
    none = calloc(huge / 2, 3);
    printf("calloc overflow: %d\n", none == NULL);
    none = realloc(malloc(10), huge - 3);
    printf("realloc: %d\n", none == NULL);
    none = aligned_alloc(huge / 2 + 1, 100);
    printf("aligned: %d\n", none == NULL);
    return failures != 0;
}
