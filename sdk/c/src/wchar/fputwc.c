/* Writing wide characters as UTF-8. */
#include "internal/utf8.h"
#include "stdio/file.h"
#include <errno.h>
#include <wchar.h>

/* The caller has the lock. 0 or -1 with errno. */
static int put(wchar_t c, FILE *f)
{
    char bytes[4];
    int n = __utf8_encode(bytes, c);
    if (n < 0) {
        f->flags |= FILE_ERROR;
        errno = EILSEQ;
        return -1;
    }
    return __file_write(f, bytes, (size_t)n) == (size_t)n ? 0 : -1;
}

wint_t fputwc(wchar_t c, FILE *f)
{
    owned_take(&f->lock);
    int failed = put(c, f);
    owned_release(&f->lock);
    return failed ? WEOF : c;
}

wint_t putwc(wchar_t c, FILE *f)
{
    return fputwc(c, f);
}

wint_t putwchar(wchar_t c)
{
    return fputwc(c, stdout);
}

int fputws(const wchar_t *restrict s, FILE *restrict f)
{
    int failed = 0;
    owned_take(&f->lock);
    for (; *s && !failed; s++)
        failed = put(*s, f);
    owned_release(&f->lock);
    return failed;
}
