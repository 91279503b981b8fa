/* Few instructions, so that they can be built into their callers. */
#include "stdio/file.h"

static __attribute__((noinline)) int read_more(FILE *f)
{
    return __file_fill(f) > 0 ? *f->next++ : EOF;
}

int getc_unlocked(FILE *f)
{
    return f->next < f->end ? *f->next++ : read_more(f);
}

int fgetc(FILE *f)
{
    owned_take(&f->lock);
    int c = getc_unlocked(f);
    owned_release(&f->lock);
    return c;
}

int getc(FILE *f) __attribute__((alias("fgetc")));
