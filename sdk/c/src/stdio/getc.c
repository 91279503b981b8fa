#include "stdio/file.h"

int fgetc(FILE *f)
{
    if (f->flags & FILE_WRITING || f->next == f->end) {
        if (__file_fill(f) == 0)
            return EOF;
    }
    return *f->next++;
}

int getc(FILE *f)
{
    return fgetc(f);
}
