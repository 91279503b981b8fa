/* Writing wide characters into memory that grows. It has no position to be changed. */
#include "stdio/file.h"
#include <errno.h>
#include <stdlib.h>
#include <wchar.h>

struct growing {
    wchar_t **out;
    size_t *out_size;
    size_t capacity;
    mbstate_t state;
};

/* The stream's bytes are UTF-8; a character may come in pieces. */
static ssize_t growing_write(void *cookie, const char *from, size_t n)
{
    struct growing *g = cookie;
    for (size_t done = 0; done < n;) {
        if (*g->out_size + 1 >= g->capacity) {
            size_t larger = g->capacity * 2 + 32;
            wchar_t *moved = reallocarray(*g->out, larger, sizeof *moved);
            if (!moved)
                return -1;
            *g->out = moved;
            g->capacity = larger;
        }
        size_t len = mbrtowc(*g->out + *g->out_size, from + done, n - done, &g->state);
        if (len == (size_t)-1)
            return -1;
        if (len == (size_t)-2)
            break;
        done += len ? len : 1;
        (*g->out)[++*g->out_size] = 0;
    }
    return (ssize_t)n;
}

static int growing_close(void *cookie)
{
    free(cookie);
    return 0;
}

FILE *open_wmemstream(wchar_t **out, size_t *out_size)
{
    static const struct file_ops ops = {.write = growing_write, .close = growing_close};
    if (!out || !out_size) {
        errno = EINVAL;
        return NULL;
    }
    struct growing *g = calloc(1, sizeof *g);
    wchar_t *text = calloc(1, sizeof *text);
    FILE *f = g && text ? __file_create(-1, FILE_WRITE) : NULL;
    if (!f) {
        free(text);
        free(g);
        return NULL;
    }
    *g = (struct growing){.out = out, .out_size = out_size, .capacity = 1};
    *out = text;
    *out_size = 0;
    f->ops = &ops;
    f->cookie = g;
    return f;
}
