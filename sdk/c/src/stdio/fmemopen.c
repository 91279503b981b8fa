/* A stream on an array. Its size is what has been written, for reading modes the array's; writes
 * end with a NUL where there is room. */
#include "internal/wasi.h"
#include "stdio/file.h"
#include <stdlib.h>
#include <string.h>

struct memory {
    char *bytes;
    size_t capacity, size, at;
    int append;
    char own[]; /* the array if the caller gave none */
};

static ssize_t memory_read(void *cookie, char *to, size_t n)
{
    struct memory *m = cookie;
    size_t left = m->at < m->size ? m->size - m->at : 0;
    n = n < left ? n : left;
    memcpy(to, m->bytes + m->at, n);
    m->at += n;
    return (ssize_t)n;
}

static ssize_t memory_write(void *cookie, const char *from, size_t n)
{
    struct memory *m = cookie;
    if (m->append)
        m->at = m->size;
    size_t left = m->capacity - m->at;
    if (n > left)
        n = left;
    if (n == 0)
        return wasi_result(ENOSPC);
    if (m->at > m->size)
        memset(m->bytes + m->size, 0, m->at - m->size);
    memcpy(m->bytes + m->at, from, n);
    m->at += n;
    if (m->at > m->size) {
        m->size = m->at;
        if (m->size < m->capacity)
            m->bytes[m->size] = '\0';
    }
    return (ssize_t)n;
}

static off_t memory_seek(void *cookie, off_t offset, int whence)
{
    struct memory *m = cookie;
    off_t base = whence == SEEK_CUR ? (off_t)m->at : whence == SEEK_END ? (off_t)m->size : 0;
    off_t at;
    if ((unsigned)whence > SEEK_END || __builtin_add_overflow(base, offset, &at) || at < 0 ||
        at > (off_t)m->capacity)
        return wasi_result(EINVAL);
    m->at = (size_t)at;
    return at;
}

static int memory_close(void *cookie)
{
    free(cookie);
    return 0;
}

FILE *fmemopen(void *restrict array, size_t n, const char *restrict mode)
{
    static const struct file_ops ops = {memory_read, memory_write, memory_seek, memory_close};
    unsigned flags;
    if (__file_mode(mode, &flags) < 0)
        return NULL;
    if (n == 0 || n > INT32_MAX) {
        errno = n ? ENOMEM : EINVAL;
        return NULL;
    }
    struct memory *m = calloc(1, sizeof *m + (array ? 0 : n));
    FILE *f = m ? __file_create(-1, flags) : NULL;
    if (!f) {
        free(m);
        return NULL;
    }
    m->bytes = array ? array : m->own;
    m->capacity = n;
    m->append = mode[0] == 'a';
    if (mode[0] == 'w')
        m->bytes[0] = '\0';
    else
        m->size = mode[0] == 'r' ? n : strnlen(m->bytes, n);
    m->at = m->append ? m->size : 0;
    f->ops = &ops;
    f->cookie = m;
    return f;
}
