/* Searching for a byte sequence. Knuth, Morris and Pratt's automaton would need memory for needles
 * of any length, so Crochemore and Perrin's two-way algorithm: linear time, constant space. */
#include <stdint.h>
#include <string.h>

enum { SHORT_NEEDLE = 4 };

/* Up to four bytes slide along as one number. */
static void *search_short(const unsigned char *h, size_t n, const unsigned char *needle, size_t m)
{
    const unsigned char *end = h + n;
    uint32_t wanted = 0, seen = 0, mask = ~0u >> (32 - 8 * m);
    for (size_t i = 0; i < m; i++) {
        wanted = wanted << 8 | needle[i];
        seen = seen << 8 | h[i];
    }
    for (h += m; (seen & mask) != wanted; h++) {
        if (h == end)
            return NULL;
        seen = seen << 8 | *h;
    }
    return (void *)(h - m);
}

/* Start of the maximal suffix under one order of the bytes (or the reverse one), and its period. */
static size_t maximal_suffix(const unsigned char *s, size_t m, int reversed, size_t *out_period)
{
    size_t start = 0, candidate = 1, matched = 0, period = 1;
    while (candidate + matched < m) {
        unsigned char a = s[start + matched], b = s[candidate + matched];
        if (a == b) {
            matched++;
            if (matched == period) {
                candidate += period;
                matched = 0;
            }
        } else if (reversed ? b > a
                            : b < a) { /* the candidate is smaller: the period grows over it */
            candidate += matched + 1;
            matched = 0;
            period = candidate - start;
        } else {
            start = candidate++;
            matched = 0;
            period = 1;
        }
    }
    *out_period = period;
    return start;
}

static void *search_two_way(const unsigned char *h, size_t n, const unsigned char *s, size_t m)
{
    size_t period, other_period;
    size_t cut = maximal_suffix(s, m, 0, &period);
    size_t other = maximal_suffix(s, m, 1, &other_period);
    if (other > cut) {
        cut = other;
        period = other_period;
    }
    int periodic = memcmp(s, s + period, cut) == 0;
    if (!periodic)
        period = (cut > m - cut ? cut : m - cut) + 1;
    size_t known = 0; /* so many bytes at the front are known to match (periodic needles) */
    for (size_t at = 0; at + m <= n;) {
        size_t i = cut > known ? cut : known;
        while (i < m && s[i] == h[at + i])
            i++;
        if (i < m) {
            at += i - cut + 1;
            known = 0;
            continue;
        }
        size_t j = cut;
        while (j > known && s[j - 1] == h[at + j - 1])
            j--;
        if (j <= known)
            return (void *)(h + at);
        at += period;
        known = periodic ? m - period : 0;
    }
    return NULL;
}

void *memmem(const void *haystack, size_t haystack_len, const void *needle, size_t needle_len)
{
    if (needle_len == 0)
        return (void *)haystack;
    if (needle_len > haystack_len)
        return NULL;
    if (needle_len <= SHORT_NEEDLE)
        return search_short(haystack, haystack_len, needle, needle_len);
    return search_two_way(haystack, haystack_len, needle, needle_len);
}
