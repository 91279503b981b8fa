#define TABLE_COMBINING
#define TABLE_WIDE
#include "wctype/unicode.h"
#include "wctype/tables.h"
#include <wchar.h>

int wcwidth(wchar_t wide_char)
{
    uint32_t c = (uint32_t)wide_char;
    if (c - 32 < 95)
        return 1;
    if (c == 0)
        return 0;
    if (!iswprint(wide_char))
        return -1;
    if (in_ranges(combining, TABLE_LEN(combining), c))
        return 0;
    return in_ranges(wide, TABLE_LEN(wide), c) ? 2 : 1;
}

int wcswidth(const wchar_t *s, size_t n)
{
    int total = 0;
    for (; n > 0 && *s; n--, s++) {
        int width = wcwidth(*s);
        if (width < 0)
            return -1;
        total += width;
    }
    return total;
}
