#include "stdio/file.h"
#include "wchar/wformat.h"
#include <errno.h>

static void write_stream(struct sink *s, const char *from, size_t n)
{
    if (__file_write(s->stream, from, n) != n && !s->failed)
        s->failed = errno;
}

int vfwprintf(FILE *restrict f, const wchar_t *restrict format, va_list args)
{
    struct sink s = {.write = write_stream, .stream = f};
    owned_take(&f->lock);
    int n = __format_wide(&s, format, args);
    owned_release(&f->lock);
    return n;
}

int vwprintf(const wchar_t *restrict format, va_list args)
{
    return vfwprintf(stdout, format, args);
}

int fwprintf(FILE *restrict f, const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfwprintf(f, format, args);
    va_end(args);
    return n;
}

int wprintf(const wchar_t *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfwprintf(stdout, format, args);
    va_end(args);
    return n;
}
