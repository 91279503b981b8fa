#include "stdio/file.h"

int feof(FILE *f)
{
    return (f->flags & FILE_EOF) != 0;
}

int ferror(FILE *f)
{
    return (f->flags & FILE_ERROR) != 0;
}

void clearerr(FILE *f)
{
    owned_take(&f->lock);
    f->flags &= ~(unsigned)(FILE_EOF | FILE_ERROR);
    owned_release(&f->lock);
}

int fileno(FILE *f)
{
    return f->fd;
}
