#include "stdio/file.h"
#include "stdio/sink.h"
#include <errno.h>

static void write_stream(struct sink *s, const char *from, size_t n)
{
    if (__file_write(s->stream, from, n) != n && !s->failed)
        s->failed = errno;
}

/* An unbuffered stream gets a buffer for the duration of the call: its output leaves in one piece.
 */
static int format_unbuffered(FILE *f, struct sink *s, const char *format, va_list args)
{
    unsigned char space[UNGET_MAX + 512];
    unsigned char *buffer = f->buffer;
    size_t capacity = f->capacity;
    if (__file_flush(f))
        return -1;
    f->buffer = f->next = f->end = space + UNGET_MAX;
    f->capacity = sizeof space - UNGET_MAX;
    f->flags &= ~(unsigned)FILE_UNBUFFERED;
    int n = __format(s, format, args);
    if (__file_flush(f))
        n = -1;
    f->flags |= FILE_UNBUFFERED;
    f->buffer = f->next = f->end = buffer;
    f->capacity = capacity;
    return n;
}

int vfprintf(FILE *restrict f, const char *restrict format, va_list args)
{
    struct sink s = {.write = write_stream, .stream = f};
    owned_take(&f->lock);
    int n = f->flags & FILE_UNBUFFERED ? format_unbuffered(f, &s, format, args)
                                       : __format(&s, format, args);
    owned_release(&f->lock);
    return n;
}

int fprintf(FILE *restrict f, const char *restrict format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfprintf(f, format, args);
    va_end(args);
    return n;
}
