#include <stdint.h>
#include <wctype.h>

int iswdigit(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    return c - '0' < 10;
}

int iswxdigit(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    return c - '0' < 10 || (c | 32) - 'a' < 6;
}

int iswblank(wint_t c)
{
    return c == ' ' || c == '\t';
}

/* Without the spaces at which no line breaks: U+00A0, U+2007, U+202F. */
int iswspace(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    return c == ' ' || c - '\t' < 5 || c == 0x85 || c == 0x1680 ||
           (c - 0x2000 < 11 && c != 0x2007) || c == 0x2028 || c == 0x2029 || c == 0x205f ||
           c == 0x3000;
}

int iswcntrl(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    return c < 32 || c - 127 < 33 || c == 0x2028 || c == 0x2029;
}

/* Every character but controls; surrogates and U+xxFFFE, U+xxFFFF are none. */
int iswprint(wint_t wide)
{
    uint32_t c = (uint32_t)wide;
    return c <= 0x10ffff && !iswcntrl(wide) && c - 0xd800 >= 0x800 && (c & 0xfffe) != 0xfffe;
}

int iswgraph(wint_t c)
{
    return iswprint(c) && !iswspace(c);
}
