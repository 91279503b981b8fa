/* Short blocks with a few loads and stores, which is faster than an instruction that has to cope
 * with any length; WebAssembly's memory.copy does the rest. It is used nowhere else: programs are
 * compiled without it, lest they copy three bytes with it (sdk.toml). */
#include <stdint.h>
#include <string.h>

enum { SHORT_MAX = 32 };

#define BULK __attribute__((target("bulk-memory")))

struct bytes2 {
    uint16_t n;
} __attribute__((packed, may_alias));
struct bytes4 {
    uint32_t n;
} __attribute__((packed, may_alias));
struct bytes8 {
    uint64_t n;
} __attribute__((packed, may_alias));

#define LOAD(type, p)     (((const struct type *)(p))->n)
#define STORE(type, p, x) (((struct type *)(p))->n = (x))

/* The first and the last word of a block of n bytes, which overlap unless n is twice their size. */
#define MOVE_ENDS(type)                                                                            \
    do {                                                                                           \
        __typeof__(((struct type *)0)->n) head = LOAD(type, from),                                 \
                                          tail = LOAD(type, from + n - sizeof(struct type));       \
        STORE(type, to, head);                                                                     \
        STORE(type, to + n - sizeof(struct type), tail);                                           \
    } while (0)

/* Loads everything before it stores anything, so that blocks may overlap. */
static inline void move_short(unsigned char *to, const unsigned char *from, size_t n)
{
    if (n > 16) {
        uint64_t a = LOAD(bytes8, from), b = LOAD(bytes8, from + 8);
        uint64_t c = LOAD(bytes8, from + n - 16), d = LOAD(bytes8, from + n - 8);
        STORE(bytes8, to, a);
        STORE(bytes8, to + 8, b);
        STORE(bytes8, to + n - 16, c);
        STORE(bytes8, to + n - 8, d);
    } else if (n >= 8) {
        MOVE_ENDS(bytes8);
    } else if (n >= 4) {
        MOVE_ENDS(bytes4);
    } else if (n >= 2) {
        MOVE_ENDS(bytes2);
    } else if (n) {
        *to = *from;
    }
}

BULK void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    if (n > SHORT_MAX)
        return __builtin_memcpy(to, from, n);
    move_short(to, from, n);
    return to;
}

BULK void *memmove(void *to, const void *from, size_t n)
{
    if (n > SHORT_MAX)
        return __builtin_memmove(to, from, n);
    move_short(to, from, n);
    return to;
}
