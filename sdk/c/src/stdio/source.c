#include "internal/float_scan.h"

int __source_get(struct char_source *s)
{
    if (s->left <= 0)
        return EOF;
    int c = s->stream ? s->get(s->stream) : *s->string ? *s->string++ : EOF;
    if (c == EOF)
        return EOF;
    s->left--;
    s->taken++;
    return c;
}

void __source_unget(struct char_source *s, int c)
{
    if (c == EOF)
        return;
    s->left++;
    s->taken--;
    if (s->stream)
        s->unget(c, s->stream);
    else
        s->string--;
}
