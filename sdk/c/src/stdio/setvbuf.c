#include "stdio/file.h"
#include <errno.h>
#include <stdlib.h>

static int set_buffer(FILE *f, char *buffer, int mode, size_t n)
{
    static const unsigned flags[] = {
        [_IOFBF] = 0, [_IOLBF] = FILE_LINE, [_IONBF] = FILE_UNBUFFERED};
    if ((unsigned)mode > _IONBF || fflush(f)) {
        errno = EINVAL;
        return EOF;
    }
    if (mode != _IONBF && n > UNGET_MAX && (buffer || n > f->capacity)) {
        char *space = buffer ? buffer : malloc(n);
        if (!space)
            return EOF;
        if (f->flags & FILE_OWN_BUFFER)
            free(f->buffer - UNGET_MAX);
        f->flags &= ~(unsigned)FILE_OWN_BUFFER;
        f->flags |= buffer ? 0 : FILE_OWN_BUFFER;
        f->buffer = (unsigned char *)space + UNGET_MAX;
        f->capacity = n - UNGET_MAX;
        f->next = f->end = f->buffer;
    }
    f->flags &= ~(unsigned)(FILE_LINE | FILE_UNBUFFERED | FILE_UNDECIDED);
    f->flags |= flags[mode];
    return 0;
}

int setvbuf(FILE *restrict f, char *restrict buffer, int mode, size_t n)
{
    owned_take(&f->lock);
    int failed = set_buffer(f, buffer, mode, n);
    owned_release(&f->lock);
    return failed;
}

void setbuf(FILE *restrict f, char *restrict buffer)
{
    setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void setbuffer(FILE *f, char *buffer, size_t n)
{
    setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, n);
}

void setlinebuf(FILE *f)
{
    setvbuf(f, NULL, _IOLBF, 0);
}
