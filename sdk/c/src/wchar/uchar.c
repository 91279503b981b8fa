#include <errno.h>
#include <uchar.h>

enum { HIGH = 0xd800, LOW = 0xdc00, HALF_BITS = 10, FIRST_PAIR = 0x10000, SECOND_HALF = -3 };

static mbstate_t of_mbrtoc16, of_c16rtomb, of_mbrtoc32;

size_t mbrtoc32(char32_t *restrict out, const char *restrict s, size_t n, mbstate_t *restrict state)
{
    wchar_t c = 0;
    size_t len = mbrtowc(&c, s ? s : "", s ? n : 1, state ? state : &of_mbrtoc32);
    if (out && s && len <= n)
        *out = (char32_t)c;
    return len;
}

size_t c32rtomb(char *restrict to, char32_t c, mbstate_t *restrict state)
{
    return wcrtomb(to, (wchar_t)c, state);
}

size_t mbrtoc16(char16_t *restrict out, const char *restrict s, size_t n, mbstate_t *restrict state)
{
    wchar_t c = 0;
    state = state ? state : &of_mbrtoc16;
    if (state->__surrogate) {
        if (out)
            *out = state->__surrogate;
        state->__surrogate = 0;
        return (size_t)SECOND_HALF;
    }
    size_t len = mbrtowc(&c, s ? s : "", s ? n : 1, state);
    if (len > (size_t)SECOND_HALF || !s)
        return len;
    if (c >= FIRST_PAIR) {
        state->__surrogate = (unsigned short)(LOW | ((c - FIRST_PAIR) & ((1 << HALF_BITS) - 1)));
        c = HIGH | (c - FIRST_PAIR) >> HALF_BITS;
    }
    if (out)
        *out = (char16_t)c;
    return len;
}

size_t c16rtomb(char *restrict to, char16_t c, mbstate_t *restrict state)
{
    state = state ? state : &of_c16rtomb;
    unsigned short first = state->__surrogate;
    state->__surrogate = 0;
    if (!to)
        return 1;
    int high = c >= HIGH && c < LOW, low = c >= LOW && c < LOW + (LOW - HIGH);
    if ((first != 0) != low) {
        errno = EILSEQ;
        return (size_t)-1;
    }
    if (high) {
        state->__surrogate = c;
        return 0;
    }
    wchar_t wide = low ? FIRST_PAIR + ((first - HIGH) << HALF_BITS) + (c - LOW) : c;
    return wcrtomb(to, wide, NULL);
}
