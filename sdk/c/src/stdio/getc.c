#include "stdio/file.h"

int getc_unlocked(FILE *f)
{
    if (f->flags & FILE_WRITING || f->next == f->end) {
        if (__file_fill(f) == 0)
            return EOF;
    }
    return *f->next++;
}

int fgetc(FILE *f)
{
    owned_take(&f->lock);
    int c = getc_unlocked(f);
    owned_release(&f->lock);
    return c;
}

int getc(FILE *f)
{
    return fgetc(f);
}
