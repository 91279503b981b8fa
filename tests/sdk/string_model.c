/* The functions of <string.h> against the plainest loops that do the same: every alignment and many
 * lengths, every overlap, and at the very end of the memory, where reading one byte more traps. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The library's functions, not the compiler's ideas of them. */
#pragma clang attribute push(__attribute__((no_builtin)), apply_to = function)

enum { PAGE = 65536, ALIGNMENTS = 16, LENGTHS = 70, ROOM = 512 };

static unsigned char *memory_end; /* behind the last byte there is */
static uint64_t state = 88172645463325252u;
static int failures;
static long cases;

static unsigned next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 16);
}

static void check(int ok, const char *what, size_t at, size_t n)
{
    cases++;
    if (!ok && failures++ < 20)
        printf("failed: %s, alignment %zu, %zu bytes\n", what, at, n);
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

/* The models. */
static size_t length(const char *s)
{
    size_t n = 0;
    while (s[n])
        n++;
    return n;
}

static int compare(const unsigned char *a, const unsigned char *b, size_t n, int text)
{
    for (; n > 0; n--, a++, b++) {
        if (*a != *b)
            return *a < *b ? -1 : 1;
        if (text && *a == 0)
            break;
    }
    return 0;
}

static void *find(const void *s, int c, size_t n, int backwards)
{
    const unsigned char *p = s;
    for (size_t i = 0; i < n; i++) {
        size_t at = backwards ? n - 1 - i : i;
        if (p[at] == (unsigned char)c)
            return (void *)(p + at);
    }
    return NULL;
}

static void *search(const unsigned char *h, size_t n, const unsigned char *s, size_t m)
{
    for (; m <= n; h++, n--)
        if (compare(h, s, m, 0) == 0)
            return (void *)h;
    return NULL;
}

static size_t span(const char *s, const char *set, int inside)
{
    size_t n = 0;
    while (s[n] && !find(set, s[n], length(set), 0) == !inside)
        n++;
    return n;
}

/* Copies, also onto themselves: blocks that lie `distance` apart. */
static void copies(void)
{
    static unsigned char block[ROOM], wanted[ROOM];
    for (size_t n = 0; n < LENGTHS; n++) {
        for (int distance = -(int)LENGTHS; distance <= (int)LENGTHS; distance++) {
            size_t from = 128 + next() % ALIGNMENTS, to = (size_t)((int)from + distance);
            for (size_t i = 0; i < ROOM; i++)
                block[i] = wanted[i] = (unsigned char)next();
            for (size_t i = 0; i < n; i++)
                wanted[to + i] = block[from + i];
            void *result = memmove(block + to, block + from, n);
            check(result == block + to && compare(block, wanted, ROOM, 0) == 0, "memmove", from, n);
        }
    }
}

/* A block of n bytes between two others: copied, set and compared; nothing else may change. */
static void blocks(unsigned char *to, size_t at, size_t n)
{
    static unsigned char from[ROOM];
    unsigned char before = to[-1], fill = (unsigned char)next();
    unsigned char *source = from + next() % ALIGNMENTS;
    for (size_t i = 0; i < n; i++)
        source[i] = (unsigned char)next();
    check(memcpy(to, source, n) == to && compare(to, source, n, 0) == 0, "memcpy", at, n);
    check(memcmp(to, source, n) == 0, "memcmp, equal", at, n);
    if (n > 0) {
        size_t k = next() % n;
        to[k] ^= (unsigned char)(1 + next() % 255);
        check(sign(memcmp(to, source, n)) == compare(to, source, n, 0), "memcmp", at, n);
        check(memchr(to, to[k], n) == find(to, to[k], n, 0), "memchr", at, n);
        check(memrchr(to, to[k], n) == find(to, to[k], n, 1), "memrchr", at, n);
        size_t m = 1 + next() % (n - k);
        check(memmem(to, n, to + k, m) == search(to, n, to + k, m), "memmem", at, n);
    }
    check(memset(to, fill, n) == to, "memset", at, n);
    for (size_t i = 0; i < n; i++)
        check(to[i] == fill, "memset", at, n);
    check(to[-1] == before, "the byte in front", at, n);
}

/* A string of n characters, a few different ones, so that there are matches. */
static void strings(char *s, size_t at, size_t n)
{
    static char copy[ROOM], set[4] = "ab";
    for (size_t i = 0; i < n; i++)
        s[i] = (char)((next() % 3 ? 'a' : 'B') + (int)(next() % 3) - (next() % 50 ? 0 : 128));
    s[n] = '\0';
    check(strlen(s) == n && strnlen(s, n + 1) == n && strnlen(s, n / 2) == n / 2, "strlen", at, n);
    check(strcpy(copy, s) == copy && compare((void *)copy, (void *)s, n + 1, 0) == 0, "strcpy", at,
          n);
    check(strcmp(s, copy) == 0 && strncmp(s, copy, n + 1) == 0, "strcmp, equal", at, n);
    int c = n ? s[next() % n] : 'x';
    check(strchr(s, c) == find(s, c, n + 1, 0), "strchr", at, n);
    check(strrchr(s, c) == find(s, c, n + 1, 1), "strrchr", at, n);
    check(strchr(s, 0) == s + n && strrchr(s, 0) == s + n, "strchr, the end", at, n);
    check(strspn(s, set) == span(s, set, 1), "strspn", at, n);
    check(strcspn(s, set) == span(s, set, 0), "strcspn", at, n);
    size_t m = next() % 7, k = n > m ? next() % (n - m) : 0;
    char needle[8] = "";
    strncpy(needle, s + k, m);
    check(strstr(s, needle) == search((void *)s, n, (void *)needle, length(needle)), "strstr", at,
          n);
    if (n > 0) {
        copy[next() % n] ^= 1;
        check(sign(strcmp(s, copy)) == compare((void *)s, (void *)copy, n + 1, 1), "strcmp", at, n);
        size_t part = next() % (n + 2);
        check(sign(strncmp(s, copy, part)) == compare((void *)s, (void *)copy, part, 1), "strncmp",
              at, n);
    }
    check(strcasecmp(s, s) == 0 && strncasecmp(s, copy, 0) == 0, "strcasecmp", at, n);
}

/* What only reads a part: nothing behind that part may be needed. */
static void parts(unsigned char *s, size_t n)
{
    static unsigned char other[ROOM];
    memcpy(other, s, n);
    check(strnlen((char *)s, n) == n, "strnlen at the end", 0, n);
    check(strncmp((char *)s, (char *)other, n) == 0, "strncmp at the end", 0, n);
    check(strncasecmp((char *)s, (char *)other, n) == 0, "strncasecmp at the end", 0, n);
    check(memchr(s, 0, n) == NULL && memrchr(s, 0, n) == NULL, "memchr at the end", 0, n);
    check(memccpy(other, s, 0, n) == NULL, "memccpy at the end", 0, n);
    other[n] = 'x';
    check(strncpy((char *)other, (char *)s, n) == (char *)other && other[n] == 'x',
          "strncpy at the end", 0, n);
    char *copy = strndup((char *)s, n);
    check(copy && length(copy) == n, "strndup at the end", 0, n);
    free(copy);
}

int main(void)
{
    static unsigned char room[ROOM];
    size_t pages = __builtin_wasm_memory_grow(0, 1);
    if (pages == SIZE_MAX) {
        printf("no memory\n");
        return 1;
    }
    memory_end = (unsigned char *)((pages + 1) * PAGE);
    copies();
    for (size_t n = 0; n < LENGTHS; n++) {
        for (size_t at = 0; at < ALIGNMENTS; at++) {
            blocks(room + 64 + at, at, n);
            strings((char *)room + 64 + at, at, n);
        }
        for (int i = 0; i < 20; i++) {
            blocks(memory_end - n, 0, n);
            if (n > 0)
                strings((char *)memory_end - n, 0, n - 1);
        }
        memset(memory_end - n, 'y', n);
        parts(memory_end - n, n);
    }
    printf("%ld cases, %d failures\n", cases, failures);
    return failures != 0;
}

#pragma clang attribute pop
