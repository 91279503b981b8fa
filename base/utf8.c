#include "base/utf8.h"

/* Unicode 15, table 3-7: what the first byte says about the length and about the second byte. */
struct lead {
    uint8_t first, last; /* range of the first byte */
    uint8_t len, second_min, second_max;
};

static const struct lead leads[] = {
    {0x00, 0x7f, 1, 0, 0},       {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct lead *lead_find(uint8_t byte)
{
    for (size_t i = 0; i < ARRAY_LEN(leads); i++)
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    return NULL;
}

size_t utf8_decode(const void *text, size_t len, uint32_t *out_codepoint)
{
    const uint8_t *s = text;
    const struct lead *l = len ? lead_find(s[0]) : NULL;
    uint32_t c;

    if (!l || l->len > len)
        return 0;
    if (l->len == 1) {
        *out_codepoint = s[0];
        return 1;
    }
    if (s[1] < l->second_min || s[1] > l->second_max)
        return 0;
    c = s[0] & (0x7fu >> l->len);
    for (size_t i = 1; i < l->len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3f);
    }
    *out_codepoint = c;
    return l->len;
}

bool utf8_valid(const void *text, size_t len)
{
    const uint8_t *s = text;
    uint32_t c;

    while (len) {
        size_t n = *s < 0x80 ? 1 : utf8_decode(s, len, &c);
        if (!n)
            return false;
        s += n;
        len -= n;
    }
    return true;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    assert(c <= 0x10ffff);
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}
