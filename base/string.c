/* Bytes and C strings. The copies go through 64-bit registers: the kernel has no SIMD, and
 * emulators run plain loads and stores far faster than string instructions. `no_builtin` keeps the
 * compiler from turning a loop into a call of the very function that it implements. */
#include "base/string.h"

#include "base/base.h"

#define NO_BUILTIN __attribute__((no_builtin))

typedef uint64_t __attribute__((may_alias, aligned(1))) word_t;

enum { WORD = sizeof(word_t), BLOCK = 4 * WORD };

static inline void copy_block(unsigned char *d, const unsigned char *s)
{
    word_t a = ((const word_t *)s)[0], b = ((const word_t *)s)[1];
    word_t c = ((const word_t *)s)[2], e = ((const word_t *)s)[3];

    ((word_t *)d)[0] = a;
    ((word_t *)d)[1] = b;
    ((word_t *)d)[2] = c;
    ((word_t *)d)[3] = e;
}

NO_BUILTIN static void copy_forward(unsigned char *d, const unsigned char *s, size_t n)
{
    for (; n >= BLOCK; n -= BLOCK, d += BLOCK, s += BLOCK)
        copy_block(d, s);
    for (; n >= WORD; n -= WORD, d += WORD, s += WORD)
        *(word_t *)d = *(const word_t *)s;
    for (; n; n--)
        *d++ = *s++;
}

NO_BUILTIN static void copy_backward(unsigned char *d, const unsigned char *s, size_t n)
{
    d += n;
    s += n;
    for (; n >= BLOCK; n -= BLOCK)
        copy_block(d -= BLOCK, s -= BLOCK);
    for (; n >= WORD; n -= WORD) {
        d -= WORD;
        s -= WORD;
        *(word_t *)d = *(const word_t *)s;
    }
    for (; n; n--)
        *--d = *--s;
}

NO_BUILTIN void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
    copy_forward(dst, src, n);
    return dst;
}

NO_BUILTIN void *memmove(void *dst, const void *src, size_t n)
{
    if ((uintptr_t)dst - (uintptr_t)src >= n) /* dst below src, or past its end */
        copy_forward(dst, src, n);
    else
        copy_backward(dst, src, n);
    return dst;
}

NO_BUILTIN void *memset(void *dst, int c, size_t n)
{
    unsigned char *d = dst;
    word_t pattern = 0x0101010101010101ull * (unsigned char)c;

    for (; n >= BLOCK; n -= BLOCK, d += BLOCK) {
        ((word_t *)d)[0] = pattern;
        ((word_t *)d)[1] = pattern;
        ((word_t *)d)[2] = pattern;
        ((word_t *)d)[3] = pattern;
    }
    for (; n >= WORD; n -= WORD, d += WORD)
        *(word_t *)d = pattern;
    for (; n; n--)
        *d++ = (unsigned char)c;
    return dst;
}

NO_BUILTIN int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *x = a, *y = b;

    for (; n >= WORD && *(const word_t *)x == *(const word_t *)y; n -= WORD, x += WORD, y += WORD) {
    }
    for (; n; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

NO_BUILTIN void *memchr(const void *s, int c, size_t n)
{
    for (const unsigned char *p = s; n; n--, p++)
        if (*p == (unsigned char)c)
            return (void *)p;
    return NULL;
}

NO_BUILTIN size_t strlen(const char *s)
{
    size_t n = 0;

    while (s[n])
        n++;
    return n;
}

NO_BUILTIN size_t strnlen(const char *s, size_t max)
{
    size_t n = 0;

    while (n < max && s[n])
        n++;
    return n;
}

NO_BUILTIN int strcmp(const char *a, const char *b)
{
    for (; *a && *a == *b; a++, b++) {
    }
    return (unsigned char)*a - (unsigned char)*b;
}

NO_BUILTIN int strncmp(const char *a, const char *b, size_t n)
{
    for (; n && *a && *a == *b; n--, a++, b++) {
    }
    return n ? (unsigned char)*a - (unsigned char)*b : 0;
}

NO_BUILTIN char *strchr(const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (!*s)
            return NULL;
    }
}

NO_BUILTIN char *strrchr(const char *s, int c)
{
    const char *last = NULL;

    for (;; s++) {
        if (*s == (char)c)
            last = s;
        if (!*s)
            return (char *)last;
    }
}

size_t str_copy(char *dst, const char *src, size_t size)
{
    size_t len = strlen(src), n;

    if (!size)
        return len;
    n = len < size ? len : size - 1;
    memcpy(dst, src, n);
    dst[n] = 0;
    return len;
}
