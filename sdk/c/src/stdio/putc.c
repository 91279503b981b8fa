/* Few instructions, so that they can be built into their callers. */
#include "stdio/file.h"

static __attribute__((noinline)) int make_room(int c, FILE *f)
{
    unsigned char byte = (unsigned char)c;
    return __file_write(f, &byte, 1) == 1 ? byte : EOF;
}

int putc_unlocked(int c, FILE *f)
{
    return f->next < f->room ? *f->next++ = (unsigned char)c : make_room(c, f);
}

int fputc(int c, FILE *f)
{
    owned_take(&f->lock);
    int result = putc_unlocked(c, f);
    owned_release(&f->lock);
    return result;
}

int putc(int c, FILE *f) __attribute__((alias("fputc")));
