#define TABLE_TO_UPPER
#include "wctype/unicode.h"
#include "wctype/tables.h"

wint_t towupper(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    if (c < 128)
        return (wint_t)(c - 'a' < 26 ? c ^ 32 : c);
    return (wint_t)map_case(to_upper, TABLE_LEN(to_upper), c);
}

/* What has a capital letter, and the sharp s, which has none. */
int iswlower(wint_t c)
{
    return towupper(c) != c || c == 0xdf;
}
