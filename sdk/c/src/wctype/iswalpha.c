#define TABLE_ALPHA
#include "wctype/unicode.h"
#include "wctype/tables.h"

int iswalpha(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    if (c < 128)
        return (c | 32) - 'a' < 26;
    return in_ranges(alpha, TABLE_LEN(alpha), c);
}

int iswalnum(wint_t c)
{
    return iswdigit(c) || iswalpha(c);
}

int iswpunct(wint_t c)
{
    return iswgraph(c) && !iswalnum(c);
}
