/* What a stream has read ahead, for readers that look at many characters at once. */
#include "stdio/ahead.h"
#include "stdio/file.h"

char *__file_ahead(FILE *f, size_t *out_len)
{
    owned_take(&f->lock);
    int there = !(f->flags & FILE_WRITING) && f->next < f->end;
    *out_len = there || __file_fill(f) ? (size_t)(f->end - f->next) : 0;
    char *next = *out_len ? (char *)f->next : NULL;
    owned_release(&f->lock);
    return next;
}

void __file_take(FILE *f, size_t n)
{
    owned_take(&f->lock);
    f->next += n;
    owned_release(&f->lock);
}
