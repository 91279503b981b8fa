#include "wchar/narrow.h"
#include <stdlib.h>
#include <wctype.h>

static int may_belong(wchar_t c)
{
    return c < 128 &&
           (iswalnum(c) || c == '+' || c == '-' || c == '.' || c == '(' || c == ')' || c == '_');
}

int __narrow_init(struct narrow *n, const wchar_t *s)
{
    size_t len = 0;
    while (iswspace(*s))
        s++;
    while (may_belong(s[len]))
        len++;
    n->start = s;
    n->text = len < NARROW_SPACE ? n->space : malloc(len + 1);
    if (!n->text)
        return -1;
    for (size_t i = 0; i < len; i++)
        n->text[i] = (char)s[i];
    n->text[len] = '\0';
    return 0;
}

void __narrow_fini(struct narrow *n, const wchar_t *s, const char *text_end, wchar_t **end)
{
    size_t len = (size_t)(text_end - n->text);
    if (end)
        *end = (wchar_t *)(len ? n->start + len : s);
    if (n->text != n->space)
        free(n->text);
}
