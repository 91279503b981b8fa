/* Searching in wide strings. */
#include <wchar.h>

wchar_t *wcschr(const wchar_t *s, wchar_t c)
{
    for (;; s++) {
        if (*s == c)
            return (wchar_t *)s;
        if (*s == 0)
            return NULL;
    }
}

wchar_t *wcsrchr(const wchar_t *s, wchar_t c)
{
    const wchar_t *found = NULL;
    for (;; s++) {
        if (*s == c)
            found = s;
        if (*s == 0)
            return (wchar_t *)found;
    }
}

size_t wcsspn(const wchar_t *s, const wchar_t *accept)
{
    size_t n = 0;
    while (s[n] && wcschr(accept, s[n]))
        n++;
    return n;
}

/* wcschr finds the end as well. */
size_t wcscspn(const wchar_t *s, const wchar_t *reject)
{
    size_t n = 0;
    while (!wcschr(reject, s[n]))
        n++;
    return n;
}

wchar_t *wcspbrk(const wchar_t *s, const wchar_t *accept)
{
    s += wcscspn(s, accept);
    return *s ? (wchar_t *)s : NULL;
}

wchar_t *wcstok(wchar_t *restrict s, const wchar_t *restrict separators, wchar_t **restrict state)
{
    s = s ? s : *state;
    s += wcsspn(s, separators);
    wchar_t *end = s + wcscspn(s, separators);
    *state = end;
    if (s == end)
        return NULL;
    if (*end) {
        *end = 0;
        *state = end + 1;
    }
    return s;
}
