/* The writing side of streams. */
#include "internal/wasi.h"
#include "stdio/file.h"
#include <string.h>
#include <unistd.h>

__attribute__((weak)) extern struct __file __stdout_file;
/* In read.c: a program that never reads needs it for nothing. */
__attribute__((weak)) off_t __file_seek(FILE *f, off_t offset, int whence);
struct lock __files_lock;
struct __file *__files_open;

/* One write. 0 or an errno value. */
static int write_some(FILE *f, const struct wasi_iovec *v, size_t count, size_t *out_done)
{
    if (!f->ops)
        return __wasi_fd_write(f->fd, v, count, out_done);
    ssize_t n = f->ops->write ? f->ops->write(f->cookie, v->bytes, v->len) : 0;
    *out_done = (size_t)n;
    return n < 0 ? errno : 0;
}

/* Writes both pieces in one call where the system takes them whole. The number of bytes of `from`
 * written. */
static size_t write_out(FILE *f, const unsigned char *from, size_t n)
{
    struct wasi_iovec v[2] = {{f->buffer, (size_t)(f->next - f->buffer)}, {(void *)from, n}};
    unsigned first = v[0].len == 0;
    f->next = f->buffer;
    while (first < 2 && v[0].len + v[1].len > 0) {
        size_t done;
        int error = write_some(f, &v[first], 2 - first, &done);
        if (error || done == 0) { /* taking nothing for ever is an error too */
            errno = error ? error : EIO;
            f->flags |= FILE_ERROR;
            return n - v[1].len;
        }
        for (; first < 2; first++) {
            size_t step = done < v[first].len ? done : v[first].len;
            v[first].bytes = (char *)v[first].bytes + step;
            v[first].len -= step;
            done -= step;
            if (v[first].len > 0)
                break;
        }
    }
    return n;
}

/* Turns the stream to writing. 0 or EOF. */
static int begin_writing(FILE *f)
{
    if (f->flags & FILE_UNDECIDED) {
        int error = errno;
        f->flags &= ~(unsigned)FILE_UNDECIDED;
        if (isatty(f->fd))
            f->flags |= FILE_LINE;
        errno = error;
    }
    if (f->flags & FILE_WRITING)
        return 0;
    if (!(f->flags & FILE_WRITE)) {
        f->flags |= FILE_ERROR;
        errno = EBADF;
        return EOF;
    }
    if (f->next < f->end && __file_seek) /* what was read ahead counts as not read */
        __file_seek(f, f->next - f->end, SEEK_CUR);
    f->flags = (f->flags | FILE_WRITING) & ~(unsigned)FILE_EOF;
    f->next = f->end = f->buffer;
    f->room = f->flags & (FILE_LINE | FILE_UNBUFFERED) ? NULL : f->buffer + f->capacity;
    return 0;
}

size_t __file_write(FILE *f, const void *from, size_t n)
{
    const unsigned char *p = from;
    if (begin_writing(f))
        return 0;
    size_t at_once = 0; /* up to and with the last newline of a line-buffered stream */
    if (f->flags & FILE_LINE) {
        const unsigned char *newline = memrchr(p, '\n', n);
        at_once = newline ? (size_t)(newline - p) + 1 : 0;
    }
    size_t room = f->flags & FILE_UNBUFFERED ? 0 : f->capacity - (size_t)(f->next - f->buffer);
    if (n > room)
        at_once = n;
    if (at_once > 0) {
        size_t done = write_out(f, p, at_once);
        if (done < at_once)
            return done;
        p += at_once;
    }
    memcpy(f->next, p, n - at_once);
    f->next += n - at_once;
    return n;
}

int __file_flush(FILE *f)
{
    if (!(f->flags & FILE_WRITING))
        return 0;
    unsigned before = f->flags & FILE_ERROR;
    f->flags &= ~(unsigned)FILE_ERROR;
    write_out(f, NULL, 0);
    int failed = f->flags & FILE_ERROR ? EOF : 0;
    f->flags |= before;
    f->flags &= ~(unsigned)FILE_WRITING;
    f->next = f->end = f->buffer;
    f->room = NULL;
    return failed;
}

/* A stream whose lock is never released keeps its bytes, rather than the program from ending. */
static void flush_last(FILE *f)
{
    if (f->flags & FILE_WRITING && owned_take_soon(&f->lock))
        __file_flush(f);
}

/* exit() calls this. Weak: a program that never mentions stdout has none. */
void __stdio_exit(void)
{
    if (&__stdout_file)
        flush_last(&__stdout_file);
    lock_take(&__files_lock);
    for (FILE *f = __files_open; f; f = f->next_open)
        flush_last(f);
}
