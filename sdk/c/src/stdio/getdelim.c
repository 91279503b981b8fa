#include "stdio/file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int reserve(char **line, size_t *capacity, size_t needed)
{
    if (*line && *capacity >= needed)
        return 0;
    size_t larger = needed + needed / 2 + 64;
    char *moved = realloc(*line, larger);
    if (!moved)
        return -1;
    *line = moved;
    *capacity = larger;
    return 0;
}

static ssize_t get_line(char **line, size_t *capacity, int delimiter, FILE *f)
{
    size_t len = 0;
    if (!*line)
        *capacity = 0;
    for (int found = 0; !found;) {
        if ((f->flags & FILE_WRITING || f->next == f->end) && __file_fill(f) == 0)
            break;
        size_t step = (size_t)(f->end - f->next);
        unsigned char *end = memchr(f->next, delimiter, step);
        if (end) {
            step = (size_t)(end - f->next) + 1;
            found = 1;
        }
        if (reserve(line, capacity, len + step + 1))
            return -1;
        memcpy(*line + len, f->next, step);
        f->next += step;
        len += step;
    }
    if (len == 0 || f->flags & FILE_ERROR)
        return -1;
    (*line)[len] = '\0';
    return (ssize_t)len;
}

ssize_t getdelim(char **restrict line, size_t *restrict capacity, int delimiter, FILE *restrict f)
{
    if (!line || !capacity) {
        errno = EINVAL;
        return -1;
    }
    owned_take(&f->lock);
    ssize_t len = get_line(line, capacity, delimiter, f);
    owned_release(&f->lock);
    return len;
}

ssize_t getline(char **restrict line, size_t *restrict capacity, FILE *restrict f)
{
    return getdelim(line, capacity, '\n', f);
}
