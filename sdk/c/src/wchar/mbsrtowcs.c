#include "internal/utf8.h"
#include <errno.h>
#include <string.h>
#include <wchar.h>

static mbstate_t of_mbsrtowcs;

size_t mbsnrtowcs(wchar_t *restrict to, const char **restrict from, size_t from_len, size_t n,
                  mbstate_t *restrict state)
{
    const char *s = *from;
    size_t done = 0;
    state = state ? state : &of_mbsrtowcs;
    while (!to || done < n) {
        wchar_t c;
        size_t len = mbrtowc(&c, s, from_len, state);
        if (len == (size_t)-2) { /* all bytes are taken */
            s += from_len;
            break;
        }
        if (len == (size_t)-1) {
            if (to)
                *from = s;
            return len;
        }
        if (to)
            to[done] = c;
        if (len == 0) {
            s = NULL;
            break;
        }
        done++;
        s += len;
        from_len -= len;
    }
    if (to)
        *from = s;
    return done;
}

size_t mbsrtowcs(wchar_t *restrict to, const char **restrict from, size_t n,
                 mbstate_t *restrict state)
{
    return mbsnrtowcs(to, from, strlen(*from) + 1, n, state);
}

size_t wcsnrtombs(char *restrict to, const wchar_t **restrict from, size_t from_len, size_t n,
                  mbstate_t *restrict state)
{
    const wchar_t *s = *from;
    size_t done = 0;
    (void)state;
    for (; from_len > 0; s++, from_len--) {
        char bytes[4];
        int len = __utf8_encode(bytes, *s);
        if (len < 0) {
            errno = EILSEQ;
            done = (size_t)-1;
            break;
        }
        if (to && done + (size_t)len > n)
            break;
        if (to)
            memcpy(to + done, bytes, (size_t)len);
        if (*s == 0) {
            s = NULL;
            break;
        }
        done += (size_t)len;
    }
    if (to)
        *from = s;
    return done;
}

size_t wcsrtombs(char *restrict to, const wchar_t **restrict from, size_t n,
                 mbstate_t *restrict state)
{
    return wcsnrtombs(to, from, wcslen(*from) + 1, n, state);
}
