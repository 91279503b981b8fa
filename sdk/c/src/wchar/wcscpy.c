/* Lengths, copies and chains of wide strings. */
#include <stdlib.h>
#include <wchar.h>

size_t wcslen(const wchar_t *s)
{
    size_t n = 0;
    while (s[n])
        n++;
    return n;
}

size_t wcsnlen(const wchar_t *s, size_t n)
{
    size_t len = 0;
    while (len < n && s[len])
        len++;
    return len;
}

wchar_t *wcpcpy(wchar_t *restrict to, const wchar_t *restrict from)
{
    while ((*to = *from++))
        to++;
    return to;
}

wchar_t *wcscpy(wchar_t *restrict to, const wchar_t *restrict from)
{
    wcpcpy(to, from);
    return to;
}

/* Fills up with zeros; without room for one there is none. */
wchar_t *wcpncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    size_t len = wcsnlen(from, n);
    wmemcpy(to, from, len);
    wmemset(to + len, 0, n - len);
    return to + len;
}

wchar_t *wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    wcpncpy(to, from, n);
    return to;
}

wchar_t *wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
    wcpcpy(to + wcslen(to), from);
    return to;
}

wchar_t *wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    size_t at = wcslen(to), len = wcsnlen(from, n);
    wmemcpy(to + at, from, len);
    to[at + len] = 0;
    return to;
}

wchar_t *wcsdup(const wchar_t *s)
{
    size_t n = wcslen(s) + 1;
    wchar_t *copy = reallocarray(NULL, n, sizeof *copy);
    return copy ? wmemcpy(copy, s, n) : NULL;
}
