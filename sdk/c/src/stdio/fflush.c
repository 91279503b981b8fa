#include "stdio/file.h"
#include <unistd.h>

__attribute__((weak)) extern struct __file __stdout_file;

static int flush_all(void)
{
    int failed = &__stdout_file ? __file_flush(&__stdout_file) : 0;
    for (FILE *f = __files_open; f; f = f->next_open)
        failed |= __file_flush(f);
    return failed;
}

int fflush(FILE *f)
{
    if (!f)
        return flush_all();
    if (f->flags & FILE_WRITING)
        return __file_flush(f);
    if (f->next < f->end && lseek(f->fd, f->next - f->end, SEEK_CUR) >= 0)
        f->next = f->end = f->buffer; /* the descriptor stands where the stream does */
    return 0;
}
