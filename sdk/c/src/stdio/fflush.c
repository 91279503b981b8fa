#include "stdio/file.h"
#include <unistd.h>

__attribute__((weak)) extern struct __file __stdout_file;

static int flush_one(FILE *f)
{
    owned_take(&f->lock);
    int failed = __file_flush(f);
    owned_release(&f->lock);
    return failed;
}

static int flush_all(void)
{
    int failed = &__stdout_file ? flush_one(&__stdout_file) : 0;
    lock_take(&__files_lock);
    for (FILE *f = __files_open; f; f = f->next_open)
        failed |= flush_one(f);
    lock_release(&__files_lock);
    return failed;
}

/* Where a stream was read from, its descriptor goes to where the stream is. */
static void drop_read_ahead(FILE *f)
{
    if (f->next < f->end && __file_seek(f, f->next - f->end, SEEK_CUR) >= 0)
        f->next = f->end = f->buffer;
}

int fflush(FILE *f)
{
    int failed = 0;
    if (!f)
        return flush_all();
    owned_take(&f->lock);
    if (f->flags & FILE_WRITING)
        failed = __file_flush(f);
    else
        drop_read_ahead(f);
    owned_release(&f->lock);
    return failed;
}
