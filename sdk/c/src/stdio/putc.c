#include "stdio/file.h"

int putc_unlocked(int c, FILE *f)
{
    unsigned char byte = (unsigned char)c;
    if (f->flags & FILE_WRITING && f->next < f->end) {
        *f->next++ = byte;
        return byte;
    }
    return __file_write(f, &byte, 1) == 1 ? byte : EOF;
}

int fputc(int c, FILE *f)
{
    owned_take(&f->lock);
    int result = putc_unlocked(c, f);
    owned_release(&f->lock);
    return result;
}

int putc(int c, FILE *f)
{
    return fputc(c, f);
}
