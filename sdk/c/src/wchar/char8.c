#include "internal/utf8.h"
#include <string.h>
#include <uchar.h>

enum { INCOMPLETE = -2, LATER_BYTE = -3 };

static mbstate_t of_mbrtoc8, of_c8rtomb;

static void hand_out(char8_t *out, mbstate_t *state)
{
    if (out)
        *out = state->__bytes[0];
    memmove(state->__bytes, state->__bytes + 1, --state->__pending);
}

size_t mbrtoc8(char8_t *restrict out, const char *restrict s, size_t n, mbstate_t *restrict state)
{
    wchar_t c;
    state = state ? state : &of_mbrtoc8;
    if (state->__pending) {
        hand_out(out, state);
        return (size_t)LATER_BYTE;
    }
    size_t len = mbrtowc(&c, s ? s : "", s ? n : 1, state);
    if (len >= (size_t)INCOMPLETE || !s)
        return len;
    state->__pending = (unsigned char)__utf8_encode((char *)state->__bytes, c);
    hand_out(out, state);
    return len;
}

size_t c8rtomb(char *restrict to, char8_t c, mbstate_t *restrict state)
{
    wchar_t wide;
    char byte = (char)c;
    state = state ? state : &of_c8rtomb;
    if (!to) {
        memset(state, 0, sizeof *state);
        return 1;
    }
    size_t len = mbrtowc(&wide, &byte, 1, state);
    if (len == (size_t)INCOMPLETE)
        return 0;
    return len > (size_t)INCOMPLETE ? len : wcrtomb(to, wide, NULL);
}
