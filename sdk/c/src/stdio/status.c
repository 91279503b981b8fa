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
    f->flags &= ~(unsigned)(FILE_EOF | FILE_ERROR);
}

int fileno(FILE *f)
{
    return f->fd;
}
