#define TABLE_TO_LOWER
#include "wctype/unicode.h"
#include "wctype/tables.h"

wint_t towlower(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    if (c < 128)
        return (wint_t)(c - 'A' < 26 ? c ^ 32 : c);
    return (wint_t)map_case(to_lower, TABLE_LEN(to_lower), c);
}

int iswupper(wint_t c)
{
    return towlower(c) != c;
}
