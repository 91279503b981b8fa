/* The reading side of streams. */
#include "internal/wasi.h"
#include "stdio/file.h"
#include <string.h>
#include <unistd.h>

__attribute__((weak)) extern struct __file __stdout_file;
__attribute__((weak)) int __file_flush(FILE *f); /* only programs that write have it */

static int begin_reading(FILE *f)
{
    if (!(f->flags & FILE_READ)) {
        f->flags |= FILE_ERROR;
        errno = EBADF;
        return EOF;
    }
    if (f->flags & FILE_WRITING)
        return __file_flush(f);
    return 0;
}

/* A question on the terminal appears before its answer is read; not while another thread is at it.
 */
static void show_prompt(void)
{
    if (&__stdout_file && __file_flush && __stdout_file.flags & FILE_LINE &&
        owned_try(&__stdout_file.lock)) {
        __file_flush(&__stdout_file);
        owned_release(&__stdout_file.lock);
    }
}

/* One fd_read; the number of bytes, 0 at the end or after an error. */
static size_t read_in(FILE *f, void *to, size_t n)
{
    if (f->fd == WASI_STDIN)
        show_prompt();
    ssize_t done = f->ops ? f->ops->read(f->cookie, to, n) : read(f->fd, to, n);
    if (done <= 0)
        f->flags |= done < 0 ? FILE_ERROR : FILE_EOF;
    return done < 0 ? 0 : (size_t)done;
}

off_t __file_seek(FILE *f, off_t offset, int whence)
{
    if (!f->ops)
        return lseek(f->fd, offset, whence);
    if (!f->ops->seek)
        return wasi_result(ESPIPE);
    return f->ops->seek(f->cookie, offset, whence);
}

size_t __file_fill(FILE *f)
{
    if (begin_reading(f) || f->flags & FILE_EOF)
        return 0;
    size_t n = read_in(f, f->buffer, f->flags & FILE_UNBUFFERED ? 1 : f->capacity);
    f->next = f->buffer;
    f->end = f->buffer + n;
    return n;
}

/* The number of bytes read. */
static size_t read_bytes(FILE *f, void *to, size_t wanted)
{
    size_t done = 0;
    if (begin_reading(f))
        return 0;
    while (done < wanted) {
        size_t ahead = (size_t)(f->end - f->next), left = wanted - done;
        if (ahead > 0) {
            size_t step = ahead < left ? ahead : left;
            memcpy((char *)to + done, f->next, step);
            f->next += step;
            done += step;
        } else if (left >= f->capacity && !(f->flags & FILE_EOF)) {
            size_t n = read_in(f, (char *)to + done, left); /* straight to its place */
            if (n == 0)
                break;
            done += n;
        } else if (__file_fill(f) == 0) {
            break;
        }
    }
    return done;
}

size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict f)
{
    size_t wanted;
    if (__builtin_mul_overflow(size, count, &wanted) || wanted == 0)
        return 0;
    owned_take(&f->lock);
    size_t done = read_bytes(f, to, wanted);
    owned_release(&f->lock);
    return done / size;
}
