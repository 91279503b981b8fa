/* The needle's maximal suffix splits it in two (Crochemore and Perrin, "Two-way string matching"):
 * time grows with the sum of the lengths, without memory. */
#include <wchar.h>

/* Where the maximal suffix of s starts, by the order of characters or its reverse, and its period.
 */
static size_t maximal_suffix(const wchar_t *s, size_t n, int reverse, size_t *out_period)
{
    size_t start = 0, period = 1, candidate = 1, k = 0;
    while (candidate + k < n) {
        wchar_t a = s[candidate + k], b = s[start + k];
        if (a == b) {
            k++;
            if (k == period) {
                candidate += period;
                k = 0;
            }
        } else if (reverse ? a > b : a < b) {
            candidate += k + 1;
            k = 0;
            period = candidate - start;
        } else {
            start = candidate++;
            period = 1;
            k = 0;
        }
    }
    *out_period = period;
    return start;
}

wchar_t *wcsstr(const wchar_t *haystack, const wchar_t *needle)
{
    size_t n = wcslen(needle), len = wcslen(haystack), period, other_period, known = 0;
    size_t split = maximal_suffix(needle, n, 0, &period);
    size_t other = maximal_suffix(needle, n, 1, &other_period);
    if (other > split) {
        split = other;
        period = other_period;
    }
    int periodic =
        wmemcmp(needle, needle + period, n < split ? n : split) == 0 && split + period <= n;
    if (!periodic)
        period = (split > n - split ? split : n - split) + 1;
    for (size_t at = 0; n <= len && at <= len - n;) {
        size_t i = split > known ? split : known;
        while (i < n && needle[i] == haystack[at + i])
            i++;
        if (i < n) {
            at += i - split + 1;
            known = 0;
            continue;
        }
        for (i = split; i > known && needle[i - 1] == haystack[at + i - 1]; i--)
            ;
        if (i <= known)
            return (wchar_t *)haystack + at;
        at += period;
        known = periodic ? n - period : 0;
    }
    return NULL;
}
