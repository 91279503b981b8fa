#include "stdio/file.h"
#include <string.h>

static char *get_line(char *s, int n, FILE *f)
{
    char *to = s;
    if (n <= 0)
        return NULL;
    for (size_t room = (size_t)n - 1; room > 0;) {
        if ((f->flags & FILE_WRITING || f->next == f->end) && __file_fill(f) == 0)
            break;
        size_t ahead = (size_t)(f->end - f->next);
        size_t step = ahead < room ? ahead : room;
        unsigned char *newline = memchr(f->next, '\n', step);
        if (newline)
            step = (size_t)(newline - f->next) + 1;
        memcpy(to, f->next, step);
        f->next += step;
        to += step;
        room -= step;
        if (newline)
            break;
    }
    if ((to == s && n > 1) || f->flags & FILE_ERROR)
        return NULL;
    *to = '\0';
    return s;
}

char *fgets(char *restrict s, int n, FILE *restrict f)
{
    owned_take(&f->lock);
    char *result = get_line(s, n, f);
    owned_release(&f->lock);
    return result;
}
