#include "stdio/file.h"
#include <errno.h>
#include <limits.h>
#include <unistd.h>

static int seek(FILE *f, off_t offset, int whence)
{
    if (f->flags & FILE_WRITING) {
        if (__file_flush(f))
            return -1;
    } else if (whence == SEEK_CUR) {
        offset -= f->end - f->next;
    }
    if (__file_seek(f, offset, whence) < 0)
        return -1;
    f->next = f->end = f->buffer;
    f->flags &= ~(unsigned)FILE_EOF;
    return 0;
}

int fseeko(FILE *f, off_t offset, int whence)
{
    owned_take(&f->lock);
    int failed = seek(f, offset, whence);
    owned_release(&f->lock);
    return failed;
}

int fseek(FILE *f, long offset, int whence)
{
    return fseeko(f, offset, whence);
}

static off_t tell(FILE *f)
{
    /* Bytes to be appended go to the end, wherever the descriptor stands. */
    off_t now = __file_seek(f, 0, SEEK_CUR);
    if (now < 0)
        return -1;
    return f->flags & FILE_WRITING ? now + (f->next - f->buffer) : now - (f->end - f->next);
}

off_t ftello(FILE *f)
{
    owned_take(&f->lock);
    off_t now = tell(f);
    owned_release(&f->lock);
    return now;
}

long ftell(FILE *f)
{
    off_t now = ftello(f);
    if (now > LONG_MAX) {
        errno = EOVERFLOW;
        return -1;
    }
    return (long)now;
}

void rewind(FILE *f)
{
    fseeko(f, 0, SEEK_SET);
    clearerr(f);
}

int fgetpos(FILE *restrict f, fpos_t *restrict out)
{
    *out = ftello(f);
    return *out < 0 ? -1 : 0;
}

int fsetpos(FILE *f, const fpos_t *position)
{
    return fseeko(f, *position, SEEK_SET);
}
