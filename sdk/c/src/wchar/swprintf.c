#include "internal/utf8.h"
#include "wchar/wformat.h"
#include <errno.h>

struct wide_string {
    wchar_t *next;
    size_t room;
};

static void write_wide(struct sink *s, const char *from, size_t n)
{
    struct wide_string *to = s->stream;
    while (n > 0 && to->room > 0) {
        int len = __utf8_decode(from, n, to->next++);
        len = len > 0 ? len : 1; /* a NUL character */
        from += len;
        n -= (size_t)len;
        to->room--;
    }
}

/* Unlike snprintf this fails if there is not enough room. */
int vswprintf(wchar_t *restrict s, size_t n, const wchar_t *restrict format, va_list args)
{
    struct wide_string to = {s, n > 0 ? n - 1 : 0};
    struct sink sink = {.write = write_wide, .stream = &to};
    int count = __format_wide(&sink, format, args);
    if (n > 0)
        *to.next = 0;
    if (count >= 0 && (size_t)count >= n) {
        errno = EOVERFLOW;
        return -1;
    }
    return count;
}

int swprintf(wchar_t *restrict s, size_t n, const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int count = vswprintf(s, n, format, args);
    va_end(args);
    return count;
}
