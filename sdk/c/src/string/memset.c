/* Short blocks with a few stores that overlap, memory.fill for others (see memcpy.c). */
#include <stdint.h>
#include <string.h>

enum { SHORT_MAX = 32 };

struct bytes4 {
    uint32_t n;
} __attribute__((packed, may_alias));
struct bytes8 {
    uint64_t n;
} __attribute__((packed, may_alias));

#define STORE(type, p, x) (((struct type *)(p))->n = (x))

__attribute__((target("bulk-memory"))) void *memset(void *to, int byte, size_t n)
{
    unsigned char *p = to;
    uint64_t word = (unsigned char)byte * 0x0101010101010101ull;
    if (n > SHORT_MAX)
        return __builtin_memset(to, byte, n);
    if (n >= 8) {
        STORE(bytes8, p, word);
        STORE(bytes8, p + n - 8, word);
        if (n > 16) {
            STORE(bytes8, p + 8, word);
            STORE(bytes8, p + n - 16, word);
        }
    } else if (n >= 4) {
        STORE(bytes4, p, (uint32_t)word);
        STORE(bytes4, p + n - 4, (uint32_t)word);
    } else if (n) {
        p[0] = p[n / 2] = p[n - 1] = (unsigned char)byte;
    }
    return to;
}
