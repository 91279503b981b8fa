#include "internal/utf8.h"
#include <stdint.h>

int __utf8_decode(const char *s, size_t n, wchar_t *out)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (n == 0)
        return -1;
    unsigned char first = (unsigned char)s[0];
    if (first < 0x80) {
        *out = first;
        return first != 0;
    }
    size_t len = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || len > n)
        return -1;
    uint32_t c = first & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        unsigned char b = (unsigned char)s[i];
        if ((b & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (b & 0x3f);
    }
    if (c < smallest[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return -1;
    *out = (wchar_t)c;
    return (int)len;
}

int __utf8_encode(char *to, wchar_t wide)
{
    uint32_t c = (uint32_t)wide;
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return -1;
    int len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = len - 1; i > 0; i--, c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(0xf00u >> len | c);
    return len;
}
