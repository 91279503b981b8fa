/* Reading wide characters: the stream's bytes are UTF-8. */
#include "stdio/file.h"
#include <errno.h>
#include <wchar.h>

/* The caller has the lock. */
static wint_t get(FILE *f)
{
    mbstate_t state = {0};
    wchar_t c;
    for (;;) {
        int byte = getc_unlocked(f);
        char b = (char)byte;
        if (byte == EOF && state.__count == 0)
            return WEOF;
        size_t len = byte == EOF ? (size_t)-1 : mbrtowc(&c, &b, 1, &state);
        if (len == (size_t)-1) {
            f->flags |= FILE_ERROR;
            errno = EILSEQ;
            return WEOF;
        }
        if (len != (size_t)-2)
            return c;
    }
}

wint_t fgetwc(FILE *f)
{
    owned_take(&f->lock);
    wint_t c = get(f);
    owned_release(&f->lock);
    return c;
}

wint_t getwc(FILE *f)
{
    return fgetwc(f);
}

wint_t getwchar(void)
{
    return fgetwc(stdin);
}

wchar_t *fgetws(wchar_t *restrict s, int n, FILE *restrict f)
{
    int done = 0;
    owned_take(&f->lock);
    while (done + 1 < n) {
        wint_t c = get(f);
        if (c == WEOF)
            break;
        s[done++] = c;
        if (c == L'\n')
            break;
    }
    int failed = n <= 0 || (done == 0 && n > 1) || f->flags & FILE_ERROR;
    owned_release(&f->lock);
    if (failed)
        return NULL;
    s[done] = 0;
    return s;
}

wint_t ungetwc(wint_t c, FILE *f)
{
    char bytes[4];
    size_t n = c == WEOF ? 0 : wcrtomb(bytes, c, NULL);
    if (n == 0 || n > sizeof bytes)
        return WEOF;
    owned_take(&f->lock);
    while (n > 0 && ungetc((unsigned char)bytes[n - 1], f) != EOF)
        n--;
    owned_release(&f->lock);
    return n == 0 ? c : WEOF;
}
