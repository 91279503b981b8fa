/* Multibyte text is UTF-8. */
#include "internal/utf8.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int mbtowc(wchar_t *restrict out, const char *restrict s, size_t n)
{
    wchar_t ignored;
    if (!s)
        return 0; /* no shift states */
    int len = __utf8_decode(s, n, out ? out : &ignored);
    if (len < 0)
        errno = EILSEQ;
    return len;
}

int mblen(const char *s, size_t n)
{
    return mbtowc(NULL, s, n);
}

int wctomb(char *s, wchar_t c)
{
    if (!s)
        return 0;
    int len = __utf8_encode(s, c);
    if (len < 0)
        errno = EILSEQ;
    return len;
}

size_t mbstowcs(wchar_t *restrict to, const char *restrict from, size_t n)
{
    size_t count = 0;
    for (size_t left = strlen(from) + 1; !to || count < n; count++) {
        wchar_t c;
        int len = mbtowc(&c, from, left);
        if (len < 0)
            return (size_t)-1;
        if (to)
            to[count] = c;
        if (len == 0)
            break;
        from += len;
        left -= (size_t)len;
    }
    return count;
}

size_t wcstombs(char *restrict to, const wchar_t *restrict from, size_t n)
{
    size_t done = 0;
    for (;; from++) {
        char bytes[4];
        int len = wctomb(bytes, *from);
        if (len < 0)
            return (size_t)-1;
        if (to && done + (size_t)len > n)
            return done;
        if (to)
            memcpy(to + done, bytes, (size_t)len);
        if (*from == 0)
            return done;
        done += (size_t)len;
    }
}
