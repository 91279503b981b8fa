#include "stdio/file.h"

static int put_back(int c, FILE *f)
{
    if (c == EOF || !(f->flags & FILE_READ) || (f->flags & FILE_WRITING && __file_flush(f)))
        return EOF;
    if (f->next == f->buffer - UNGET_MAX)
        return EOF;
    *--f->next = (unsigned char)c;
    f->flags &= ~(unsigned)FILE_EOF;
    return c;
}

int ungetc(int c, FILE *f)
{
    owned_take(&f->lock);
    int result = put_back(c, f);
    owned_release(&f->lock);
    return result;
}
