/* Writing into memory that grows. */
#include "internal/wasi.h"
#include "stdio/file.h"
#include <stdlib.h>
#include <string.h>

struct growing {
    char **out;
    size_t *out_size;
    char *bytes;
    size_t capacity, size, at;
};

/* What the caller sees: the bytes before the position, with a NUL behind all of them. */
static void show(struct growing *g)
{
    *g->out = g->bytes;
    *g->out_size = g->at < g->size ? g->at : g->size;
}

static ssize_t growing_write(void *cookie, const char *from, size_t n)
{
    struct growing *g = cookie;
    size_t end;
    if (__builtin_add_overflow(g->at, n, &end) || end > INT32_MAX - 1)
        return wasi_result(ENOMEM);
    if (end >= g->capacity) {
        size_t larger = end + end / 2 + 64;
        char *bytes = realloc(g->bytes, larger);
        if (!bytes)
            return -1;
        memset(bytes + g->capacity, 0, larger - g->capacity);
        g->bytes = bytes;
        g->capacity = larger;
    }
    memcpy(g->bytes + g->at, from, n);
    g->at = end;
    if (end > g->size)
        g->size = end;
    show(g);
    return (ssize_t)n;
}

static off_t growing_seek(void *cookie, off_t offset, int whence)
{
    struct growing *g = cookie;
    off_t base = whence == SEEK_CUR ? (off_t)g->at : whence == SEEK_END ? (off_t)g->size : 0;
    off_t at;
    if ((unsigned)whence > SEEK_END || __builtin_add_overflow(base, offset, &at) || at < 0 ||
        at > INT32_MAX)
        return wasi_result(EINVAL);
    g->at = (size_t)at;
    show(g);
    return at;
}

static int growing_close(void *cookie)
{
    free(cookie);
    return 0;
}

FILE *open_memstream(char **out, size_t *out_size)
{
    static const struct file_ops ops = {
        .write = growing_write, .seek = growing_seek, .close = growing_close};
    if (!out || !out_size) {
        errno = EINVAL;
        return NULL;
    }
    struct growing *g = malloc(sizeof *g);
    char *bytes = calloc(1, 1);
    FILE *f = g && bytes ? __file_create(-1, FILE_WRITE) : NULL;
    if (!f) {
        free(bytes);
        free(g);
        return NULL;
    }
    *g = (struct growing){out, out_size, bytes, 1, 0, 0};
    show(g);
    f->ops = &ops;
    f->cookie = g;
    return f;
}
