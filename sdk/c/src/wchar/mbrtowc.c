/* UTF-8, a byte at a time if need be. */
#include "internal/utf8.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { INVALID = -1, INCOMPLETE = -2 };

/* The states of functions that got none. */
static mbstate_t of_mbrtowc, of_mbrlen;

int mbsinit(const mbstate_t *state)
{
    return !state || (!state->__count && !state->__pending && !state->__surrogate);
}

/* How many bytes the character has that begins so; 0: none does. */
static size_t length_by_first(unsigned char first)
{
    return first < 0x80   ? 1
           : first < 0xc2 ? 0
           : first < 0xe0 ? 2
           : first < 0xf0 ? 3
           : first < 0xf5 ? 4
                          : 0;
}

/* Whether some character begins with these bytes: what follows is tried as 0x80 and 0xbf. */
static int may_continue(const unsigned char *bytes, size_t count)
{
    size_t len = length_by_first(bytes[0]);
    char low[4], high[4];
    wchar_t ignored;
    if (len <= count)
        return 0;
    memset(low, 0x80, sizeof low);
    memset(high, 0xbf, sizeof high);
    memcpy(low, bytes, count);
    memcpy(high, bytes, count);
    return __utf8_decode(low, len, &ignored) > 0 || __utf8_decode(high, len, &ignored) > 0;
}

static size_t fail(mbstate_t *state)
{
    state->__count = 0;
    errno = EILSEQ;
    return (size_t)INVALID;
}

static size_t decode(wchar_t *out, const char *s, size_t n, mbstate_t *state)
{
    for (size_t taken = 0; taken < n;) {
        unsigned char *bytes = state->__bytes;
        bytes[state->__count++] = (unsigned char)s[taken++];
        wchar_t c;
        int len = __utf8_decode((const char *)bytes, state->__count, &c);
        if (len >= 0) {
            state->__count = 0;
            if (out)
                *out = c;
            return c ? taken : 0;
        }
        if (!may_continue(bytes, state->__count))
            return fail(state);
    }
    return (size_t)INCOMPLETE;
}

size_t mbrtowc(wchar_t *restrict out, const char *restrict s, size_t n, mbstate_t *restrict state)
{
    state = state ? state : &of_mbrtowc;
    return s ? decode(out, s, n, state) : decode(NULL, "", 1, state);
}

size_t mbrlen(const char *restrict s, size_t n, mbstate_t *restrict state)
{
    return mbrtowc(NULL, s, n, state ? state : &of_mbrlen);
}

size_t wcrtomb(char *restrict to, wchar_t c, mbstate_t *restrict state)
{
    (void)state;
    if (!to)
        return 1;
    int len = __utf8_encode(to, c);
    if (len < 0)
        errno = EILSEQ;
    return (size_t)len;
}

wint_t btowc(int c)
{
    return c >= 0 && c < 128 ? c : WEOF;
}

int wctob(wint_t c)
{
    return c >= 0 && c < 128 ? c : -1;
}
